"""Documents say what is missing of them, and are read again: on request, or because their parser changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.documents.ingestion import pipeline
from app.documents.parsing import parser_versions
from app.documents.parsing.document_builder import Block, ParsedDocument
from app.domain.documents import DocumentWarning
from app.errors import DocumentFailure
from tests.support.service import Service

UNREAD = DocumentWarning("pages_not_read", "Page 2 is a picture whose text is not read.")


class Reader:
    """Stands in for the parsers: a file named `scan` has a second page, which is read once `recognises` is true."""

    def __init__(self) -> None:
        self.recognises = False
        self.fault: DocumentFailure | None = None
        self.read: list[str] = []  # first word of each file

    def __call__(self, path: Path, media_type: str, _limits: Any, _on_pages: Any) -> ParsedDocument:
        text = path.read_text()
        self.read.append(text.partition(" ")[0])
        if self.fault is not None:
            raise self.fault
        warnings: tuple[DocumentWarning, ...] = ()
        if text.startswith("Scan"):
            text += " The lock opens at dawn." if self.recognises else ""
            warnings = () if self.recognises else (UNREAD,)
        return ParsedDocument(text, (Block("paragraph", 0, len(text)),), (), media_type, "", warnings)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(pipeline, "parse_sandboxed", made)
    return made


async def content(service: Service, document_id: str) -> str:
    return (await service.acme.get(f"/api/v1/documents/{document_id}/content")).json()["text"]


async def settled(service: Service, collection: str = "default") -> None:
    """Wait until no document is on its way or outdated."""
    for _ in range(600):
        with service.runtime.storage.db.read_tenant(service.acme_id) as store:
            busy = store.jobs.unfinished(["ingest", "reindex", "reembed"])
            if not busy and not service.runtime.reindexing.count_outdated(store, collection):
                return
        await asyncio.sleep(0.02)
    raise AssertionError("documents are still on their way")


async def test_document_and_batch_say_what_is_missing(service: Service, reader: Reader) -> None:
    document = await service.take_in(service.acme, "scan.txt", b"Scan of the lock.")
    assert document["status"] == "ready"
    assert document["warnings"] == [{"code": UNREAD.code, "message": UNREAD.message}]
    listed = (await service.acme.get("/api/v1/documents")).json()["data"]
    assert listed[0]["warnings"] == document["warnings"]
    files = [("files", ("scan2.txt", b"Scan of the weir.")), ("files", ("b.txt", b"Barges wait."))]
    batch = (await service.acme.post("/api/v1/batches", files=files)).json()
    events = (await service.acme.get(f"/api/v1/batches/{batch['id']}/events")).text
    assert '"warned": 1' in events.rpartition("event: done")[2]


async def test_document_is_read_again_on_request_and_answers_meanwhile(service: Service, reader: Reader) -> None:
    before = await service.take_in(service.acme, "scan.txt", b"Scan of the lock.", metadata='{"river": "Aln"}')
    reader.recognises = True
    again = await service.acme.post(f"/api/v1/documents/{before['id']}/reparse")
    assert (again.status_code, again.json()["id"], again.json()["live_version"]) == (202, before["id"], 1)
    assert again.json()["job_id"] != before["job_id"]
    found = (await service.acme.post("/api/v1/search", json={"query": "scan lock"})).json()["data"]
    assert [hit["filename"] for hit in found] == ["scan.txt"]
    after = await service.ready(service.acme, before["id"])
    same = ("filename", "collection", "metadata", "sha256", "media_type", "created_at")
    assert {field: after[field] for field in same} == {field: before[field] for field in same}
    assert (after["status"], after["version"], after["live_version"], after["warnings"]) == ("ready", 2, 2, [])
    assert after["ready_at"] > before["ready_at"]
    assert await content(service, before["id"]) == "Scan of the lock. The lock opens at dawn."
    former = await service.acme.get(f"/api/v1/documents/{before['id']}/content", params={"version": 1})
    assert former.json()["text"] == "Scan of the lock."  # what was cited from it still stands there
    assert sum(path.is_file() for path in service.runtime.storage.blobs._folder.rglob("*")) == 1


async def test_reading_again_that_fails_leaves_the_old_text(service: Service, reader: Reader) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Barges wait.")
    reader.fault = DocumentFailure("parser_failed", "It is damaged.")
    await service.acme.post(f"/api/v1/documents/{document['id']}/reparse")
    failed = await service.ready(service.acme, document["id"])
    assert (failed["status"], failed["live_version"]) == ("failed", 1)
    assert await content(service, document["id"]) == "Barges wait."
    reader.fault = None
    await service.acme.post(f"/api/v1/documents/{document['id']}/reparse")
    assert (await service.ready(service.acme, document["id"]))["live_version"] == 3


async def test_document_on_its_way_is_not_read_twice(service: Service, reader: Reader) -> None:
    with service.runtime.storage.db.write() as session:
        pipeline.JobQueue(session).pause()
    document = (await service.upload(service.acme, "a.txt", b"Barges wait.")).json()
    assert (await service.acme.post(f"/api/v1/documents/{document['id']}/reparse")).status_code == 409
    assert (await service.acme.post("/api/v1/collections/default/reparse")).json()["documents"] == 0


async def test_collection_is_read_again(service: Service, reader: Reader) -> None:
    scan = await service.take_in(service.acme, "scan.txt", b"Scan of the lock.", collection="locks")
    plain = await service.take_in(service.acme, "plain.txt", b"Barges wait.", collection="locks")
    elsewhere = await service.take_in(service.acme, "other.txt", b"Sluices leak.")
    reader.recognises = True
    answer = await service.acme.post("/api/v1/collections/locks/reparse")
    assert (answer.status_code, answer.json()["documents"]) == (202, 2)
    after = [await service.ready(service.acme, one["id"]) for one in (scan, plain)]
    assert [(one["status"], one["live_version"]) for one in after] == [("ready", 2)] * 2
    assert "opens at dawn" in await content(service, scan["id"])
    assert await content(service, plain["id"]) == "Barges wait."
    assert (await service.acme.get(f"/api/v1/documents/{elsewhere['id']}")).json() == elsewhere
    assert (await service.acme.post("/api/v1/collections/none/reparse")).status_code == 404


async def test_equal_bytes_with_warnings_are_read_anew(service: Service, reader: Reader) -> None:
    await service.take_in(service.acme, "scan.txt", b"Scan of the lock.")
    reader.recognises = True
    second = await service.take_in(service.acme, "copy.txt", b"Scan of the lock.")
    assert second["warnings"] == []
    assert "opens at dawn" in await content(service, second["id"])


async def test_equal_bytes_are_read_once(service: Service, reader: Reader) -> None:
    await service.take_in(service.acme, "a.txt", b"Barges wait.")
    copy = await service.take_in(service.acme, "b.txt", b"Barges wait.")
    assert await content(service, copy["id"]) == "Barges wait."
    assert reader.read == ["Barges"]


async def test_documents_of_another_parser_are_read_again_by_themselves(
    service: Service, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = await service.take_in(service.acme, "scan.txt", b"Scan of the lock.")
    table = await service.take_in(service.acme, "table.csv", b"Gate,Width\n1,4\n")
    service.runtime.reindexing.run_all()
    await settled(service)
    assert len(reader.read) == 2  # the parsers are the same: nothing is outdated
    reader.recognises = True
    monkeypatch.setitem(parser_versions.MODULES, "text", 7)
    assert (await service.acme.get("/api/v1/collections/default")).json()["outdated"] == 1
    service.runtime.reindexing.run_all()
    await settled(service)
    assert reader.read == ["Scan", table_word(reader), "Scan"]
    assert "opens at dawn" in await content(service, scan["id"])
    now = (await service.acme.get(f"/api/v1/documents/{scan['id']}")).json()
    assert (now["warnings"], now["version"], now["ready_at"]) == ([], 1, scan["ready_at"])
    assert (await service.acme.get(f"/api/v1/documents/{table['id']}")).json() == table


def table_word(reader: Reader) -> str:
    return next(word for word in reader.read if word.startswith("Gate"))


async def test_document_that_its_parser_cannot_read_again_is_left_as_it_is(
    service: Service, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Barges wait.")
    monkeypatch.setattr(parser_versions, "SHARED", 99)
    reader.fault = DocumentFailure("parser_failed", "It is damaged.")
    for _ in range(2):
        service.runtime.reindexing.run_all()
        for _ in range(100):
            with service.runtime.storage.db.read_tenant(service.acme_id) as store:
                if not store.jobs.unfinished(["reindex"]):
                    break
            await asyncio.sleep(0.02)
    assert len(reader.read) == 2  # tried once, not at every start
    assert (await service.acme.get(f"/api/v1/documents/{document['id']}")).json() == document
    assert await content(service, document["id"]) == "Barges wait."


async def test_media_type_is_detected_anew(service: Service, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Barges wait.")
    monkeypatch.setattr(pipeline, "detect_media_type", lambda _path, _name: "text/markdown")
    await service.acme.post(f"/api/v1/documents/{document['id']}/reparse")
    assert (await service.ready(service.acme, document["id"]))["media_type"] == "text/markdown"


async def test_key_that_may_only_read_changes_nothing(service: Service, reader: Reader) -> None:
    document = await service.take_in(service.acme, "a.txt", b"Barges wait.")
    path = f"/api/v1/documents/{document['id']}"
    with service.runtime.storage.db.write() as session:
        from app.storage.sql.repositories.keys import Keys

        key = Keys(session).create(service.acme_id, "reader", ["read"])[1]
    headers = {"Authorization": f"Bearer {key}"}
    for answer in (
        await service.nobody.patch(path, json={"filename": "b.txt"}, headers=headers),
        await service.nobody.post(f"{path}/reparse", headers=headers),
        await service.nobody.post("/api/v1/collections/default/reparse", headers=headers),
    ):
        assert answer.status_code == 403
