"""What browsers, monitors and people at a terminal see: CORS, crashes, HEAD, and errors that say where a call is.

No worker runs here, so that documents stay unread.
"""

from __future__ import annotations

import pytest

from app.settings import Settings
from app.usage.service import UsageService
from tests.support.files import MUSEUM
from tests.support.service import Service

ORIGIN = "https://shop.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"worker_in_process": False, "cors_origins": [ORIGIN]})


async def test_scripts_of_another_origin_read_the_headers_they_need(service: Service) -> None:
    response = await service.acme.get("/api/v1/documents", headers={"Origin": ORIGIN})
    exposed = {name.strip().lower() for name in response.headers["access-control-expose-headers"].split(",")}
    assert {"x-request-id", "retry-after", "content-disposition", "etag", "idempotent-replayed"} <= exposed


async def test_crash_has_cors_headers_and_the_request_id(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a disk on fire")

    monkeypatch.setattr(UsageService, "caller", crash)
    response = await service.acme.get("/api/v1/me", headers={"Origin": ORIGIN})
    assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert response.json()["request_id"] == response.headers["x-request-id"] != ""
    assert "x-ratelimit-remaining-requests" in response.headers
    assert "fire" not in response.text


async def test_head_is_answered_wherever_get_is_and_has_no_body(service: Service) -> None:
    document = (await service.upload(service.acme, "museum.md", MUSEUM)).json()
    one = f"/api/v1/documents/{document['id']}"
    for path in (
        "/healthz",
        "/readyz",
        "/docs",
        "/openapi.json",
        "/api/v1/documents",
        one,
        f"{one}/file",
        "/v1/models",
    ):
        got, head = await service.acme.get(path), await service.acme.head(path)
        assert head.status_code == got.status_code, path
        assert head.content == b"", path
        names = ("content-type", "content-length", "content-disposition")
        assert [head.headers.get(name) for name in names] == [got.headers.get(name) for name in names], path
    assert (await service.acme.head("/api/v1/documents/doc_none")).status_code == 404
    assert (await service.nobody.head(f"{one}/file")).status_code == 401
    assert (await service.acme.head("/api/v1/search")).status_code == 405


async def test_head_ends_what_would_stream(service: Service) -> None:
    document = (await service.upload(service.acme, "museum.md", MUSEUM)).json()  # never ready: its events never end
    head = await service.acme.head(f"/api/v1/documents/{document['id']}/events")
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/event-stream")


UNKNOWN_CALLS = {  # and the call that is probably meant
    "GET /documents": "GET /api/v1/documents",
    "POST /api/v1/v1/chat/completions": "POST /v1/chat/completions",
    "POST /api/v1/chat/completions": "POST /v1/chat/completions",
    "POST /v1/search": "POST /api/v1/search",
    "GET /api/models": "GET /v1/models",
    "GET /api/v1/nothing-like-it": None,
}


async def test_unknown_call_is_told_where_the_calls_are(service: Service) -> None:
    for call, meant in UNKNOWN_CALLS.items():
        method, path = call.split()
        response = await service.acme.request(method, path)
        message = response.json()["error"]["message"]
        assert response.status_code == 404, call
        assert f"There is no {path} here" in message
        assert "/docs" in message
        assert ("Did you mean" in message) is (meant is not None), call
        assert meant is None or f"{meant}?" in message


async def test_unknown_document_is_no_unknown_call(service: Service) -> None:
    message = (await service.acme.get("/api/v1/documents/doc_none")).json()["error"]["message"]
    assert "/docs" not in message


async def test_wrong_method_is_told_the_right_ones(service: Service) -> None:
    response = await service.acme.put("/api/v1/documents")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "POST"}
    assert "GET, POST" in response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/chat", "/api/v1/feedback", "/v1/chat/completions"])
@pytest.mark.parametrize("more", [{}, {"Idempotency-Key": "once"}])
async def test_json_that_is_not_sent_as_json_is_told_the_header(
    service: Service, path: str, more: dict[str, str]
) -> None:
    response = await service.acme.post(
        path,
        content=b'{"query": "x"}',
        headers={"Content-Type": "application/x-www-form-urlencoded", **more},  # as curl -d sends it
    )
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["param"]) == (422, "not_json", "body")
    assert "Content-Type: application/json" in error["message"]


async def test_form_without_boundary_is_told_so_with_one_full_stop(service: Service) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    response = await service.acme.post("/api/v1/documents", content=b"x", headers=headers)
    message = response.json()["error"]["message"]
    assert response.status_code == 400
    assert message.endswith(".")
    assert not message.endswith("..")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "twice"}])
async def test_second_file_of_an_upload_is_not_dropped_without_a_word(
    service: Service, headers: dict[str, str]
) -> None:
    files = [("file", ("a.txt", b"A.")), ("file", ("b.txt", b"B."))]
    response = await service.acme.post("/api/v1/documents", files=files, headers=headers)
    assert (response.status_code, response.json()["error"]["param"]) == (422, "file")
    assert "/api/v1/batches" in response.json()["error"]["message"]
    assert (await service.acme.get("/api/v1/documents")).json()["data"] == []


async def test_many_files_of_a_batch_are_no_repeated_field(service: Service) -> None:
    files = [("files", ("a.txt", b"A.")), ("files", ("b.txt", b"B."))]
    response = await service.acme.post("/api/v1/batches", files=files, headers={"Idempotency-Key": "batch"})
    assert (response.status_code, response.json()["files"]) == (202, 2)


async def test_collection_with_a_slash_in_its_name_is_found_changed_and_read_again(service: Service) -> None:
    await service.upload(service.acme, "a.txt", b"A.", collection="a/b")
    path = "/api/v1/collections/a%2Fb"
    assert (await service.acme.get(path)).json()["name"] == "a/b"
    assert (await service.acme.put(path, json={})).status_code == 200
    assert (await service.acme.post(f"{path}/reparse")).status_code == 202
    for slash_too_many, right in ((f"{path}/", path), ("/api/v1/collections/", "/api/v1/collections")):
        redirected = await service.acme.get(slash_too_many)
        assert (redirected.status_code, redirected.headers["location"].endswith(right.replace("%2F", "/"))) == (
            307,
            True,
        )


async def test_question_while_the_only_document_is_read_is_told_to_wait(service: Service) -> None:
    async def ask(**more: object) -> dict:
        return (await service.acme.post("/api/v1/chat", json={"message": "When does it open?", **more})).json()

    assert (await ask())["refusal_reason"] == "no_documents"
    await service.upload(service.acme, "museum.md", MUSEUM, collection="museum")
    answer = await ask()
    assert (answer["refused"], answer["refusal_reason"]) == (True, "not_ready")
    assert "still being read" in answer["answer"]
    assert (await ask(collections=["museum"], language="pt"))["answer"].startswith("Os documentos ainda")
