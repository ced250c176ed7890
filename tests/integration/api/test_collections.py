"""Collections with their own settings, and documents that are made anew when these change."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.storage.sql.queue import EVERYONE, JobQueue
from tests.support.service import Service

TEXT = " ".join(f"Sentence number {i} tells of one more thing." for i in range(60)).encode()


async def settled(service: Service, name: str) -> dict[str, Any]:
    for _ in range(600):
        body: dict[str, Any] = (await service.acme.get(f"/api/v1/collections/{name}")).json()
        if not body["outdated"]:
            return body
        await asyncio.sleep(0.05)
    raise AssertionError(body)


async def tokens_of_chunks(service: Service, document_id: str) -> list[int]:
    chunks = await service.acme.get(f"/api/v1/documents/{document_id}/chunks", params={"limit": 100})
    return [chunk["tokens"] for chunk in chunks.json()["data"]]


async def test_collection_splits_by_its_own_settings(service: Service) -> None:
    put = await service.acme.put("/api/v1/collections/small", json={"chunk_tokens": 40, "chunk_overlap_tokens": 0})
    assert put.status_code == 200, put.text
    small = await service.take_in(service.acme, "a.txt", TEXT, collection="small")
    usual = await service.take_in(service.acme, "a.txt", TEXT, collection="usual")
    assert max(await tokens_of_chunks(service, small["id"])) <= 40
    assert max(await tokens_of_chunks(service, usual["id"])) > 100
    listed = (await service.acme.get("/api/v1/collections")).json()["data"]
    assert [(one["name"], one["documents"], one["outdated"]) for one in listed] == [("small", 1, 0), ("usual", 1, 0)]


async def test_collection_has_one_name_however_it_is_typed(service: Service) -> None:
    typed, name = "o\u0301rga\u0303o\u200b", "\u00f3rg\u00e3o"
    document = await service.take_in(service.acme, "a.txt", TEXT, collection=typed)
    assert document["collection"] == name
    assert (await service.acme.put(f"/api/v1/collections/{typed}", json={"keep_versions": 1})).json()["name"] == name
    for asked in (typed, name):
        assert (await service.acme.get(f"/api/v1/collections/{asked}")).json()["documents"] == 1
        listed = await service.acme.get("/api/v1/documents", params={"collection": asked})
        assert [one["id"] for one in listed.json()["data"]] == [document["id"]]
        found = await service.acme.post("/api/v1/search", json={"query": "sentence number 7", "collections": [asked]})
        assert found.json()["data"]


async def test_changed_settings_make_documents_anew_and_the_old_chunks_answer_until_then(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", TEXT, collection="c")
    before = await tokens_of_chunks(service, document["id"])
    with service.runtime.storage.db.write() as session:
        JobQueue(session).pause()
    put = (await service.acme.put("/api/v1/collections/c", json={"chunk_tokens": 50})).json()
    assert (put["outdated"], put["chunking"]["tokens"]) == (1, 50)
    assert await tokens_of_chunks(service, document["id"]) == before
    found = await service.acme.post("/api/v1/search", json={"query": "What does sentence number 7 tell of?"})
    assert found.json()["data"]
    with service.runtime.storage.db.write() as session:
        JobQueue(session).resume()
    await settled(service, "c")
    after = await tokens_of_chunks(service, document["id"])
    assert max(after) <= 50 < max(before)
    same = (await service.acme.get(f"/api/v1/documents/{document['id']}")).json()
    assert (same["version"], same["status"], same["ready_at"]) == (1, "ready", document["ready_at"])


async def test_settings_may_go_back_and_forth(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", TEXT, collection="c")
    for tokens in (50, 100, 50):
        await service.acme.put("/api/v1/collections/c", json={"chunk_tokens": tokens, "chunk_overlap_tokens": 10})
        await settled(service, "c")
        assert tokens / 2 < max(await tokens_of_chunks(service, document["id"])) <= tokens


async def test_document_that_cannot_be_made_anew_goes_on_answering_and_is_not_tried_for_ever(service: Service) -> None:
    document = await service.take_in(service.acme, "a.txt", TEXT, collection="c")
    for path in service.runtime.storage.blobs._folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for _ in range(2):
        await service.acme.put("/api/v1/collections/c", json={"chunk_tokens": 50})
        await asyncio.sleep(0.5)
    with service.runtime.storage.db.read() as session:
        counts = JobQueue(session).counts()
    assert counts == {"succeeded": 1, "failed": 1}
    assert (await service.acme.get(f"/api/v1/documents/{document['id']}")).json()["status"] == "ready"
    assert await tokens_of_chunks(service, document["id"])


async def test_former_versions_go_by_policy_with_their_files(service: Service) -> None:
    for number in range(4):
        document = await service.take_in(service.acme, "a.txt", f"Version {number}.".encode(), collection="c")
    path = f"/api/v1/documents/{document['id']}/content"
    assert (await service.acme.get(path, params={"version": 1})).status_code == 200
    await service.acme.put("/api/v1/collections/c", json={"keep_versions": 1})
    assert [(await service.acme.get(path, params={"version": v})).status_code for v in (1, 2, 3, 4)] == [
        404,
        404,
        200,
        200,
    ]
    assert sum(path.is_file() for path in service.runtime.storage.blobs._folder.rglob("*")) == 2
    found = (await service.acme.post("/api/v1/search", json={"query": "version"})).json()["data"]
    assert [hit["text"] for hit in found] == ["Version 3."]


async def test_paused_queue_takes_uploads_and_begins_nothing(service: Service) -> None:
    db = service.runtime.storage.db
    with db.write() as session:
        JobQueue(session).pause(service.acme_id)
    document = (await service.upload(service.acme, "a.txt", b"Waits.")).json()
    assert (await service.take_in(service.other, "b.txt", b"Goes on."))["status"] == "ready"
    assert (await service.acme.get(f"/api/v1/documents/{document['id']}")).json()["status"] == "queued"
    with db.write() as session:
        JobQueue(session).resume(service.acme_id)
        JobQueue(session).pause(EVERYONE)
    await asyncio.sleep(0.5)
    assert (await service.acme.get(f"/api/v1/documents/{document['id']}")).json()["status"] == "queued"
    with db.write() as session:
        JobQueue(session).resume(EVERYONE)
    assert (await service.ready(service.acme, document["id"]))["status"] == "ready"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"chunk_tokens": 31}, "chunk_tokens"),
        ({"chunk_tokens": 40, "chunk_overlap_tokens": 21}, "chunk_overlap_tokens"),
        ({"keep_versions": -1}, "keep_versions"),
        ({"size": 3}, "size"),
    ],
)
async def test_settings_out_of_bounds_are_refused(service: Service, body: dict[str, int], param: str) -> None:
    response = await service.acme.put("/api/v1/collections/c", json=body)
    assert response.status_code == 422
    assert param in str(response.json()["error"])
    assert (await service.acme.get("/api/v1/collections/c")).status_code == 404


async def test_collections_are_the_tenants_own(service: Service) -> None:
    await service.acme.put("/api/v1/collections/c", json={"chunk_tokens": 50})
    assert (await service.other.get("/api/v1/collections/c")).status_code == 404
    assert (await service.other.get("/api/v1/collections")).json()["data"] == []
