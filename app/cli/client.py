"""`loracle ask`, and the HTTP client of all commands that call a running service."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.terminal import print
from app.domain.documents import FINAL_DOCUMENT
from app.errors import AppError, InvalidRequest

if TYPE_CHECKING:
    import httpx

Url = Annotated[str, typer.Option(envvar="LORACLE_URL", help="Address of the service.")]


def _given(key: str) -> str:
    """Raises InvalidRequest with where a key comes from if none is given."""
    if not key:
        raise InvalidRequest(
            "Set LORACLE_API_KEY, or --key, to a tenant's key. `loracle tenants create NAME` makes a tenant with one, "
            "`loracle keys create NAME` another; `make demo` prints that of the demo."
        )
    return key


# LORACLE_KEY is what the documentation called it before 0.2.
Key = Annotated[
    str,
    typer.Option(
        envvar=["LORACLE_API_KEY", "LORACLE_KEY"],
        callback=_given,
        show_envvar=False,
        show_default=False,
        help="A tenant's key; without it LORACLE_API_KEY is read.",
    ),
]
DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT_S = 300.0
POLL_S = 0.2


def ask(question: str, key: Key = "", url: Url = DEFAULT_URL, adapter: str | None = None) -> None:
    """Ask a question and print the answer with its citations."""
    with connected(url, key) as http:
        response = http.post("/api/v1/chat", json={"message": question, "adapter": adapter})
        check(response)
        print_answer(response.json())


def wait_until_final(http: httpx.Client, document_id: str) -> dict[str, Any]:
    """Poll a document until it is ready, failed or cancelled."""
    while True:
        response = http.get(f"/api/v1/documents/{document_id}")
        check(response)
        body: dict[str, Any] = response.json()
        if body["status"] in FINAL_DOCUMENT:
            return body
        time.sleep(POLL_S)


def print_document(document: Mapping[str, Any]) -> None:
    """Print the status of a document in one line, and a line for each of its warnings."""
    reason = f": {document['error']['message']}" if document["error"] else ""
    print(f"{document['status']:9} {document['filename']} ({document['chunks'] or 0} chunks){reason}", flush=True)
    for warning in document.get("warnings", ()):  # a service of an older version has none
        print(f"  warning {warning['message']}", flush=True)


def print_answer(answer: dict[str, Any]) -> None:
    """Print the answer, its citations (file, page, quote) and timings."""
    print(answer["answer"].strip())
    for citation in answer["citations"]:
        number = citation.get("page_label") or citation["page_start"]
        page = f", page {number}" if number else ""
        mark = "verified" if citation["verified"] else "weak"
        print(f'  [{citation["index"]}] {citation["filename"]}{page} ({mark}): "{" ".join(citation["quote"].split())}"')
    timings = answer["timings"]
    print(f"  first token after {timings['ttft_s']:.2f} s, all in {timings['total_s']:.2f} s")


@contextmanager
def connected(url: str, key: str) -> Iterator[httpx.Client]:
    """Open a client of the service at `url` that sends `key`. Raises ServiceUnreachable if a call gets no answer."""
    import httpx

    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=TIMEOUT_S) as http:
        try:
            yield http
        except httpx.TransportError as fault:
            raise ServiceUnreachable(
                f"the service cannot be reached ({fault}); is it running, and is --url right?"
            ) from fault


def check(response: httpx.Response) -> None:
    """Raises ServiceAnswered with the service's message if the response is an error."""
    if response.is_error:
        raise ServiceAnswered(response)


class ServiceUnreachable(AppError):
    """A call reached no service."""


class ServiceAnswered(AppError):
    """The service answered a call with an error."""

    def __init__(self, response: httpx.Response) -> None:
        try:
            message = str(response.json()["error"]["message"])
        except (ValueError, KeyError):
            message = f"the service answered {response.status_code}"
        super().__init__(message)
        self.status = response.status_code
