"""A document is a name in a collection: equal bytes, other names, moves, and uploads that overtake each other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from app.embeddings.base import Vectors
from app.embeddings.hashing import HashingEmbedder
from tests.support.service import Service

LONG = "\n\n".join(
    f"Entry {number}: the warden counts {number * 3} lanterns on deck." for number in range(300)
).encode()


class Gate:
    """Holds up the embedding of what speaks of lanterns until it is opened."""

    def __init__(self) -> None:
        self.open, self.reached = threading.Event(), threading.Event()

    def pass_through(self, texts: Sequence[str]) -> None:
        if any("lanterns on deck" in text for text in texts):
            self.reached.set()
            assert self.open.wait(30)

    async def wait(self) -> None:
        """Wait until a document is held up."""
        for _ in range(600):
            if self.reached.is_set():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("nothing is embedded")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made, embed = Gate(), HashingEmbedder.embed_passages

    def held(self: HashingEmbedder, texts: Sequence[str]) -> Vectors:
        made.pass_through(texts)
        return embed(self, texts)

    monkeypatch.setattr(HashingEmbedder, "embed_passages", held)
    yield made
    made.open.set()


async def found(service: Service, query: str, **more: Any) -> set[tuple[str, str]]:
    """(filename, text) of what both ways of searching find."""
    hits = set()
    for mode in ("lexical", "hybrid"):
        body = {"query": query, "mode": mode, **more}
        data = (await service.acme.post("/api/v1/search", json=body)).json()["data"]
        hits |= {(hit["filename"], hit["text"]) for hit in data}
    return hits


async def content(service: Service, document: dict[str, Any]) -> str:
    return (await service.acme.get(f"/api/v1/documents/{document['id']}/content")).json()["text"]


async def listed(service: Service, collection: str) -> dict[str, dict[str, Any]]:
    data = (await service.acme.get("/api/v1/documents", params={"collection": collection})).json()["data"]
    return {one["filename"]: one for one in data}


async def test_name_that_takes_over_the_bytes_of_another_keeps_its_document(service: Service) -> None:
    first = await service.take_in(service.acme, "north.txt", b"The north pier is for ferries.", collection="piers")
    second = await service.take_in(service.acme, "south.txt", b"The south pier is for yachts.", collection="piers")
    taken = await service.take_in(service.acme, "south.txt", b"The north pier is for ferries.", collection="piers")
    assert (taken["id"], taken["filename"], taken["version"]) == (second["id"], "south.txt", 2)
    assert await content(service, first) == await content(service, second) == "The north pier is for ferries."
    assert set(await listed(service, "piers")) == {"north.txt", "south.txt"}
    assert not any("yachts" in text for _, text in await found(service, "south pier yachts", collections=["piers"]))
    back = await service.take_in(service.acme, "south.txt", b"The south pier is for yachts.", collection="piers")
    assert (back["id"], back["version"]) == (second["id"], 3)
    assert await content(service, second) == "The south pier is for yachts."
    assert await content(service, first) == "The north pier is for ferries."


@pytest.mark.parametrize("deleted", [0, 1])
async def test_one_of_two_equal_files_stays_when_the_other_is_deleted(service: Service, deleted: int) -> None:
    names = ["left.md", "right.md"]
    documents = [await service.take_in(service.acme, name, b"Parcels arrive on Fridays.") for name in names]
    assert [one["filename"] for one in documents] == names
    await service.acme.delete(f"/api/v1/documents/{documents[deleted]['id']}")
    kept = names[1 - deleted]
    assert {name: one["status"] for name, one in (await listed(service, "default")).items()} == {kept: "ready"}
    assert await found(service, "When do parcels arrive?") == {(kept, "Parcels arrive on Fridays.")}
    assert await content(service, documents[1 - deleted]) == "Parcels arrive on Fridays."


async def test_equal_files_are_embedded_once_if_nothing_of_them_differs(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"# Harbour rules\n\nThe crane lifts nine tonnes.\n"
    await service.take_in(service.acme, "rules.md", text)
    monkeypatch.setattr(HashingEmbedder, "embed_passages", lambda *_: 1 / 0)
    copy = await service.take_in(service.acme, "copy.md", text, collection="elsewhere")
    assert (copy["status"], copy["chunks"], copy["error"]) == ("ready", 1, None)
    monkeypatch.undo()
    assert {name for name, _ in await found(service, "What does the crane lift?")} == {"rules.md", "copy.md"}


async def test_new_version_embeds_only_what_changed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await service.acme.put("/api/v1/collections/log", json={"chunk_tokens": 40, "chunk_overlap_tokens": 0})
    days = [
        f"# Day {day}\n\nOn day {day} the crew painted cabin {day}, then rested for the evening." for day in range(9)
    ]
    await service.take_in(service.acme, "log.md", "\n\n".join(days).encode(), collection="log")
    embedded: list[str] = []
    embed = HashingEmbedder.embed_passages

    def counted(self: HashingEmbedder, texts: Sequence[str]) -> Vectors:
        embedded.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(HashingEmbedder, "embed_passages", counted)
    days[4] = "# Day 4\n\nOn day 4 a storm tore the awning."
    second = await service.take_in(service.acme, "log.md", "\n\n".join(days).encode(), collection="log")
    assert (second["version"], second["live_version"]) == (2, 2)
    assert 0 < len(embedded) < second["chunks"]
    assert any("awning" in text for text in embedded)
    assert any("awning" in text for _, text in await found(service, "What tore the awning?"))
    assert any("cabin 7" in text for _, text in await found(service, "Who painted cabin 7?"))


async def test_equal_files_have_metadata_of_their_own(service: Service) -> None:
    first = await service.take_in(service.acme, "a.yaml", b"owner: dock crew", metadata='{"site": "bay"}')
    second = await service.take_in(service.acme, "b.yaml", b"owner: dock crew", metadata='{"site": "reef"}')
    assert (second["filename"], second["metadata"]) == ("b.yaml", {"site": "reef"})
    for site, name in (("bay", "a.yaml"), ("reef", "b.yaml")):
        assert {hit for hit, _ in await found(service, "owner", filters={"site": site})} == {name}
    again = await service.upload(service.acme, "b.yaml", b"owner: dock crew", metadata='{"site": "cape"}')
    assert (again.status_code, again.json()["id"], again.json()["metadata"]) == (200, second["id"], {"site": "cape"})
    assert [again.json()[field] for field in ("version", "ready_at")] == [1, second["ready_at"]]
    assert {hit for hit, _ in await found(service, "owner", filters={"site": "cape"})} == {"b.yaml"}
    assert not await found(service, "owner", filters={"site": "reef"})
    same = await service.upload(service.acme, "b.yaml", b"owner: dock crew")
    assert (same.status_code, same.json()["metadata"]) == (200, {"site": "cape"})
    assert (await service.acme.get(f"/api/v1/documents/{first['id']}")).json()["metadata"] == {"site": "bay"}


async def test_upload_right_after_a_cancellation_becomes_ready(service: Service, gate: Gate) -> None:
    document = (await service.upload(service.acme, "ledger.txt", LONG)).json()
    await gate.wait()
    cancelled = await service.acme.post(f"/api/v1/documents/{document['id']}/cancel")
    assert cancelled.status_code == 200
    again = await service.upload(service.acme, "ledger.txt", LONG)
    assert (again.status_code, again.json()["id"]) == (202, document["id"])
    gate.open.set()
    ready = await service.ready(service.acme, document["id"])
    assert (ready["status"], ready["version"]) == ("ready", 2)
    assert "Entry 299" in await content(service, ready)


async def test_cancelled_document_does_not_become_ready_all_the_same(service: Service, gate: Gate) -> None:
    document = (await service.upload(service.acme, "ledger.txt", b"Two lanterns on deck.")).json()
    await gate.wait()
    await service.acme.post(f"/api/v1/documents/{document['id']}/cancel")
    gate.open.set()  # all of it is embedded before the next check
    ended = await service.ready(service.acme, document["id"])
    assert (ended["status"], ended["live_version"], ended["error"]["code"]) == ("cancelled", None, "cancelled")


@pytest.mark.parametrize("earlier", [None, b"The warden is on leave."])
async def test_newer_version_supersedes_one_that_is_being_embedded(
    service: Service, gate: Gate, earlier: bytes | None
) -> None:
    if earlier is not None:
        await service.take_in(service.acme, "warden.txt", earlier)
    first = (await service.upload(service.acme, "warden.txt", LONG)).json()
    await gate.wait()
    with service.runtime.storage.db.read_tenant(service.acme_id) as store:
        version_id = store.documents.get(first["id"]).latest.id
    second = (await service.upload(service.acme, "warden.txt", b"The warden retired.")).json()
    assert (second["id"], second["version"]) == (first["id"], first["version"] + 1)
    answering = {text for _, text in await found(service, "What of the warden?")}
    assert answering == ({earlier.decode()} if earlier is not None else set())
    gate.open.set()
    ready = await service.ready(service.acme, first["id"])
    assert (ready["status"], ready["live_version"]) == ("ready", second["version"])
    with service.runtime.storage.db.read_tenant(service.acme_id) as store:
        former = store.document_versions.get(version_id)
        assert (former.status, former.error_code) == ("cancelled", "superseded")
        assert store.chunks.count_live() == 1
    assert await found(service, "warden lanterns deck") == {("warden.txt", "The warden retired.")}


async def test_batch_counts_what_was_superseded_and_cancels_only_its_own(service: Service, gate: Gate) -> None:
    batch = (await service.acme.post("/api/v1/batches", files=[("files", ("warden.txt", LONG))])).json()
    document = (await listed(service, "default"))["warden.txt"]
    await gate.wait()
    await service.upload(service.acme, "warden.txt", b"The warden retired.")
    await service.acme.post(f"/api/v1/batches/{batch['id']}/cancel")
    gate.open.set()
    assert (await service.ready(service.acme, document["id"]))["status"] == "ready"
    after = (await service.acme.get(f"/api/v1/batches/{batch['id']}")).json()
    assert (after["finished"], after["counts"]) == (True, {"cancelled": 1})


async def test_document_moves_and_is_renamed_without_being_embedded(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await service.take_in(
        service.acme, "ferry.txt", b"The ferry takes forty bicycles.", collection="drafts", metadata='{"year": 2030}'
    )
    await service.take_in(service.acme, "other.txt", b"Nothing of the kind.", collection="drafts")
    path = f"/api/v1/documents/{made['id']}"
    with monkeypatch.context() as patch:
        patch.setattr(service.runtime.ingestor, "ingest", lambda *_: 1 / 0)
        moved = (await service.acme.patch(path, json={"collection": "final"})).json()
        same = ("id", "filename", "metadata", "status", "version", "ready_at", "chunks")
        assert moved == made | {"collection": "final"}
        assert {name for name, _ in await found(service, "forty bicycles", collections=["final"])} == {"ferry.txt"}
        assert not any("bicycles" in text for _, text in await found(service, "bicycles", collections=["drafts"]))
        both = {"filename": "ferry-2031.txt", "metadata": {"year": 2031}}
        renamed = (await service.acme.patch(path, json=both)).json()
        assert {field: renamed[field] for field in same} == {field: made[field] for field in same} | both
        assert {name for name, _ in await found(service, "forty bicycles", collections=["final"])} == {"ferry-2031.txt"}
        assert set(await listed(service, "final")) == {"ferry-2031.txt"}
    await service.acme.delete(f"/api/v1/documents/{(await listed(service, 'drafts'))['other.txt']['id']}")
    await service.acme.patch(path, json={"collection": "later"})
    assert await found(service, "forty bicycles", collections=["final"]) == set()  # empty, but there
    new = await service.take_in(service.acme, "ferry.txt", b"The ferry takes forty bicycles.", collection="drafts")
    assert (new["id"] != made["id"], new["status"]) == (True, "ready")


async def test_move_onto_another_document_is_refused_and_changes_nothing(service: Service) -> None:
    await service.take_in(service.acme, "plan.txt", b"Plan one.", collection="final")
    other = await service.take_in(service.acme, "plan.txt", b"Plan two.", collection="drafts")
    refused = await service.acme.patch(
        f"/api/v1/documents/{other['id']}", json={"collection": "final", "metadata": {"x": 1}}
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "name_taken")
    assert (await service.acme.get(f"/api/v1/documents/{other['id']}")).json() == other


@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": "x.txt"}, {"filename": ""}, {"filename": "a/b.txt"}, {"filename": "a\\b.txt"}, {"filename": ".."},
        {"filename": "\u200b"}, {"filename": "x" * 256}, {"collection": ""}, {"metadata": {"x": []}},
    ],
)  # fmt: skip
async def test_bad_changes_are_refused(service: Service, body: dict[str, Any]) -> None:
    made = await service.take_in(service.acme, "plan.txt", b"Plan one.")
    response = await service.acme.patch(f"/api/v1/documents/{made['id']}", json=body)
    assert response.status_code in {400, 422}
    assert (await service.acme.get(f"/api/v1/documents/{made['id']}")).json() == made


async def test_only_the_own_documents_can_be_changed(service: Service) -> None:
    made = await service.take_in(service.acme, "plan.txt", b"Plan one.")
    for client, document_id in ((service.other, made["id"]), (service.acme, "doc_none")):
        path = f"/api/v1/documents/{document_id}"
        assert (await client.patch(path, json={"filename": "b.txt"})).status_code == 404
        assert (await client.post(f"{path}/reparse")).status_code == 404
    assert (await service.other.post("/api/v1/collections/default/reparse")).status_code == 404


async def test_document_that_moves_to_other_chunk_settings_is_split_again(service: Service) -> None:
    text = " ".join(f"Buoy {number} blinks every {number} seconds." for number in range(40)).encode()
    await service.acme.put("/api/v1/collections/fine", json={"chunk_tokens": 40, "chunk_overlap_tokens": 0})
    made = await service.take_in(service.acme, "buoys.txt", text, collection="coarse")
    moved = (await service.acme.patch(f"/api/v1/documents/{made['id']}", json={"collection": "fine"})).json()
    assert (moved["status"], moved["version"]) == ("ready", 1)
    assert await found(service, "buoy blinks", collections=["fine"])
    for _ in range(600):
        now = (await service.acme.get(f"/api/v1/documents/{made['id']}")).json()
        if now["chunks"] > made["chunks"]:
            break
        await asyncio.sleep(0.02)
    assert now["chunks"] > made["chunks"]
    assert (await service.acme.get("/api/v1/collections/fine")).json()["outdated"] == 0


async def test_name_in_two_normal_forms_is_one_document(service: Service) -> None:
    composed, decomposed = "acta_reuni\u00f3n.txt", "acta_reunio\u0301n.txt"
    first = await service.take_in(service.acme, composed, b"Acta de mayo: 12 votos.")
    second = await service.take_in(service.acme, decomposed, b"Acta de junio: 15 votos.")
    assert (second["id"], second["version"], second["filename"]) == (first["id"], 2, composed)
    assert set(await listed(service, "default")) == {composed}
    assert await content(service, second) == "Acta de junio: 15 votos."
    renamed = await service.acme.patch(f"/api/v1/documents/{first['id']}", json={"filename": decomposed})
    assert renamed.json()["filename"] == composed
