"""Uploads by the document and batch services: what is recorded, and that nothing else stays on disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.documents import uploads as uploading
from app.documents.batches.batch_upload import FILES_PER_TRANSACTION, BatchLimits
from app.documents.batches.service import BatchService
from app.documents.incoming_files import IncomingFile
from app.documents.service import DocumentService
from app.documents.uploads import UploadService
from app.domain.documents import Batch
from app.errors import InvalidRequest, PayloadTooLarge, StorageFull, UnsupportedMedia
from app.storage.blobs.local import LocalBlobs
from app.storage.database import Database

MAX_BYTES = 1000


class Uploads:
    """All services over one folder of blobs."""

    def __init__(self, db: Database, folder: Path, tenant_id: str) -> None:
        self.folder = folder
        self.tenant_id = tenant_id
        blobs = LocalBlobs(folder)
        self.documents = DocumentService(db, blobs)
        self.uploads = UploadService(db, blobs, max_bytes=MAX_BYTES, url_timeout_s=None)
        self.batches = BatchService(db, self.uploads, BatchLimits())

    def upload(self, name: str, content: bytes) -> uploading.Uploaded:
        return self.uploads.upload(self.tenant_id, IncomingFile(name, [content]), "default", {})

    def upload_batch(self, contents: Sequence[bytes]) -> Batch:
        files = [IncomingFile(f"{number}.txt", [content]) for number, content in enumerate(contents)]
        return self.batches.upload(self.tenant_id, files, collection="c", metadata={}, unpack=True)

    def content(self, document_id: str) -> bytes:
        file = self.documents.original_file(self.tenant_id, document_id).file
        assert file is not None
        with file as path:
            return path.read_bytes()

    def blobs(self) -> int:
        return len([path for path in self.folder.rglob("*") if path.is_file()])


@pytest.fixture
def uploads(db: Database, tmp_path: Path, tenant_id: str) -> Uploads:
    return Uploads(db, tmp_path / "blobs", tenant_id)


def test_same_bytes_under_the_same_name_are_the_same_document_and_one_file(uploads: Uploads) -> None:
    first, again = (
        uploads.upload("a/rules.txt", b"Lunch is at noon."),
        uploads.upload("rules.txt", b"Lunch is at noon."),
    )
    assert (first.created, again.created) == (True, False)
    assert again.document == first.document
    assert first.document.filename == "rules.txt"
    assert uploads.blobs() == 1


def test_same_bytes_under_two_names_are_two_documents_and_one_file_while_one_of_them_is_there(uploads: Uploads) -> None:
    first, second = uploads.upload("rules.txt", b"Lunch is at noon."), uploads.upload("b.txt", b"Lunch is at noon.")
    assert (first.created, second.created) == (True, True)
    assert second.document.filename == "b.txt"
    assert first.document.id != second.document.id
    assert uploads.blobs() == 1
    uploads.documents.delete(uploads.tenant_id, first.document.id)
    assert uploads.blobs() == 1
    uploads.documents.delete(uploads.tenant_id, second.document.id)
    assert uploads.blobs() == 0


def test_file_that_is_gone_from_the_disk_is_not_shared(uploads: Uploads) -> None:
    uploads.upload("a.txt", b"Lunch is at noon.")
    for path in uploads.folder.rglob("*"):
        if path.is_file():
            path.unlink()
    again = uploads.upload("b.txt", b"Lunch is at noon.")
    assert uploads.blobs() == 1
    assert uploads.content(again.document.id) == b"Lunch is at noon."


def test_long_names_are_cut_and_stay_apart(uploads: Uploads) -> None:
    first, second = (uploads.upload(f"{'x' * 1000}{number}.txt", b"One.") for number in range(2))
    assert first.document.id != second.document.id
    assert {len(one.document.filename) for one in (first, second)} == {255}
    assert first.document.filename.endswith(".txt")


@pytest.mark.parametrize("folder", ["", "S\u00e3o/"])
def test_composed_and_decomposed_names_are_one_name(uploads: Uploads, folder: str) -> None:
    name = f"{folder}cami\u00e3o.txt"
    for content in (b"One.", b"Two."):
        files = [IncomingFile(unicodedata.normalize("NFD" if content == b"Two." else "NFC", name), [content])]
        uploads.batches.upload(uploads.tenant_id, files, collection="c", metadata={}, unpack=True)
    listed = uploads.documents.list(uploads.tenant_id, limit=10).data
    assert [(one.filename, one.latest.version) for one in listed] == [(name, 2)]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", b"", InvalidRequest),
        ("..", b"text", InvalidRequest),
        ("a.bin", bytes(range(256)), UnsupportedMedia),
        ("a.txt", b"x" * (MAX_BYTES + 1), PayloadTooLarge),
    ],
)
def test_file_that_is_refused_leaves_nothing_on_disk(
    uploads: Uploads, name: str, content: bytes, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        uploads.upload(name, content)
    assert uploads.blobs() == 0


def test_type_of_a_file_is_detected_once(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    detected: list[str] = []
    detect = uploading.detect_media_type

    def counted(path: Path, filename: str) -> str:
        detected.append(filename)
        return detect(path, filename)

    monkeypatch.setattr(uploading, "detect_media_type", counted)
    uploads.upload("a.txt", b"One.")
    uploads.upload_batch([b"Two."])
    assert detected == ["a.txt", "0.txt"]


def full_after(calls: int) -> Callable[..., Any]:
    """A `record` that raises StorageFull at the end of each transaction after that many calls."""
    record, called = UploadService.record, 0

    def limited(service: UploadService, *given: Any, on_record: Callable[..., None], **named: Any) -> Any:
        nonlocal called
        called += 1
        if called <= calls:
            return record(service, *given, on_record=on_record, **named)

        def full(*recorded: Any) -> None:
            on_record(*recorded)
            raise StorageFull("The disk is full.")

        return record(service, *given, on_record=full)

    return limited


def test_batch_of_which_nothing_is_recorded_fails_as_a_whole(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UploadService, "record", full_after(0))
    with pytest.raises(StorageFull):
        uploads.upload_batch([b"One.", b"Two."])
    assert uploads.blobs() == 0
    assert uploads.documents.list(uploads.tenant_id, limit=10).data == []


def test_batch_that_is_recorded_in_part_refuses_the_rest(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UploadService, "record", full_after(1))
    batch = uploads.upload_batch([f"Number {number}.".encode() for number in range(2 * FILES_PER_TRANSACTION + 1)])
    assert sum(batch.counts.values()) == FILES_PER_TRANSACTION
    assert [one.filename for one in batch.refused] == [
        f"{number}.txt" for number in range(FILES_PER_TRANSACTION, 2 * FILES_PER_TRANSACTION + 1)
    ]
    assert {one.code for one in batch.refused} == {"storage_full"}
    assert uploads.blobs() == FILES_PER_TRANSACTION
