"""The files that rows refer to, wherever they lie, by their paths in a data folder: for backups and for moving house."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from app.errors import NotFound
from app.storage.blobs.bucket import Bucket
from app.storage.database import Database
from app.storage.sql.blob_use import used_adapter_paths, used_blobs

BLOBS, ADAPTERS = "blobs", "adapters"


class FileSet(Protocol):
    """Paths are "blobs/ab/abcd" and "adapters/<owner>/<version>", which stands for the files in it.

    Every method raises Unavailable if the store does not answer.
    """

    def expand(self, path: str) -> list[str]:
        """The files of a path; the path itself if nothing is there."""

    def save(self, path: str, target: Path) -> bool:
        """Copy a file to a new path. False: it is gone. Raises NotFound if it is damaged, StorageFull."""

    def load(self, path: str, source: Path) -> None:
        """Store a copy of a file under its path."""

    def sha256(self, path: str) -> str | None:
        """The hash of a file; None if it is not there."""


class FolderFiles:
    """The files of a data folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def expand(self, path: str) -> list[str]:
        folder = self._root / path
        return [f"{path}/{file.name}" for file in sorted(folder.iterdir())] if folder.is_dir() else [path]

    def save(self, path: str, target: Path) -> bool:
        source = self._root / path
        if not source.resolve().is_relative_to(self._root.resolve()):
            return False
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            return False
        return True

    def load(self, path: str, source: Path) -> None:
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

    def sha256(self, path: str) -> str | None:
        file = self._root / path
        return file_sha256(file) if file.is_file() else None


class BucketFiles:
    """The files of S3-compatible storage."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def expand(self, path: str) -> list[str]:
        if path.startswith(f"{BLOBS}/"):
            return [path]
        return sorted(one.key for one in self._bucket.list(f"{path}/")) or [path]

    def save(self, path: str, target: Path) -> bool:
        key = _key(path)
        if self._bucket.sha256(key) is None:
            return False
        try:
            self._bucket.fetch(key, target)
        except NotFound:
            target.unlink(missing_ok=True)
            if self._bucket.sha256(key) is None:  # deleted meanwhile
                return False
            raise
        return True

    def load(self, path: str, source: Path) -> None:
        self._bucket.put(_key(path), source, file_sha256(source))

    def sha256(self, path: str) -> str | None:
        return self._bucket.sha256(_key(path))


def referenced_paths(db: Database) -> Iterator[str]:
    """The paths that the rows of a database refer to."""
    with db.read() as session:
        blobs, adapters = used_blobs(session), used_adapter_paths(session)
    yield from (f"{BLOBS}/{blob[:2]}/{blob}" for blob in sorted(blobs))
    yield from (f"{ADAPTERS}/{path}" for path in sorted(adapters))


def referenced_in(database: Path) -> list[str]:
    """The paths that the rows of a SQLite file refer to."""
    from app.storage.database import open_database

    with closing(open_database(database.parent, f"sqlite:///{database}")) as db:
        return list(referenced_paths(db))


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(path: str) -> str:
    """The object of a path: blobs lie flat in a bucket."""
    return f"{BLOBS}/{path.rpartition('/')[2]}" if path.startswith(f"{BLOBS}/") else path
