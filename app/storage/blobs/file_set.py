"""The files that rows refer to, wherever they lie, by their paths in a data folder: for backups and copies."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.errors import Conflict, NotFound
from app.storage.blobs.base import file_sha256
from app.storage.blobs.bucket import Bucket
from app.storage.database import Database
from app.storage.sql.blob_use import used_adapter_paths, used_blobs

BLOBS, ADAPTERS = "blobs", "adapters"  # in the data folder


class FileSet(Protocol):
    """Paths are "blobs/ab/abcd" and "adapters/<owner>/<version>", which stands for the files in it.

    Every method raises Unavailable if the store does not answer.
    """

    def expand(self, path: str) -> list[str]:
        """The files of a path; the path itself if nothing is there."""

    def save(self, path: str, target: Path) -> bool:
        """Copy a file to a new path. False: it is gone or damaged, and nothing is copied."""

    def load(self, path: str, source: Path) -> None:
        """Store a copy of a file under its path. Raises Conflict if the path has another file."""

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
        if not source.resolve().is_relative_to(self._root.resolve()):  # a link that leads elsewhere
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

    def path(self, path: str) -> Path:
        return self._root / path

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
        try:
            self._bucket.fetch(_key(path), target)
        except NotFound:
            target.unlink(missing_ok=True)
            return False
        return True

    def load(self, path: str, source: Path) -> None:
        try:
            self._bucket.put(_key(path), source, file_sha256(source))
        except FileExistsError:
            raise Conflict(
                f"The storage has another file under {path}; set LORACLE_S3_PREFIX to another one."
            ) from None

    def sha256(self, path: str) -> str | None:
        return self._bucket.sha256(_key(path))


def referenced_paths(db: Database) -> Iterator[str]:
    """The paths that the rows of a database refer to."""
    with db.read() as session:
        blobs, adapters = used_blobs(session), used_adapter_paths(session)
    yield from map(blob_path, sorted(blobs))
    yield from (f"{ADAPTERS}/{path}" for path in sorted(adapters))


def referenced_in(database: Path) -> list[str]:
    """The same of a SQLite file, of any schema so far, that nobody writes to."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

        def column(name: str, table: str) -> list[str]:
            query = f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL"  # noqa: S608 - names below
            return sorted(str(value) for (value,) in connection.execute(query)) if table in tables else []

        blobs = {blob for table in ("document_versions", "datasets", "files") for blob in column("blob", table) if blob}
        return [blob_path(blob) for blob in sorted(blobs)] + [
            f"{ADAPTERS}/{path}" for path in column("path", "adapter_versions")
        ]


@dataclass(frozen=True, slots=True)
class CopiedFiles:
    copied: int
    present: int  # with the same hash before
    missing: list[str]


def copy_referenced(db: Database, source: FolderFiles, target: FileSet) -> CopiedFiles:
    """Copy the files that rows refer to, but those that `target` has. Raises Conflict if one differs there."""
    copied, present, missing = 0, 0, []
    for path in (path for one in referenced_paths(db) for path in source.expand(one)):
        digest = source.sha256(path)
        if digest is None:
            missing.append(path)
        elif target.sha256(path) == digest:
            present += 1
        else:
            target.load(path, source.path(path))
            if target.sha256(path) != digest:
                raise Conflict(f"{path} did not arrive as it was sent; run the command again.")
            copied += 1
    return CopiedFiles(copied, present, missing)


def blob_path(name: str) -> str:
    return f"{BLOBS}/{name[:2]}/{name}"


def _key(path: str) -> str:
    """The object of a path: blobs lie flat in a bucket."""
    return f"{BLOBS}/{path.rpartition('/')[2]}" if path.startswith(f"{BLOBS}/") else path
