"""Documents by URL over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.documents import uploads
from app.documents.url_fetch import Fetched
from app.settings import Settings
from tests.support.service import Service

ROUTE = "/api/v1/documents/from-url"


@pytest.fixture(params=[True])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"url_ingestion": request.param})


@pytest.mark.parametrize("settings", [False], indirect=True)
async def test_nothing_is_fetched_unless_the_operator_says_so(service: Service) -> None:
    answer = await service.acme.post(ROUTE, json={"url": "https://example.org/a.pdf"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "url_ingestion_disabled")


async def test_document_at_a_url_is_taken_in(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def delivered(url: str, **_: Any) -> Iterator[Fetched]:
        yield Fetched(url, "../ferry.txt", iter([b"The ferry leaves at nine."]))

    monkeypatch.setattr(uploads, "fetch", delivered)
    answer = await service.acme.post(ROUTE, json={"url": "https://example.org/ferry.txt"})
    assert answer.status_code == 202
    document = await service.ready(service.acme, answer.json()["id"])
    assert (document["status"], document["filename"]) == ("ready", "ferry.txt")
    assert document["metadata"] == {"source_url": "https://example.org/ferry.txt"}


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "file:///etc/passwd"])
async def test_the_operators_own_network_is_out_of_reach(service: Service, url: str) -> None:
    answer = await service.acme.post(ROUTE, json={"url": url})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "url_not_allowed")
    assert not [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]
