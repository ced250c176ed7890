"""`loracle ingest` and `loracle ask`: over HTTP, as any client would."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

Url = Annotated[str, typer.Option(envvar="LORACLE_URL", help="Address of the service.")]
Key = Annotated[str, typer.Option(envvar="LORACLE_API_KEY", help="API key.")]
DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT_S = 300.0
POLL_S = 0.2
FINAL = {"ready", "failed", "cancelled"}


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    key: Key,
    url: Url = DEFAULT_URL,
    collection: Annotated[str, typer.Option(help="Collection to put them in.")] = "default",
) -> None:
    """Upload files and folders, and wait until they are ready."""
    failed = 0
    with _client(url, key) as http:
        uploaded = [(path, _upload(http, path, collection)) for path in _files(paths)]
        for path, document in uploaded:
            body = document if document is None else wait_until_final(http, document["id"])
            good = body is not None and body["status"] == "ready"
            failed += not good
            if body is not None:
                reason = f": {body['error']['message']}" if body["error"] else ""
                print(f"{body['status']:9} {path} ({body['chunks'] or 0} chunks){reason}")
    sys.exit(1 if failed else 0)


def ask(question: str, key: Key, url: Url = DEFAULT_URL, adapter: str | None = None) -> None:
    """Ask a question and print the answer with its citations."""
    with _client(url, key) as http:
        response = http.post("/api/v1/chat", json={"message": question, "adapter": adapter})
        _check(response)
        print_answer(response.json())


def wait_until_final(http: httpx.Client, document_id: str) -> dict[str, Any]:
    """Poll a document until it is ready, failed or cancelled."""
    while True:
        response = http.get(f"/api/v1/documents/{document_id}")
        _check(response)
        body: dict[str, Any] = response.json()
        if body["status"] in FINAL:
            return body
        time.sleep(POLL_S)


def print_answer(answer: dict[str, Any]) -> None:
    """The answer, its citations (file, page, quote) and timings, for a terminal."""
    print(answer["answer"].strip())
    for citation in answer["citations"]:
        page = f", page {citation['page_start']}" if citation["page_start"] else ""
        mark = "verified" if citation["verified"] else "weak"
        print(f'  [{citation["index"]}] {citation["filename"]}{page} ({mark}): "{" ".join(citation["quote"].split())}"')
    timings = answer["timings"]
    print(f"  first token after {timings['ttft_s']:.2f} s, all in {timings['total_s']:.2f} s")


def _upload(http: httpx.Client, path: Path, collection: str) -> dict[str, Any] | None:
    with path.open("rb") as file:
        response = http.post("/api/v1/documents", files={"file": (path.name, file)}, data={"collection": collection})
    if response.is_error:
        print(f"refused   {path}: {_message(response)}")
        return None
    body: dict[str, Any] = response.json()
    return body


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file() and inner.name[0] != ".")
        elif path.is_file():
            yield path
        else:
            sys.exit(f"loracle: there is no file {path}")


def _client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=TIMEOUT_S)


def _check(response: httpx.Response) -> None:
    if response.is_error:
        sys.exit(f"loracle: {_message(response)}")


def _message(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["message"])
    except (ValueError, KeyError):
        return f"the service answered {response.status_code}"
