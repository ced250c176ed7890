"""Index files: written atomically and durably under a random name, and loaded only if their hash matches."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from app.atomic_files import write_atomically
from app.index.base import VectorIndex
from app.index.change_feed import ChangeFeed, SavedCheckpoint
from app.index.flat import FlatIndex
from app.index.ivf_sq8 import IvfSq8Index

NODE_FILE = "node"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    path: Path
    sha256: str


def write_durably(folder: Path, tenant_id: str, write: Callable[[Path], None]) -> WrittenFile:
    """Write a file through `write`, sync it and rename it. After a crash the file is complete or absent."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{tenant_id}-{secrets.token_hex(8)}.faiss"
    with write_atomically(target) as temporary:
        write(temporary)
        digest = file_sha256(temporary)
    return WrittenFile(target, digest)


def node_of(folder: Path) -> str:
    """The name of an index folder that no other folder has, for a database that serves several: made at first use."""
    name = folder / NODE_FILE
    if not name.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{NODE_FILE}.lock"):  # processes that start at once agree
            if not name.is_file():
                with write_atomically(name) as temporary:
                    temporary.write_text(secrets.token_hex(16))
    return name.read_text()


def load_newest(
    feed: ChangeFeed, folder: Path, fingerprint: str, dimension: int, node: str
) -> tuple[VectorIndex, SavedCheckpoint] | None:
    """The newest checkpoint that is whole; None if there is none and the index must be built anew."""
    newest = feed.max_seq()
    for saved in feed.checkpoints(fingerprint, node):
        path = folder / Path(saved.path).name
        if saved.seq <= newest and is_intact(path, saved.sha256):
            try:
                return read_index(path, dimension), saved
            except (RuntimeError, ValueError):  # FAISS cannot read it: try the next one
                continue
    return None


def read_index(path: Path, dimension: int) -> VectorIndex:
    """Raises ValueError or RuntimeError if the file holds no index of that dimension."""
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
