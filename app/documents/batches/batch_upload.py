"""Many files in one upload: each is staged, then taken as a document or refused with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from app.documents.batches.unpack import members
from app.documents.parsing.media_types import ZIP, detect_media_type
from app.domain.documents import Batch, RefusedFile
from app.errors import AppError, DocumentFailure, InvalidRequest, StorageFull, Unavailable
from app.storage.blobs import Blobs, StagedBlob
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database

MOST_FILES = 1000  # of one upload, members of archives counted
FILES_PER_TRANSACTION = 50  # others write between two of them
LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    file_bytes: int
    files: int = MOST_FILES
    unpacked_bytes: int = 256 * 2**20  # of an archive


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it arrives; its name may be a path below the folder it came from."""

    name: str
    pieces: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class _Staged:
    name: str
    blob: StagedBlob
    media_type: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes in uploads of many files for one tenant after the other. Thread-safe; blocks on the disk."""

    db: Database
    blobs: Blobs
    limits: IntakeLimits

    def take(
        self, tenant_id: str, files: Iterable[Incoming], *, collection: str, metadata: dict[str, Any], unpack: bool
    ) -> Batch:
        """Record every file that can be read, in the order they came; a fault of one file leaves the others alone.

        With `unpack` a ZIP archive is taken as the documents in it. Raises StorageFull or Unavailable if nothing
        could be recorded; after a part was, what is left over is refused with that reason.
        """
        upload = _Upload(self, tenant_id, collection, metadata)
        for file in files:
            upload.add(file, unpack=unpack)
        return upload.close()


class _Upload:
    """One upload under way: what is staged is recorded a few dozen files at a time."""

    def __init__(self, intake: Intake, tenant_id: str, collection: str, metadata: dict[str, Any]) -> None:
        self._intake = intake
        self._tenant_id = tenant_id
        self._collection = collection
        self._metadata = metadata
        self._batch_id = ""
        self._files = 0
        self._staged: list[_Staged] = []
        self._refused: list[RefusedFile] = []
        self._broken: AppError | None = None  # the storage's fault, after which nothing more is taken

    def add(self, file: Incoming, *, unpack: bool) -> None:
        try:
            self._stage(file, unpack=unpack)
        except (StorageFull, Unavailable) as fault:
            self._give_up(fault)
            self._refuse(file.name, fault)
        except (AppError, DocumentFailure) as fault:
            self._refuse(file.name, fault)

    def close(self) -> Batch:
        """Record the rest; the batch with all that came."""
        self._record()
        with self._intake.db.write_tenant(self._tenant_id) as store:
            self._batch_id = self._batch_id or store.batches.create(self._collection)
            store.batches.add(self._batch_id, (), self._refused)
            return store.batches.get(self._batch_id)

    def _stage(self, file: Incoming, *, unpack: bool) -> None:
        name = checked_path(file.name)
        self._count()
        blob = self._written(file.pieces)
        kept = False
        try:
            media_type = detect_media_type(self._intake.blobs.path(blob.name), name)
            if media_type == ZIP and unpack:
                self._unpack(name, blob)
            else:
                self._staged.append(_Staged(name, blob, media_type))
                kept = True
        finally:
            if not kept:
                self._intake.blobs.delete(blob.name)
        if len(self._staged) >= FILES_PER_TRANSACTION:
            self._record()

    def _unpack(self, name: str, blob: StagedBlob) -> None:
        limits = self._intake.limits
        archive = self._intake.blobs.path(blob.name)
        self._files -= 1  # the archive itself is no document
        for member in members(archive, most=limits.files - self._files, most_bytes=limits.unpacked_bytes):
            inner = Incoming(f"{PurePosixPath(name).with_suffix('')}/{member.name}", member.pieces)
            self.add(inner, unpack=False)

    def _count(self) -> None:
        self._files += 1
        if self._files > self._intake.limits.files:
            raise InvalidRequest(
                f"One upload takes {self._intake.limits.files:,} files; send the others in another one.",
                code="too_many_files",
            )

    def _written(self, pieces: Iterable[bytes]) -> StagedBlob:
        if self._broken is not None:
            raise self._broken
        writer = self._intake.blobs.writer(self._intake.limits.file_bytes)
        try:
            for piece in pieces:
                writer.write(piece)
        except BaseException:
            writer.abort()
            raise
        blob = writer.commit()
        if not blob.size_bytes:
            self._intake.blobs.delete(blob.name)
            raise InvalidRequest("The file is empty.", code="empty_document")
        return blob

    def _refuse(self, name: str, why: AppError | DocumentFailure) -> None:
        self._refused.append(RefusedFile(_printable(name)[:LONGEST_NAME] or "unnamed", why.code, why.message))

    def _record(self) -> None:
        """All that is staged, in one transaction; on a fault of the storage it is refused."""
        staged, self._staged = self._staged, []
        if not staged:
            return
        try:
            with self._intake.db.write_tenant(self._tenant_id) as store:
                batch_id = self._batch_id or store.batches.create(self._collection)
                outcomes = [self._upload(store, one) for one in staged]
                store.batches.add(batch_id, [version_id for version_id, _ in outcomes])
        except (StorageFull, Unavailable) as fault:
            for one in staged:
                self._intake.blobs.delete(one.blob.name)
                self._refuse(one.name, fault)
            self._give_up(fault)
            return
        self._batch_id = batch_id
        for one, (_, created) in zip(staged, outcomes, strict=True):
            if not created:
                self._intake.blobs.delete(one.blob.name)

    def _upload(self, store: TenantStore, one: _Staged) -> tuple[int, bool]:
        document, created = store.documents.upload(
            collection=self._collection,
            filename=one.name,
            metadata=self._metadata,
            sha256=one.blob.sha256,
            size_bytes=one.blob.size_bytes,
            media_type=one.media_type,
            blob=one.blob.name,
        )
        return document.latest.id, created

    def _give_up(self, fault: AppError) -> None:
        """Raises `fault` if nothing is recorded yet: then the whole upload may be sent again."""
        if not self._batch_id:
            for one in self._staged:
                self._intake.blobs.delete(one.blob.name)
            raise fault
        self._broken = fault


def checked_path(declared: str) -> str:
    """A name with its folders, as a label: no path is ever made of it. Raises InvalidRequest."""
    parts = [part.strip() for part in declared.replace("\\", "/").split("/")]
    name = "/".join(_printable(part) for part in parts if part not in {"", "."})
    try:
        name.encode()
    except UnicodeEncodeError:
        name = ""
    if not name or ".." in parts or len(name) > LONGEST_NAME:
        raise InvalidRequest(f"A file needs a name of at most {LONGEST_NAME} characters, without `..`.", param="files")
    return name


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable()).encode("utf-8", "replace").decode()


def pieces_of(file: Any, size: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of an open file, piece by piece."""
    while piece := file.read(size):
        yield piece
