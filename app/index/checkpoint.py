"""Index files: written atomically and durably under a random name, and loaded only if their hash matches."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.index.compact import IvfSq8Index
from app.index.flat import FlatIndex
from app.index.source import ChangeFeed, SavedCheckpoint

FORMER_INDEX_AGE_S = 3600.0  # an unknown file may still be in writing


@dataclass(frozen=True, slots=True)
class WrittenFile:
    path: Path
    sha256: str


def write_durably(folder: Path, tenant_id: str, write: Callable[[Path], None]) -> WrittenFile:
    """Write a file through `write`, sync it and rename it. After a crash the file is complete or absent."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{tenant_id}-{secrets.token_hex(8)}.faiss"
    temporary, target = folder / f"{name}.tmp", folder / name
    try:
        write(temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        digest = file_sha256(temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(folder)
    return WrittenFile(target, digest)


def load_newest(
    feed: ChangeFeed, folder: Path, fingerprint: str, dimension: int
) -> tuple[FlatIndex | IvfSq8Index, SavedCheckpoint] | None:
    """Load the newest intact checkpoint. Returns None if there is none and the index must be rebuilt."""
    newest = feed.max_seq()
    for saved in feed.checkpoints(fingerprint):
        path = folder / Path(saved.path).name
        if saved.seq <= newest and is_intact(path, saved.sha256):
            try:
                return read_index(path, dimension), saved
            except (RuntimeError, ValueError):  # FAISS cannot read it: try the next one
                continue
    return None


def read_index(path: Path, dimension: int) -> FlatIndex | IvfSq8Index:
    """Read an index of either kind. Raises ValueError or RuntimeError if the file has no index of this dimension."""
    try:
        return IvfSq8Index.read(path, dimension)
    except ValueError:
        return FlatIndex.read(path, dimension)


def is_intact(path: Path, sha256: str) -> bool:
    """Whether the file has this hash. FAISS loads one damaged file in ten without an error."""
    return path.is_file() and file_sha256(path) == sha256


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
