"""Index files: written whole and durable, named at random, used only if their hash is the recorded one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.atomic_files import write_atomically
from app.index.compact import CompactIndex
from app.index.flat import FlatIndex
from app.index.source import ChangeSource, SavedCheckpoint
from app.index.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class WrittenFile:
    path: Path
    sha256: str


def write_durably(folder: Path, tenant_id: str, write: Callable[[Path], None]) -> WrittenFile:
    """Let `write` fill a temporary file, make it durable and give it its name: a crash leaves all of it or none."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{tenant_id}-{secrets.token_hex(8)}.faiss"
    with write_atomically(target) as temporary:
        write(temporary)
        digest = file_sha256(temporary)
    return WrittenFile(target, digest)


def load_newest(
    source: ChangeSource, folder: Path, fingerprint: str, dimension: int
) -> tuple[VectorIndex, SavedCheckpoint] | None:
    """The newest checkpoint that is whole; None if there is none and the index must be built anew."""
    newest = source.max_seq()
    for saved in source.checkpoints(fingerprint):
        path = folder / Path(saved.path).name
        if saved.seq <= newest and is_whole(path, saved.sha256):
            try:
                return read_index(path, dimension), saved
            except (RuntimeError, ValueError):  # FAISS could not read it: the next one, or a rebuild
                continue
    return None


def read_index(path: Path, dimension: int) -> VectorIndex:
    """Raises ValueError or RuntimeError if the file holds no index of that dimension."""
    try:
        return CompactIndex.read(path, dimension)
    except ValueError:
        return FlatIndex.read(path, dimension)


def is_whole(path: Path, sha256: str) -> bool:
    """FAISS loads one damaged file in ten without complaint: only the hash tells."""
    return path.is_file() and file_sha256(path) == sha256


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
