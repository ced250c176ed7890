"""One tenant's index: follows the change log, saves itself, is rebuilt when lost, grows into a compact one."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog

from app.errors import Unavailable
from app.index import compaction
from app.index.checkpoint import WrittenFile, load_newest, write_durably
from app.index.compact import CompactIndex
from app.index.flat import FlatIndex, flat_bytes_per_vector
from app.index.source import ChangeSource, LoggedChange, OpenSource
from app.index.vector_index import Ids, VectorIndex, Vectors
from app.numerics.threads import set_faiss_threads

log = structlog.get_logger(__name__)
CHECKPOINT_EVERY = 20_000  # vectors added or removed since the last checkpoint
STALE_SHARE = 0.2  # of a compact index; then it is built anew
BACKGROUND_NICENESS = 4
RETRY_AFTER_S = 300.0  # a compaction that failed


@dataclass(frozen=True, slots=True)
class IndexLimits:
    """When to be exact: up to so many vectors, and within so many bytes."""

    exact_vectors: int = 100_000
    memory_bytes: int = 2**30

    def too_many(self, vectors: int, dimension: int) -> bool:
        return vectors > self.exact_vectors or vectors * flat_bytes_per_vector(dimension) > self.memory_bytes


class TenantIndex:
    """Thread-safe. `search` sees every change committed before it was called."""

    def __init__(
        self,
        tenant_id: str,
        folder: Path,
        dimension: int,
        fingerprint: str,
        open_source: OpenSource,
        limits: IndexLimits,
    ) -> None:
        self.tenant_id = tenant_id
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self._open_source = open_source
        self._limits = limits
        self._lock = threading.RLock()
        self._index: VectorIndex | None = None
        self._seq = 0
        self._saved_seq = 0
        self._changed = 0
        self._builder: threading.Thread | None = None
        self._failed_at = -RETRY_AFTER_S  # monotonic seconds

    def search(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        """Best (chunk id, cosine) for `query` (dimension,), at most `k`, best first.

        Raises Unavailable while an index that is too large for memory is built for the first time.
        """
        with self._lock:
            index = self.catch_up()
            wanted = k * compaction.CANDIDATES if isinstance(index, CompactIndex) else k
            scores, ids = index.search(query, wanted)
        if isinstance(index, CompactIndex):
            scores, ids = self._exactly(query, ids)
        return [(int(i), float(score)) for i, score in zip(ids[:k], scores[:k], strict=True)]

    def catch_up(self) -> VectorIndex:
        """Apply what the change log holds beyond this index; load or rebuild it first if need be."""
        with self._lock, self._open_source(self.tenant_id, False) as source:
            index = self._index if self._index is not None else self._load(source)
            while changes := source.after(self._seq):
                for change in changes:
                    self._apply(index, change, source)
            self._index = index
        if self._wants_compaction(index):
            self.start_compaction()
        if self._changed >= CHECKPOINT_EVERY:
            self.checkpoint()
        return index

    def caught_up(self) -> bool:
        with self._open_source(self.tenant_id, False) as source:
            return self._index is None or self._seq >= source.max_seq()

    @property
    def resident_bytes(self) -> int:
        index = self._index
        return index.resident_bytes if index is not None else 0

    @property
    def compact(self) -> bool:
        return isinstance(self._index, CompactIndex)

    def rebuild(self) -> None:
        """Forget the index and build it anew from the store's vectors; waits for the end."""
        with self._open_source(self.tenant_id, False) as source:
            too_many = self._limits.too_many(source.count(self._fingerprint), self._dimension)
        if too_many:
            self._compact()
            return
        with self._lock, self._open_source(self.tenant_id, False) as source:
            self._index = self._build_flat(source)

    def checkpoint(self) -> None:
        """Write an exact index to disk if it changed; a compact one is its own checkpoint."""
        with self._lock:
            index = self._index
            if not isinstance(index, FlatIndex) or self._seq == self._saved_seq:
                return
            seq, vectors = self._seq, len(index)
            file = write_durably(self._folder, self.tenant_id, index.write)
            self._saved_seq, self._changed = seq, 0
        self._note(seq, file.path.name, file.sha256, vectors)

    def start_compaction(self) -> None:
        """Build a compact index beside this one, in a thread of its own; it serves as soon as it is ready."""
        with self._lock:
            if self._builder is not None and self._builder.is_alive():
                return
            if time.monotonic() - self._failed_at < RETRY_AFTER_S:
                return
            self._builder = threading.Thread(target=self._compact_quietly, name="compaction", daemon=True)
            self._builder.start()

    def wait_for_compaction(self) -> None:
        builder = self._builder
        if builder is not None:
            builder.join()

    def _exactly(self, query: Vectors, ids: Ids) -> tuple[Vectors, Ids]:
        """Rank what an approximate search found by the store's own vectors."""
        with self._open_source(self.tenant_id, False) as source:
            ids, vectors = source.vectors_at(ids, self._fingerprint)
        scores = vectors @ query if len(ids) else np.empty(0, np.float32)
        best = np.argsort(-scores, kind="stable")
        return scores[best], ids[best]

    def _wants_compaction(self, index: VectorIndex) -> bool:
        if isinstance(index, FlatIndex):
            return self._limits.too_many(len(index), self._dimension)
        return index.stale > max(CHECKPOINT_EVERY, STALE_SHARE * len(index))

    def _compact_quietly(self) -> None:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICENESS)
        set_faiss_threads(1)  # searches have the other cores
        try:
            self._compact()
        except Exception:  # the index as it is goes on serving
            self._failed_at = time.monotonic()
            log.exception("compaction_failed", tenant_id=self.tenant_id)

    def _compact(self) -> None:
        file, seq = self._write_compact()
        ready = CompactIndex.read(file.path, self._dimension)
        with self._lock:
            self._index, self._seq, self._saved_seq, self._changed = ready, seq, seq, 0
        self._note(seq, file.path.name, file.sha256, len(ready))
        log.info("index_compacted", tenant_id=self.tenant_id, vectors=len(ready), probes=ready.probes)

    def _write_compact(self) -> tuple[WrittenFile, int]:
        with self._open_source(self.tenant_id, False) as source:
            built, trials = compaction.train(source, self._fingerprint, self._dimension)
        with self._open_source(self.tenant_id, False) as source:
            seq = source.max_seq()
            compaction.fill(built, trials, source, self._fingerprint)
        return write_durably(self._folder, self.tenant_id, lambda path: compaction.write(built, path)), seq

    def _note(self, seq: int, path: str, sha256: str, vectors: int) -> None:
        with self._open_source(self.tenant_id, True) as source:
            outdated = source.note_checkpoint(
                seq=seq, path=path, sha256=sha256, vectors=vectors, fingerprint=self._fingerprint
            )
        for old in outdated:
            (self._folder / Path(old).name).unlink(missing_ok=True)

    def _apply(self, index: VectorIndex, change: LoggedChange, source: ChangeSource) -> None:
        if change.kind == "add":
            ids, vectors = source.vectors_of(change.version_id, self._fingerprint)
            if len(ids) <= change.last_chunk_id - change.first_chunk_id:  # some have none, or none any more
                index.remove_range(change.first_chunk_id, change.last_chunk_id)
            if len(ids):
                index.add(ids, vectors)
        else:
            index.remove_range(change.first_chunk_id, change.last_chunk_id)
        self._changed += change.last_chunk_id - change.first_chunk_id + 1
        self._seq = change.seq

    def _load(self, source: ChangeSource) -> VectorIndex:
        """The newest checkpoint that is whole, else everything from the store."""
        found = load_newest(source, self._folder, self._fingerprint, self._dimension)
        if found is None:
            return self._build_flat(source)
        index, saved = found
        self._seq = self._saved_seq = saved.seq
        return index

    def _build_flat(self, source: ChangeSource) -> FlatIndex:
        """Exact from the store; Unavailable, and a compact one on its way, if that would not fit."""
        vectors = source.count(self._fingerprint)
        if vectors * flat_bytes_per_vector(self._dimension) > self._limits.memory_bytes:
            self.start_compaction()
            raise Unavailable(
                f"The index of {vectors:,} passages is being rebuilt; try again in a minute.",
                code="index_building",
                retry_after=30,
            )
        index = FlatIndex(self._dimension)
        seq = source.max_seq()
        for ids, held in source.all_vectors(self._fingerprint):
            index.add(ids, held)
        self._seq, self._saved_seq, self._changed = seq, 0, len(index)
        return index
