"""Texts under a caller's own keys, and many documents deleted in one call."""

from __future__ import annotations

import asyncio
from typing import Any

from app.documents.by_key.service import default_filename
from tests.support.service import Service

BY_KEY = "/api/v1/documents/by-key"


async def put(service: Service, key: str, status: int = 202, **body: Any) -> dict[str, Any]:
    answer = await service.acme.put(f"{BY_KEY}/{key}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_text_is_made_then_replaced_under_the_same_key(service: Service) -> None:
    first = await put(service, "kb/opening%20hours", text="# Hours\n\nWe open at ten.", metadata={"year": 2025})
    assert (first["external_id"], first["collection"]) == ("kb/opening hours", "default")
    assert first["media_type"] == "text/markdown"
    await service.ready(service.acme, first["id"])
    same = await put(service, "kb/opening%20hours", 200, text="# Hours\n\nWe open at ten.", metadata={"year": 2026})
    assert (same["id"], same["version"], same["metadata"]) == (first["id"], 1, {"year": 2026})
    other = await put(service, "kb/opening%20hours", text="# Hours\n\nWe open at nine.")
    assert (other["id"], other["version"], other["filename"]) == (first["id"], 2, first["filename"])
    await service.ready(service.acme, first["id"])
    hits = (await service.acme.post("/api/v1/search", json={"query": "When do you open?"})).json()["data"]
    assert ["nine" in hit["text"] for hit in hits] == [True]
    assert (await service.acme.get(f"{BY_KEY}/kb/opening%20hours")).json()["id"] == first["id"]
    assert (await service.other.get(f"{BY_KEY}/kb/opening%20hours")).status_code == 404
    gone = await service.acme.delete(f"{BY_KEY}/kb/opening%20hours")
    assert gone.json() == {"id": first["id"], "object": "document", "deleted": True}
    assert (await service.acme.get(f"/api/v1/documents/{first['id']}")).status_code == 404


async def test_name_and_collection_of_a_key_change_with_it(service: Service) -> None:
    first = await put(service, "a", text="One.", filename="one.txt", collection="north")
    moved = await put(service, "a", 200, text="One.", filename="uno.txt", collection="south")
    assert (moved["id"], moved["filename"], moved["collection"]) == (first["id"], "uno.txt", "south")
    kept = await put(service, "a", text="Two.")
    assert (kept["id"], kept["filename"], kept["collection"]) == (first["id"], "uno.txt", "south")


async def test_a_key_takes_no_name_of_another_document(service: Service) -> None:
    await service.upload(service.acme, "taken.txt", b"Uploaded.")
    for key in ("new", "a"):
        await put(service, "a", text="Mine.") if key == "a" else None
        refused = await put(service, key, 409, text="Other.", filename="taken.txt")
        assert refused["error"]["code"] == "name_taken"
    assert (await service.acme.get(f"{BY_KEY}/new")).status_code == 404


async def test_the_same_key_many_times_at_once_makes_one_document(service: Service) -> None:
    bodies = [{"text": f"Text {number % 2}."} for number in range(6)]
    answers = await asyncio.gather(*(service.acme.put(f"{BY_KEY}/k", json=body) for body in bodies))
    assert {answer.status_code for answer in answers} <= {200, 202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (await service.acme.get("/api/v1/documents")).json()["total"] == 1


async def test_a_key_or_text_that_cannot_be_is_refused_by_name(service: Service) -> None:
    for key, body, param in (
        ("x" * 501, {"text": "a"}, "external_id"),
        ("%00", {"text": "a"}, "external_id"),
        ("k", {"text": ""}, "text"),
        ("k", {"text": "a", "filename": "a/b.txt"}, "filename"),
        ("k", {}, "text"),
    ):
        refused = await put(service, key, 422, **body)
        assert refused["error"]["param"] == param


def test_keys_that_differ_have_file_names_that_differ() -> None:
    assert default_filename("hours") == "hours.md"
    assert default_filename("hours.html") == "hours.html"
    assert default_filename("v1.2") == "v1.2.md"
    names = {default_filename(key) for key in ("a/b", "a-b", "a\\b", "a/b.txt", "x/a/b")}
    assert len(names) == 5
    assert not any("/" in name for name in names)


async def test_many_documents_are_deleted_in_one_call(service: Service) -> None:
    ids = [(await service.upload(service.acme, f"{n}.txt", f"Text {n}.".encode())).json()["id"] for n in range(3)]
    foreign = (await service.upload(service.other, "a.txt", b"Theirs.")).json()["id"]
    body = {"ids": [ids[2], "doc_unknown", foreign, ids[0], ids[2]]}
    answer = await service.acme.post("/api/v1/documents/delete", json=body)
    assert answer.json()["deleted"] == [ids[2], ids[0]]
    assert answer.json()["unknown"] == ["doc_unknown", foreign]
    assert [one["id"] for one in (await service.acme.get("/api/v1/documents")).json()["data"]] == [ids[1]]
    assert (await service.other.get(f"/api/v1/documents/{foreign}")).status_code == 200
    for wrong in ({"ids": []}, {"ids": ["x"] * 1001}, {}):
        assert (await service.acme.post("/api/v1/documents/delete", json=wrong)).status_code == 422
