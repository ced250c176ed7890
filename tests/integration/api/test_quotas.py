"""Quotas over HTTP: every way in counts, what is refused leaves nothing, and callers learn what they have."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.documents import uploads
from app.documents.url_fetch import Fetched
from app.settings import Settings
from app.storage.sql.totals import wrong_totals
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

CASE = b'{"id": "hours", "question": "When does the museum open?", "answers": ["at ten"]}\n'
ROWS = b'{"prompt": "Say hello.", "completion": "Hello."}\n'
LIMIT = "x-ratelimit"
TEXT = b"The lock opens at dawn. "


@pytest.fixture
async def waiting(service: Service) -> Service:
    """The service with a queue of which nothing starts."""
    assert (await service.operator.post("/api/v1/queue/pause")).status_code == 200
    return service


async def set_quotas(service: Service, **quotas: int) -> None:
    response = await service.operator.put(f"/api/v1/tenants/{service.acme_id}/limits", json={"quotas": quotas})
    assert response.status_code == 200, response.text


async def used(service: Service) -> dict[str, int]:
    quotas = (await service.acme.get("/api/v1/me")).json()["quotas"]
    return {name: state["used"] for name, state in quotas.items()}


def stored(service: Service) -> int:
    """Bytes of all files in the folder of uploads."""
    folder = service.runtime.storage.blobs._folder
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def check_refused(response: httpx.Response, status: int, param: str) -> None:
    """It says which quota, how much of it there is, and what to do."""
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["param"]) == (status, "quota_exceeded", param), response.text
    assert "ask the operator to raise the quota" in error["message"]
    assert ("retry-after" in response.headers) == (status == 429)
    assert error["type"] == ("rate_limit_error" if status == 429 else "insufficient_quota")


async def upload_document(service: Service) -> httpx.Response:
    return await service.upload(service.acme, "a.txt", TEXT)


async def put_document(service: Service) -> httpx.Response:
    return await service.acme.put("/api/v1/documents/by-key/a", json={"text": TEXT.decode()})


async def upload_file(service: Service) -> httpx.Response:
    files = {"file": ("a.txt", TEXT)}
    return await service.acme.post("/v1/files", files=files, data={"purpose": "assistants"})


async def upload_rows(service: Service) -> httpx.Response:
    return await service.acme.post("/v1/files", files={"file": ("rows.jsonl", ROWS)}, data={"purpose": "fine-tune"})


async def upload_dataset(service: Service) -> httpx.Response:
    files = {"file": ("rows.jsonl", ROWS)}
    return await service.acme.post("/api/v1/training/datasets", files=files, data={"name": "rows"})


async def evaluate(service: Service) -> httpx.Response:
    return await service.acme.post("/api/v1/evaluations", files={"cases": ("mine.jsonl", CASE)})


async def train(service: Service) -> httpx.Response:
    dataset = (await service.acme.get("/api/v1/training/datasets")).json()["data"][0]["id"]
    return await service.acme.post("/api/v1/training/jobs", json={"adapter": "style", "dataset": dataset})


@pytest.mark.parametrize(
    ("call", "quota", "status"),
    [
        (upload_document, "stored_bytes", 413),
        (upload_document, "documents", 413),
        (upload_document, "queued_documents", 429),
        (put_document, "stored_bytes", 413),
        (put_document, "documents", 413),
        (put_document, "queued_documents", 429),
        (upload_file, "stored_bytes", 413),
        (upload_rows, "stored_bytes", 413),
        (upload_rows, "datasets", 413),
        (upload_dataset, "stored_bytes", 413),
        (upload_dataset, "datasets", 413),
        (evaluate, "queued_evaluations", 429),
        (train, "queued_trainings", 429),
        (train, "adapters", 413),
    ],
)
async def test_each_way_in_is_refused_at_its_quota_and_leaves_nothing(
    waiting: Service,
    tmp_path: Path,
    call: Callable[[Service], Awaitable[httpx.Response]],
    quota: str,
    status: int,
) -> None:
    assert (await waiting.upload(waiting.acme, "first.txt", MUSEUM)).status_code == 202
    assert (await upload_dataset(waiting)).status_code == 201
    assert (await evaluate(waiting)).status_code == 202
    assert (await train(waiting)).status_code == 202
    adapter = await waiting.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert adapter.status_code == 201, adapter.text
    before, on_disk = await used(waiting), stored(waiting)
    assert before[quota] > 0
    await set_quotas(waiting, **{quota: before[quota]})
    check_refused(await call(waiting), status, quota)
    assert (await used(waiting), stored(waiting)) == (before, on_disk)
    await set_quotas(waiting, **{quota: before[quota] + 100})
    assert (await call(waiting)).is_success
    assert (await used(waiting))[quota] > before[quota] or call is train
    with waiting.runtime.storage.db.read() as session:
        assert wrong_totals(session) == {}


async def test_file_that_only_its_size_tells_is_refused_before_it_is_recorded(waiting: Service) -> None:
    await set_quotas(waiting, stored_bytes=100)
    check_refused(await waiting.upload(waiting.acme, "a.txt", TEXT * 10), 413, "stored_bytes")
    assert (stored(waiting), (await used(waiting))["stored_bytes"]) == (0, 0)
    assert (await waiting.upload(waiting.acme, "a.txt", TEXT)).status_code == 202
    assert (await used(waiting))["stored_bytes"] == stored(waiting) == len(TEXT)


async def test_adapters_are_refused_and_the_same_one_again_is_not(waiting: Service, tmp_path: Path) -> None:
    await set_quotas(waiting, adapters=1)
    files = adapter_upload(tmp_path)
    first = await waiting.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert first.status_code == 201
    again = await waiting.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert again.status_code == 200
    other = await waiting.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, 1), data={"name": "style"})
    check_refused(other, 413, "adapters")
    await set_quotas(waiting, stored_bytes=(await used(waiting))["stored_bytes"] + 1)
    other = await waiting.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, 1), data={"name": "style"})
    check_refused(other, 413, "stored_bytes")


async def test_batch_takes_what_fits_and_names_the_rest(waiting: Service) -> None:
    await set_quotas(waiting, documents=2)
    files = [("files", (f"{number}.txt", TEXT + str(number).encode())) for number in range(5)]
    batch = (await waiting.acme.post("/api/v1/batches", files=files)).json()
    assert [(one["filename"], one["code"]) for one in batch["refused"]] == [
        (f"{number}.txt", "quota_exceeded") for number in (2, 3, 4)
    ]
    assert (await used(waiting))["documents"] == 2
    assert stored(waiting) == 2 * (len(TEXT) + 1)
    again = (await waiting.acme.post("/api/v1/batches", files=files[:2])).json()  # the same two: nothing more
    assert again["refused"] == []


async def test_vector_stores_count_documents_and_keep_the_file_once(waiting: Service) -> None:
    file = (await upload_file(waiting)).json()["id"]
    store = (await waiting.acme.post("/v1/vector_stores", json={"name": "locks"})).json()["id"]
    await set_quotas(waiting, documents=1, stored_bytes=len(TEXT))
    attached = await waiting.acme.post(f"/v1/vector_stores/{store}/files", json={"file_id": file})
    assert attached.status_code == 200, attached.text
    assert await used(waiting) | {"queued_documents": 0} == {
        **dict.fromkeys(await used(waiting), 0),
        "documents": 1,
        "stored_bytes": len(TEXT),
    }
    other = (await waiting.acme.post("/v1/vector_stores", json={"name": "weirs"})).json()["id"]
    refused = await waiting.acme.post(f"/v1/vector_stores/{other}/files", json={"file_id": file})
    check_refused(refused, 413, "documents")


async def test_vector_store_whose_files_are_above_a_quota_is_not_made(waiting: Service) -> None:
    ids = []
    for number in range(3):
        form = {"files": {"file": (f"{number}.txt", TEXT)}, "data": {"purpose": "assistants"}}
        ids.append((await waiting.acme.post("/v1/files", **form)).json()["id"])
    await set_quotas(waiting, documents=2)
    before = await used(waiting)
    refused = await waiting.acme.post("/v1/vector_stores", json={"name": "locks", "file_ids": ids})
    check_refused(refused, 413, "documents")
    unknown = await waiting.acme.post("/v1/vector_stores", json={"name": "locks", "file_ids": [ids[0], "file-none"]})
    assert unknown.status_code == 404
    assert (await waiting.acme.get("/v1/vector_stores")).json()["data"] == []
    assert await used(waiting) == before
    made = await waiting.acme.post("/v1/vector_stores", json={"name": "locks", "file_ids": ids[1:]})
    assert (made.status_code, made.json()["name"], made.json()["file_counts"]["total"]) == (200, "locks", 2)


@pytest.mark.parametrize("settings", [True], indirect=True)
async def test_document_from_a_url_counts(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def delivered(url: str, **_: Any) -> Iterator[Fetched]:
        yield Fetched(url, "a.txt", iter([TEXT]))

    monkeypatch.setattr(uploads, "fetch", delivered)
    await set_quotas(service, stored_bytes=10)
    refused = await service.acme.post("/api/v1/documents/from-url", json={"url": "https://example.org/a.txt"})
    check_refused(refused, 413, "stored_bytes")
    assert stored(service) == 0


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"url_ingestion": getattr(request, "param", False)})


async def test_chunks_are_counted_when_a_document_is_ready_and_its_file_is_not_kept(service: Service) -> None:
    first = await service.take_in(service.acme, "museum.md", MUSEUM)
    chunks = (await used(service))["chunks"]
    assert chunks == first["chunks"] > 0
    await set_quotas(service, chunks=chunks + 1)
    long = b"\n\n".join(f"# Part {number}\n\n{TEXT.decode() * 40}".encode() for number in range(5))
    failed = await service.take_in(service.acme, "long.md", long)
    assert (failed["status"], failed["error"]["code"]) == ("failed", "quota_exceeded")
    assert f"may have {chunks + 1:,} chunks" in failed["error"]["message"]
    assert (await used(service))["chunks"] == chunks
    assert (await used(service))["stored_bytes"] == stored(service) == len(MUSEUM)
    await set_quotas(service, chunks=chunks)
    check_refused(await service.upload(service.acme, "b.txt", TEXT), 413, "chunks")
    reparsed = await service.acme.post(f"/api/v1/documents/{first['id']}/reparse")  # what is there may be read again
    assert (await service.ready(service.acme, reparsed.json()["id"]))["status"] == "ready"


async def test_uploads_at_once_have_no_more_than_the_quota(waiting: Service) -> None:
    await set_quotas(waiting, stored_bytes=5 * 100)
    answers = await asyncio.gather(
        *(waiting.upload(waiting.acme, f"{number}.txt", f"{number:>100}".encode()) for number in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [202] * 5 + [413] * 15
    assert (await used(waiting))["stored_bytes"] == stored(waiting) == 500


async def test_callers_and_the_operator_learn_what_there_is_and_what_may_be(waiting: Service) -> None:
    await waiting.upload(waiting.acme, "a.txt", TEXT)
    await set_quotas(waiting, documents=7)
    quotas = (await waiting.acme.get("/api/v1/me")).json()["quotas"]
    assert quotas["documents"] == {"limit": 7, "used": 1}
    assert quotas["stored_bytes"] == {"limit": 10 * 2**30, "used": len(TEXT)}
    limits = (await waiting.operator.get(f"/api/v1/tenants/{waiting.acme_id}/limits")).json()
    assert (limits["own"]["quotas"]["documents"], limits["own"]["quotas"]["chunks"]) == (7, None)
    assert (limits["in_force"]["quotas"]["chunks"], limits["used"]["documents"]) == (1_000_000, 1)
    token = await waiting.token(waiting.acme, user="ana")
    assert (await token.get("/api/v1/me")).json()["quotas"] is None
    assert (await waiting.other.get("/api/v1/me")).json()["quotas"]["documents"] == {"limit": 100_000, "used": 0}


async def test_limit_of_a_day_is_told_and_ends_requests(service: Service) -> None:
    limits = {"tenant": {"requests": 100, "requests_per_day": 3}}
    await service.operator.put(f"/api/v1/tenants/{service.acme_id}/limits", json=limits)
    answers = [await service.acme.get("/api/v1/collections") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    headers = [
        (one.headers["x-ratelimit-limit-requests"], one.headers["x-ratelimit-remaining-requests"]) for one in answers
    ]
    assert headers == [("3", "2"), ("3", "1"), ("3", "0"), ("3", "0")]
    error = answers[-1].json()["error"]
    assert (error["code"], error["param"]) == ("quota_exceeded", "requests_per_day")
    assert 0 < int(answers[-1].headers["retry-after"]) <= 28_800
