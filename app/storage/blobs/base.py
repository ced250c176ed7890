"""What every store of files offers: `BlobStore`, the files it hands out, and the writer of a new one.

A file is stored completely or not at all, under a name that the server makes, and is deleted only after the commit that
deletes its row. Its bytes never change.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.errors import NotFound, PayloadTooLarge
from app.storage.faults import translate_faults

ORPHAN_AGE_S = 3600.0  # a newer file without a row may be an upload in progress


@dataclass(frozen=True, slots=True)
class StagedBlob:
    """A file that is durable and that no row refers to yet."""

    name: str
    sha256: str
    size_bytes: int


class HeldFile:
    """A stored file at a local path, which stays there until `close`. A context manager that gives the path."""

    def __init__(self, path: Path, handle: BinaryIO | None = None) -> None:
        """`handle` keeps the file from being removed while it is open."""
        self.path = path
        self._handle = handle

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()


class BlobWriter:
    """Writes a file piece by piece: call `write`, then `commit` or `abort`."""

    def __init__(self, path: Path, name: str, max_bytes: int, store: Callable[[Path, StagedBlob], None]) -> None:
        """`store` makes the written file at `path` durable under its name."""
        self._path = path
        self._name = name
        self._max_bytes = max_bytes
        self._store = store
        self._hash = hashlib.sha256()
        self._size = 0
        with translate_faults():
            self._file = path.open("xb")

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
        """Make the file durable. Raises StorageFull, and Unavailable if the store does not take it."""
        staged = StagedBlob(self._name, self._hash.hexdigest(), self._size)
        try:
            with translate_faults():
                self._file.close()
                self._store(self._path, staged)
        except BaseException:
            self.abort()
            raise
        return staged

    def abort(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


class BlobStore(Protocol):
    """Stores files. Thread-safe; several processes may share one. Every method but `writer` blocks.

    Every method raises Unavailable if the store does not answer; `delete` only logs it, and the next sweep deletes.
    """

    def writer(self, max_bytes: int) -> BlobWriter:
        """Begin a file of at most `max_bytes`."""

    def hold(self, name: str) -> HeldFile:
        """The whole file, checked, at a local path. Raises NotFound if it is gone or no longer what was stored."""

    def exists(self, name: str) -> bool:
        """Whether the store has the file."""

    def delete(self, name: str) -> None:
        """Delete a file, if it is there, with what was derived from it on this machine."""

    def sweep(self, referenced: Collection[str], older_than_s: float = ORPHAN_AGE_S) -> int:
        """Delete files that no row refers to, unless they are so new that their upload may be in progress.

        Returns their number.
        """

    def download_url(self, name: str, filename: str) -> str | None:
        """A URL from which a browser saves the file as `filename` for a few minutes; None: there are none here."""


def open_blob(blobs: BlobStore, name: str) -> BinaryIO:
    """A stored file, open for reading at any place. Raises as `hold` does."""
    with blobs.hold(name) as path:
        return path.open("rb")


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_name() -> str:
    return secrets.token_hex(16)


def checked_name(name: str) -> str:
    """Raises NotFound for "", which stands for a file that was not kept.

    ValueError if the server did not make the name: it is hexadecimal, and never comes from a caller.
    """
    if not name:
        raise file_gone()
    if not name.isalnum():
        raise ValueError(f"not a blob name: {name!r}")
    return name


def file_gone() -> NotFound:
    return NotFound("The stored file is gone; upload it again.", code="stored_file_gone")


def file_damaged() -> NotFound:
    return NotFound("The stored file is damaged; upload it again.", code="stored_file_damaged")
