"""One upload of many files: each file becomes a document, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from app.documents.batches.zip_archive import ZIP_SIGNATURE, read_members
from app.documents.incoming_files import IncomingFile, StagedFile, Uploaded
from app.documents.parsing.media_types import ZIP
from app.documents.uploads import UploadService
from app.domain.documents import RefusedFile
from app.domain.visibility import EVERYBODY, Access
from app.errors import (
    AppError,
    Conflict,
    DocumentFailure,
    InvalidRequest,
    QuotaExceeded,
    RateLimited,
    StorageFull,
    Unavailable,
)
from app.metering.meter import take_upload
from app.metering.upload_room import UploadRoom
from app.storage.sql.tenant_store import TenantStore
from app.text.normal_form import normal_name

MAX_FILES = 1000  # of one upload, members of archives included
FILES_PER_TRANSACTION = 50  # other writers get their turn between two transactions
MAX_NAME_CHARS = 500


@dataclass(frozen=True, slots=True)
class BatchLimits:
    files: int = MAX_FILES
    unpacked_bytes: int = 256 * 2**20  # of one archive


class BatchUpload:
    """One upload in progress. Stages each file at once and records FILES_PER_TRANSACTION staged files at a time."""

    def __init__(
        self,
        uploads: UploadService,
        limits: BatchLimits,
        tenant_id: str,
        collection: str,
        metadata: dict[str, Any],
        access: Access | None = None,
    ) -> None:
        self.batch_id: str | None = None  # None until a transaction with files is committed
        self.refused: list[RefusedFile] = []
        self._batch_id: str | None = None  # of the last transaction, committed or not
        self._uploads = uploads
        self._limits = limits
        self._tenant_id = tenant_id
        self._collection = collection
        self._metadata = metadata
        self._access = access
        self._files = 0
        self._staged: list[StagedFile] = []
        self._storage_fault: AppError | None = None  # refuses all files after it

    def add(self, file: IncomingFile, *, unpack: bool) -> None:
        """Stage a file or refuse it; with `unpack`, stage the members of a ZIP archive instead.

        Raises StorageFull or Unavailable if no file is recorded yet: then the whole upload may be sent again.
        """
        try:
            self._stage(file, unpack=unpack)
        except (StorageFull, Unavailable) as fault:
            self._stop_after(fault)
            self._refuse(file.name, fault)
        except (AppError, DocumentFailure) as fault:
            self._refuse(file.name, fault)

    def record(self) -> None:
        """Record all staged files in one transaction, or refuse them if the storage fails. Raises as `add`."""
        staged, self._staged = self._without_taken(self._staged), []
        if not staged:
            return
        try:
            self._uploads.record(
                self._tenant_id,
                staged,
                self._collection,
                self._metadata,
                self._access,
                on_record=self._add_to_batch,
                refuse=lambda file, fault: self._refuse(file.filename, fault),
            )
        except (StorageFull, Unavailable) as fault:
            for file in staged:
                self._refuse(file.filename, fault)
            self._stop_after(fault)
            return
        self.batch_id = self._batch_id

    def _without_taken(self, files: Sequence[StagedFile]) -> list[StagedFile]:
        """Refuse the files whose names documents have which the caller does not see."""
        taken = self._uploads.hidden_names(self._tenant_id, self._collection, [file.filename for file in files])
        refused = [file for file in files if file.filename in taken]
        for file in refused:
            self._refuse(
                file.filename, Conflict("The collection has another document of this name.", code="name_taken")
            )
        self._uploads.discard(refused)
        return [file for file in files if file.filename not in taken]

    def _add_to_batch(self, store: TenantStore, uploaded: Sequence[Uploaded]) -> None:
        self._batch_id = self.batch_id or store.batches.create(self._collection, self._access or EVERYBODY)
        store.batches.add(self._batch_id, [one.document.latest.id for one in uploaded])

    def _stage(self, file: IncomingFile, *, unpack: bool) -> None:
        name = checked_path(file.name)
        self._count_file()
        if self._storage_fault is not None:
            raise self._storage_fault
        room, pieces = self._uploads.room(self._tenant_id, self._collection, name), iter(file.pieces)
        first = next(pieces, b"")
        may_unpack = unpack and first.startswith(ZIP_SIGNATURE)  # an archive is not stored, its members are
        content = chain([first], pieces)
        staged = self._uploads.stage(name, content if may_unpack else room.counted(content))
        if staged.media_type == ZIP and unpack:
            self._stage_members(staged)
        else:
            self._take_in(staged, room)
        if len(self._staged) >= FILES_PER_TRANSACTION:
            self.record()

    def _take_in(self, staged: StagedFile, room: UploadRoom) -> None:
        """Raises QuotaExceeded and RateLimited."""
        try:
            room.check(staged.blob.size_bytes)
            take_upload()
        except (QuotaExceeded, RateLimited):
            self._uploads.discard([staged])
            raise
        self._staged.append(staged)

    def _stage_members(self, archive: StagedFile) -> None:
        self._files -= 1  # the archive itself is no document
        folder = PurePosixPath(archive.filename).with_suffix("")
        most = {"max_members": self._limits.files - self._files, "max_bytes": self._limits.unpacked_bytes}
        try:
            with self._uploads.hold(archive) as path:
                for member in read_members(path, **most):
                    self.add(IncomingFile(f"{folder}/{member.name}", member.pieces), unpack=False)
        finally:
            self._uploads.discard([archive])

    def _count_file(self) -> None:
        self._files += 1
        if self._files > self._limits.files:
            raise InvalidRequest(
                f"One upload takes {self._limits.files:,} files; send the others in another one.",
                code="too_many_files",
            )

    def _refuse(self, name: str, reason: AppError | DocumentFailure) -> None:
        filename = _printable(name)[:MAX_NAME_CHARS] or "unnamed"
        self.refused.append(RefusedFile(filename, reason.code, reason.message))

    def _stop_after(self, fault: AppError) -> None:
        """Refuse all further files. Raises `fault` if no file is recorded yet."""
        if self.batch_id is None:
            self._uploads.discard(self._staged)
            raise fault
        self._storage_fault = fault


def checked_path(declared: str) -> str:
    """A declared name with its folders, as a label: no path on disk comes from it. Raises InvalidRequest."""
    parts = [part.strip() for part in normal_name(declared).replace("\\", "/").split("/")]
    name = "/".join(part for part in parts if part not in {"", "."})
    if not name or ".." in parts or len(name) > MAX_NAME_CHARS:
        raise InvalidRequest(
            f"A file needs a name of at most {MAX_NAME_CHARS} characters, without `..`.", param="files"
        )
    return name


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable()).encode("utf-8", "replace").decode()
