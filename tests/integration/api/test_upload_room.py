"""An upload without room is refused before it is on the disk; one whose bytes are here already takes none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.documents import uploads
from app.documents.url_fetch import Fetched
from app.settings import Settings
from app.storage.blobs.base import BlobWriter
from tests.integration.api.test_quotas import CASE, TEXT, check_refused, set_quotas, stored, used
from tests.support.files import adapter_upload
from tests.support.service import Service

PIECE = b"x" * 65_536
PIECES = 100  # of an upload without room
LEFT = 300_000  # bytes
REQUESTS = 60  # a minute: none is there again within a second
FIELDS = {
    "/api/v1/documents": {"file": "a.txt"},
    "/v1/files": {"file": "a.txt", "purpose": None},
    "/api/v1/training/datasets": {"file": "a.jsonl", "name": None},
    "/api/v1/adapters": {"adapter_model.safetensors": "a.safetensors"},
}


class Form:
    """A form with one large file, that counts the bytes which are taken of it."""

    def __init__(self, path: str, pieces: int = PIECES) -> None:
        name, filename = next((name, file) for name, file in FIELDS[path].items() if file)
        disposition = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        self._begin = f"--b\r\n{disposition}\r\nContent-Type: text/plain\r\n\r\n".encode()
        self._pieces = pieces
        self.taken = 0
        self.headers = {"Content-Type": "multipart/form-data; boundary=b"}

    @property
    def length(self) -> int:
        return len(self._begin) + self._pieces * len(PIECE) + len(b"\r\n--b--\r\n")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in (self._begin, *[PIECE] * self._pieces, b"\r\n--b--\r\n"):
            self.taken += len(piece)
            yield piece


@pytest.fixture
async def waiting(service: Service) -> Service:
    """The service with a queue of which nothing starts."""
    assert (await service.operator.post("/api/v1/queue/pause")).status_code == 200
    return service


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of all pieces that are written to stored files."""
    sizes: list[int] = []
    write = BlobWriter.write

    def note(self: BlobWriter, piece: bytes) -> None:
        sizes.append(len(piece))
        write(self, piece)

    monkeypatch.setattr(BlobWriter, "write", note)
    return sizes


async def leave(service: Service, left: int) -> None:
    """Leave so many bytes to the tenant, and REQUESTS requests a minute."""
    limits = {"tenant": {"requests": REQUESTS}, "quotas": {"stored_bytes": left}}
    await service.operator.put(f"/api/v1/tenants/{service.acme_id}/limits", json=limits)


def check_exact(response: httpx.Response, *, closes: bool) -> None:
    """The refusal has the headers of any answer, and closes only what it cannot read to its end."""
    limit, left = (int(response.headers[f"x-ratelimit-{name}-requests"]) for name in ("limit", "remaining"))
    assert (limit, left) == (REQUESTS, REQUESTS - 1)
    assert ("connection" in response.headers) == closes


@pytest.mark.parametrize("path", FIELDS)
async def test_declared_length_without_room_is_refused_unread(waiting: Service, written: list[int], path: str) -> None:
    await leave(waiting, LEFT)
    form = Form(path)
    headers = form.headers | {"Content-Length": str(form.length)}
    response = await waiting.acme.post(path, content=form, headers=headers)
    check_refused(response, 413, "stored_bytes")
    check_exact(response, closes=True)
    assert form.taken < 3 * len(PIECE)  # what lingers of the connection
    assert written == []


async def test_short_refused_upload_keeps_its_connection(waiting: Service, written: list[int]) -> None:
    await leave(waiting, LEFT)
    form = Form("/api/v1/documents", pieces=20)
    headers = form.headers | {"Content-Length": str(form.length)}
    response = await waiting.acme.post("/api/v1/documents", content=form, headers=headers)
    check_refused(response, 413, "stored_bytes")
    check_exact(response, closes=False)
    assert (form.taken, written) == (form.length, [])


@pytest.mark.parametrize("path", FIELDS)
async def test_body_of_unknown_length_ends_where_it_passes_what_is_left(
    waiting: Service, written: list[int], path: str
) -> None:
    await leave(waiting, LEFT)
    form = Form(path)
    response = await waiting.acme.post(path, content=form, headers=form.headers)
    check_refused(response, 413, "stored_bytes")
    check_exact(response, closes=True)
    assert LEFT < form.taken < LEFT + 3 * len(PIECE)
    assert written == []


async def test_known_file_is_taken_at_exactly_full(waiting: Service) -> None:
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT)).status_code == 202
    await set_quotas(waiting, stored_bytes=len(TEXT))
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT)).status_code == 200
    assert (await waiting.upload(waiting.acme, "b.txt", TEXT)).status_code == 202
    put = await waiting.acme.put("/api/v1/documents/by-key/c", json={"text": TEXT.decode()})
    assert put.status_code == 202, put.text
    files = [("files", (name, TEXT)) for name in ("a.txt", "d.txt")]
    batch = (await waiting.acme.post("/api/v1/batches", files=files)).json()
    assert (batch["refused"], batch["files"]) == ([], 2)
    check_refused(await waiting.upload(waiting.acme, "e.txt", TEXT[::-1]), 413, "stored_bytes")
    check_refused(await waiting.upload(waiting.acme, "e.txt", TEXT + b"."), 413, "stored_bytes")
    has = await used(waiting)
    assert (has["stored_bytes"], has["documents"]) == (stored(waiting), 4) == (len(TEXT), 4)


