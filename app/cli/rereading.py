"""`loracle reparse`: documents, or a whole collection, are read again from their files."""

from __future__ import annotations

import sys
from typing import Annotated
from urllib.parse import quote

import typer

from app.cli.client import DEFAULT_URL, Key, Url, check, connected, print_document, wait_until_final
from app.cli.terminal import print
from app.domain.documents import DocumentStatus


def reparse(
    key: Key = "",
    documents: Annotated[list[str] | None, typer.Argument(help="Ids of documents.")] = None,
    url: Url = DEFAULT_URL,
    collection: Annotated[str | None, typer.Option(help="Read a whole collection again, in the background.")] = None,
) -> None:
    """Read documents again from their files: after OCR was installed, for example. They answer meanwhile."""
    if not documents and collection is None:
        sys.exit("loracle: name documents, or a --collection")
    failed = 0
    with connected(url, key) as http:
        if collection is not None:
            response = http.post(f"/api/v1/collections/{quote(collection, safe='')}/reparse")
            check(response)
            print(f"{response.json()['documents']} documents of {collection} are read again in the background.")
        for document_id in documents or []:
            check(http.post(f"/api/v1/documents/{document_id}/reparse"))
        for document_id in documents or []:
            document = wait_until_final(http, document_id)
            failed += document["status"] != DocumentStatus.READY
            print_document(document)
    sys.exit(1 if failed else 0)
