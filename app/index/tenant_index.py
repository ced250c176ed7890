"""One tenant's vector index: follows the change log, checkpointed with a checksum, rebuilt when in doubt."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.index.faiss_index import FlatIndex

CHECKPOINT_EVERY = 20_000  # vectors added or removed since the last checkpoint


class LoggedChange(Protocol):
    """A line of the change log; ids in first..last (inclusive) belong to that version alone."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def version_id(self) -> int: ...
    @property
    def first_chunk_id(self) -> int: ...
    @property
    def last_chunk_id(self) -> int: ...


class SavedCheckpoint(Protocol):
    """Where a checkpoint lies and what it must hash to."""

    @property
    def seq(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class ChangeSource(Protocol):
    """The truth an index is derived from, one tenant's, in one snapshot."""

    def max_seq(self) -> int: ...

    def after(self, seq: int, limit: int = 1000) -> Sequence[LoggedChange]: ...

    def vectors_of(
        self, version_id: int, fingerprint: str
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]: ...

    def all_vectors(self, fingerprint: str) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]]: ...

    def checkpoints(self, fingerprint: str) -> Sequence[SavedCheckpoint]: ...

    def note_checkpoint(self, *, seq: int, path: str, sha256: str, vectors: int, fingerprint: str) -> list[str]:
        """Record a checkpoint; returns paths of older files that nothing refers to any more."""


OpenSource = Callable[[str, bool], AbstractContextManager[ChangeSource]]  # (tenant id, writable)


class TenantIndex:
    """Thread-safe. `search` sees every change committed before it was called."""

    def __init__(self, tenant_id: str, folder: Path, dimension: int, fingerprint: str, open_source: OpenSource) -> None:
        self._tenant_id = tenant_id
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self._open_source = open_source
        self._lock = threading.RLock()
        self._index: FlatIndex | None = None
        self._seq = 0
        self._saved_seq = 0
        self._changed = 0

    def search(self, query: npt.NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Best (chunk id, cosine) for `query` (dimension,), at most `k`, best first."""
        with self._lock:
            scores, ids = self.catch_up().search(query, k)
        return [(int(i), float(score)) for i, score in zip(ids, scores, strict=True)]

    def catch_up(self) -> FlatIndex:
        """Apply what the change log holds beyond this index; load or rebuild it first if need be."""
        with self._lock, self._open_source(self._tenant_id, False) as source:
            index = self._index if self._index is not None else self._load(source)
            while changes := source.after(self._seq):
                for change in changes:
                    self._apply(index, change, source)
            self._index = index
            due = self._changed >= CHECKPOINT_EVERY
        if due:
            self.checkpoint()
        return index

    def caught_up(self) -> bool:
        with self._open_source(self._tenant_id, False) as source:
            return self._seq >= source.max_seq()

    def rebuild(self) -> None:
        """Forget the index and build it anew from the store's vectors."""
        with self._lock, self._open_source(self._tenant_id, False) as source:
            self._index = self._build(source)

    def checkpoint(self) -> None:
        """Write the index to disk if it changed: tmp, fsync, hash, rename, then the row."""
        with self._lock:
            if self._index is None or self._seq == self._saved_seq:
                return
            seq, vectors = self._seq, len(self._index)
            path, digest = self._write(self._index)
            self._saved_seq, self._changed = seq, 0
        with self._open_source(self._tenant_id, True) as source:
            outdated = source.note_checkpoint(
                seq=seq, path=path, sha256=digest, vectors=vectors, fingerprint=self._fingerprint
            )
        for old in outdated:
            (self._folder / Path(old).name).unlink(missing_ok=True)

    def _apply(self, index: FlatIndex, change: LoggedChange, source: ChangeSource) -> None:
        if change.kind == "add":
            ids, vectors = source.vectors_of(change.version_id, self._fingerprint)
            if len(ids):
                index.add(ids, vectors)
        else:
            index.remove_range(change.first_chunk_id, change.last_chunk_id)
        self._changed += change.last_chunk_id - change.first_chunk_id + 1
        self._seq = change.seq

    def _load(self, source: ChangeSource) -> FlatIndex:
        """The newest checkpoint that is whole, else everything from the store."""
        newest = source.max_seq()
        for saved in source.checkpoints(self._fingerprint):
            path = self._folder / Path(saved.path).name
            if saved.seq > newest or not path.is_file() or file_sha256(path) != saved.sha256:
                continue
            try:
                index = FlatIndex.read(path, self._dimension)
            except (RuntimeError, ValueError):  # FAISS could not read it: the next one, or a rebuild
                continue
            self._seq = self._saved_seq = saved.seq
            return index
        return self._build(source)

    def _build(self, source: ChangeSource) -> FlatIndex:
        index = FlatIndex(self._dimension)
        seq = source.max_seq()
        for ids, vectors in source.all_vectors(self._fingerprint):
            index.add(ids, vectors)
        self._seq, self._saved_seq, self._changed = seq, 0, len(index)
        return index

    def _write(self, index: FlatIndex) -> tuple[str, str]:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{self._tenant_id}-{secrets.token_hex(8)}.faiss"
        temporary, target = self._folder / f"{name}.tmp", self._folder / name
        index.write(temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        digest = file_sha256(temporary)
        temporary.replace(target)
        return name, digest


class Indexes:
    """Every tenant's index, opened at first use."""

    def __init__(self, folder: Path, dimension: int, fingerprint: str, open_source: OpenSource) -> None:
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self._open_source = open_source
        self._lock = threading.Lock()
        self._open: dict[str, TenantIndex] = {}

    def for_tenant(self, tenant_id: str) -> TenantIndex:
        with self._lock:
            if tenant_id not in self._open:
                self._open[tenant_id] = TenantIndex(
                    tenant_id, self._folder, self._dimension, self._fingerprint, self._open_source
                )
            return self._open[tenant_id]

    def drop(self, tenant_id: str) -> None:
        """Forget a deleted tenant's index and its files."""
        with self._lock:
            self._open.pop(tenant_id, None)
        for path in self._folder.glob(f"{tenant_id}-*.faiss*"):
            path.unlink(missing_ok=True)

    def catch_up_all(self) -> None:
        """Bring every open index up to its tenant's newest change."""
        with self._lock:
            opened = list(self._open.values())
        for index in opened:
            index.catch_up()

    def caught_up(self) -> bool:
        """True if every open index has seen the newest change of its tenant."""
        with self._lock:
            opened = list(self._open.values())
        return all(index.caught_up() for index in opened)

    def checkpoint_all(self) -> None:
        with self._lock:
            opened = list(self._open.values())
        for index in opened:
            index.checkpoint()


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