async def test_full_document_count_takes_new_versions_alone(waiting: Service, written: list[int]) -> None:
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT)).status_code == 202
    await set_quotas(waiting, documents=1)
    written.clear()
    check_refused(await waiting.upload(waiting.acme, "b.txt", TEXT), 413, "documents")
    check_refused(await waiting.upload(waiting.acme, "a.txt", TEXT, collection="other"), 413, "documents")
    form = Form("/api/v1/documents", pieces=3)
    form._begin = form._begin.replace(b"a.txt", b"c.txt")
    check_refused(await waiting.acme.post("/api/v1/documents", content=form, headers=form.headers), 413, "documents")
    batch = (await waiting.acme.post("/api/v1/batches", files=[("files", ("b.txt", TEXT))])).json()
    assert [one["code"] for one in batch["refused"]] == ["quota_exceeded"]
    assert written == []
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT)).status_code == 200
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT * 2)).status_code == 202
    assert (await used(waiting))["documents"] == 1


async def test_file_of_a_batch_without_room_is_refused_alone_and_not_stored(
    waiting: Service, written: list[int]
) -> None:
    await set_quotas(waiting, stored_bytes=1000)
    files = [("files", (name, content)) for name, content in (("a.txt", TEXT), ("b.txt", PIECE * 8), ("c.txt", b"c"))]
    batch = (await waiting.acme.post("/api/v1/batches", files=files)).json()
    assert [(one["filename"], one["code"]) for one in batch["refused"]] == [("b.txt", "quota_exceeded")]
    assert (sum(written), stored(waiting)) == (len(TEXT) + 1,) * 2
    await set_quotas(waiting, stored_bytes=(await used(waiting))["stored_bytes"] - 1)
    refused = await waiting.other.post("/api/v1/batches", files=files)  # another tenant has room
    assert refused.status_code == 202


async def test_batch_of_a_tenant_without_any_room_is_refused_as_a_whole(waiting: Service) -> None:
    await set_quotas(waiting, stored_bytes=1)
    await waiting.acme.post("/v1/files", files={"file": ("a.txt", b"a")}, data={"purpose": "assistants"})
    refused = await waiting.acme.post("/api/v1/batches", files=[("files", ("b.txt", TEXT))])
    check_refused(refused, 413, "stored_bytes")


async def test_repeat_under_an_idempotency_key_gets_its_answer_at_full(waiting: Service) -> None:
    await set_quotas(waiting, stored_bytes=len(TEXT))
    call = {"files": {"file": ("a.txt", TEXT)}, "data": {"purpose": "assistants"}, "headers": {"Idempotency-Key": "k"}}
    first = await waiting.acme.post("/v1/files", **call)
    again = await waiting.acme.post("/v1/files", **call)
    assert (first.status_code, again.json()) == (200, first.json())
    other = await waiting.acme.post("/v1/files", **call | {"headers": {"Idempotency-Key": "l"}})
    check_refused(other, 413, "stored_bytes")


async def test_known_adapter_is_taken_at_exactly_full(waiting: Service, tmp_path: Path) -> None:
    files = adapter_upload(tmp_path)
    first = await waiting.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert first.status_code == 201
    await set_quotas(waiting, stored_bytes=(await used(waiting))["stored_bytes"])
    again = await waiting.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert again.status_code == 200, again.text


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"url_ingestion": True})


async def test_url_is_not_fetched_without_room_nor_read_beyond_it(
    waiting: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched, read = [], []

    def pieces() -> Iterator[bytes]:
        for _ in range(PIECES):
            read.append(1)
            yield PIECE

    @contextmanager
    def delivered(url: str, **_: Any) -> Iterator[Fetched]:
        fetched.append(url)
        yield Fetched(url, "a.txt", pieces(), PIECES * len(PIECE) if url.endswith("declared") else 0)

    monkeypatch.setattr(uploads, "fetch", delivered)

    async def ask(name: str) -> httpx.Response:
        url = f"https://example.org/{name}"
        return await waiting.acme.post("/api/v1/documents/from-url", json={"url": url})

    await set_quotas(waiting, stored_bytes=LEFT)
    check_refused(await ask("declared"), 413, "stored_bytes")
    assert read == []
    check_refused(await ask("long"), 413, "stored_bytes")
    assert len(read) == LEFT // len(PIECE) + 1
    fetched.clear()
    await waiting.acme.post("/v1/files", files={"file": ("a.txt", b"x" * LEFT)}, data={"purpose": "assistants"})
    check_refused(await ask("any"), 413, "stored_bytes")
    assert fetched == []


@pytest.mark.parametrize(
    ("quota", "path"),
    [
        ("queued_documents", "/api/v1/documents"),
        ("queued_evaluations", "/api/v1/evaluations"),
        ("queued_evaluations", "/api/v1/adapters/style/evaluations"),
    ],
)
async def test_upload_for_a_full_queue_is_refused_unread(waiting: Service, quota: str, path: str) -> None:
    await waiting.upload(waiting.acme, "a.txt", TEXT)
    await waiting.acme.post("/api/v1/evaluations", files={"cases": ("mine.jsonl", CASE)})
    await set_quotas(waiting, **{quota: 1})
    form = Form("/api/v1/documents")
    response = await waiting.acme.post(path, content=form, headers=form.headers)
    check_refused(response, 429, quota)
    assert form.taken < 5 * len(PIECE)  # what lingers of the connection
