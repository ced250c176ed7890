"""What HTTP promises beside the schema: methods of a path, ranges of a file, one credential."""

from __future__ import annotations

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/documents", "GET, POST"),
        ("/api/v1/documents/doc_1", "GET, PATCH, DELETE"),
        ("/api/v1/documents/from-url", "POST"),
        ("/api/v1/collections/a%2Fb", "GET, PUT"),
        ("/api/v1/collections/a%2Fb/reparse", "POST"),
        ("/api/v1/training/jobs/estimate", "POST"),
        ("/api/v1/feedback/cases", "GET"),
        ("/api/v1/documents/by-key/a/b", "GET, PUT, DELETE"),
        ("/healthz", "GET"),
    ],
)
async def test_405_names_all_methods_of_the_path_and_no_other(service: Service, path: str, allowed: str) -> None:
    response = await service.acme.request("OPTIONS", path)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=5-2", "bytes=x", "lines=1-2", "bytes", "bytes=-"])
async def test_range_that_the_file_does_not_have_is_416_in_the_envelope(service: Service, wanted: str) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    path = f"/api/v1/documents/{document['id']}/file"
    response = await service.acme.get(path, headers={"Range": wanted})
    assert (response.status_code, response.headers["content-range"]) == (416, f"bytes */{len(MUSEUM)}")
    error = response.json()["error"]
    assert (error["code"], error["param"]) == ("range_not_satisfiable", "Range")
    part = await service.acme.get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, MUSEUM[:4])
    assert (await service.acme.get(path)).content == MUSEUM


async def test_several_authorization_headers_are_refused_whichever_is_first(service: Service) -> None:
    key = service.acme.headers["authorization"]
    for sent in ([key, "Bearer lk_other"], ["Bearer lk_other", key], [key, key]):
        headers = httpx.Headers([("Authorization", one) for one in sent])
        response = await service.nobody.get("/api/v1/documents", headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "repeated_authorization")


async def test_unknown_cursor_and_no_cursor_are_told_apart(service: Service) -> None:
    for after, code in (("doc_unknown", "unknown_cursor"), ("no cursor", "invalid_request")):
        error = (await service.acme.get("/api/v1/documents", params={"after": after})).json()["error"]
        assert (error["param"], error["code"]) == ("after", code)
