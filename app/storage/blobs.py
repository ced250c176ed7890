"""Uploaded files on disk, under server-made names: written whole or not at all, unlinked after the commit."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from app.atomic_files import fsync_file, fsync_folder
from app.errors import NotFound, PayloadTooLarge
from app.storage.sql.tables import DatasetRow, DocumentVersionRow
from app.storage.sqlite.database import Database, translate_faults

ORPHAN_AGE_S = 3600.0  # a file without a row may be an upload under way


@dataclass(frozen=True, slots=True)
class StagedBlob:
    name: str
    sha256: str
    size_bytes: int


class BlobWriter:
    """Takes a file piece by piece: `write`, then `commit` or `abort`."""

    def __init__(self, blobs: Blobs, max_bytes: int) -> None:
        self._blobs = blobs
        self._max_bytes = max_bytes
        self._name = secrets.token_hex(16)
        self._path = blobs.path(self._name)
        self._hash = hashlib.sha256()
        self._size = 0
        with translate_faults():
            self._new_folder = not self._path.parent.is_dir()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("xb")

    def write(self, piece: bytes) -> None:
        """Raises PayloadTooLarge past the cap, StorageFull if the disk is full; nothing stays behind."""
        self._size += len(piece)
        try:
            if self._size > self._max_bytes:
                raise PayloadTooLarge(
                    f"The file is larger than {self._max_bytes:,} bytes; split it or ask the operator to raise "
                    "LORACLE_MAX_UPLOAD_BYTES.",
                    param="file",
                )
            with translate_faults():
                self._file.write(piece)
        except BaseException:
            self.abort()
            raise
        self._hash.update(piece)

    def commit(self) -> StagedBlob:
        """Make it durable: the file, then its folder, and what that lies in if it is new."""
        try:
            with translate_faults(), self._file as file:
                file.flush()
                fsync_file(self._path)
            fsync_folder(self._path.parent)
            if self._new_folder:
                fsync_folder(self._path.parent.parent)
        except BaseException:
            self.abort()
            raise
        return StagedBlob(self._name, self._hash.hexdigest(), self._size)

    def abort(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


class Blobs:
    """The blob folder, two levels deep by the name's first characters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def writer(self, max_bytes: int) -> BlobWriter:
        return BlobWriter(self, max_bytes)

    def path(self, name: str) -> Path:
        """Where a blob lies. `name` is server-made: hexadecimal, never from a caller."""
        if not name.isalnum():
            raise ValueError(f"not a blob name: {name!r}")
        return self._folder / name[:2] / name

    def open(self, name: str) -> BinaryIO:
        try:
            return self.path(name).open("rb")
        except FileNotFoundError:
            raise NotFound("The stored file is gone; upload the document again.") from None

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def sweep(self, referenced: Collection[str], older_than_s: float = ORPHAN_AGE_S) -> int:
        """Delete files that no row refers to and that are old enough to be no upload under way."""
        newest = time.time() - older_than_s
        orphans = [
            path for path in self._folder.glob("??/*") if path.name not in referenced and path.stat().st_mtime < newest
        ]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)


def sweep_orphans(db: Database, blobs: Blobs) -> int:
    """Delete the files that a crash left between writing an upload and recording it. Returns how many."""
    with db.read() as session:
        referenced = {*session.scalars(select(DocumentVersionRow.blob)), *session.scalars(select(DatasetRow.blob))}
    return blobs.sweep(referenced)
