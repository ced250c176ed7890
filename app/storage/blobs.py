"""Uploaded files on disk, under names that the server makes.

A file is written completely or not at all, and is unlinked only after the commit that deletes its row.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.atomic_files import fsync_file, fsync_folder
from app.errors import NotFound, PayloadTooLarge
from app.storage.database import Database
from app.storage.faults import translate_faults
from app.storage.sql.blob_use import used_blobs

ORPHAN_AGE_S = 3600.0  # a newer file without a row may be an upload in progress


@dataclass(frozen=True, slots=True)
class StagedBlob:
    name: str
    sha256: str
    size_bytes: int


class BlobWriter:
    """Writes a file piece by piece: call `write`, then `commit` or `abort`."""

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
        """Raises PayloadTooLarge above the limit and StorageFull if the disk is full; the file is removed then."""
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
        """Sync the file, its folder and, if that folder is new, the folder above it."""
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
    """The blob folder. Files lie in subfolders named by the first two characters of their names.

    `derived` is a folder of the same form, which has a folder for each file from which something was computed: it is
    deleted with the file.
    """

    def __init__(self, folder: Path, derived: Path | None = None) -> None:
        self._folder = folder
        self._derived = derived

    def writer(self, max_bytes: int) -> BlobWriter:
        return BlobWriter(self, max_bytes)

    def path(self, name: str) -> Path:
        """The path of a blob. The server makes every `name`: hexadecimal, never from a caller."""
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
        if self._derived is not None:
            shutil.rmtree(self._derived / name[:2] / name, ignore_errors=True)

    def sweep(self, referenced: Collection[str], older_than_s: float = ORPHAN_AGE_S) -> int:
        """Delete files that no row refers to, unless they are so new that their upload may be in progress."""
        newest = time.time() - older_than_s
        orphans = [
            path for path in self._folder.glob("??/*") if path.name not in referenced and path.stat().st_mtime < newest
        ]
        for path in orphans:
            self.delete(path.name)
        for folder in self._derived.glob("??/*") if self._derived is not None else ():
            if not self.path(folder.name).is_file():
                shutil.rmtree(folder, ignore_errors=True)
        return len(orphans)


def sweep_orphans(db: Database, blobs: Blobs) -> int:
    """Delete the files of uploads that a crash interrupted before they were recorded. Returns their number."""
    with db.read() as session:
        referenced = used_blobs(session)
    return blobs.sweep(referenced)
