"""The vector index of one tenant.

It applies the change log, writes checkpoints, is rebuilt from the store when lost, and is replaced by an approximate
IVF-SQ8 index when it grows beyond its limits.
"""

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
from app.index import ivf_builder
from app.index.base import Ids, VectorIndex, Vectors
from app.index.change_feed import ChangeFeed, LoggedChange, OpenChangeFeed
from app.index.checkpoint import WrittenFile, load_newest, write_durably
from app.index.flat import FlatIndex, flat_bytes_per_vector
from app.index.ivf_sq8 import IvfSq8Index
from app.numerics.threads import set_faiss_threads

log = structlog.get_logger(__name__)
CHECKPOINT_EVERY = 20_000  # vectors added or removed since the last checkpoint
STALE_SHARE = 0.2  # share of changed vectors in an IVF-SQ8 index above which it is rebuilt
BACKGROUND_NICENESS = 4
RETRY_AFTER_S = 300.0  # seconds until a failed IVF build may start again


@dataclass(frozen=True, slots=True)
class IndexLimits:
    """Limits of the exact index; beyond either of them, the approximate index is used."""

    exact_vectors: int = 100_000
    memory_bytes: int = 2**30

    def exceeded_by(self, vectors: int, dimension: int) -> bool:
        return vectors > self.exact_vectors or vectors * flat_bytes_per_vector(dimension) > self.memory_bytes


class TenantIndex:
    """Thread-safe. `search` sees every change that was committed before the call."""

    def __init__(
        self,
        tenant_id: str,
        folder: Path,
        dimension: int,
        fingerprint: str,
        open_feed: OpenChangeFeed,
        limits: IndexLimits,
        node: str = "",
    ) -> None:
        """`node`: whose folder it is, if several processes with folders of their own share the database."""
        self.tenant_id = tenant_id
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self._open_feed = open_feed
        self._limits = limits
        self._node = node
        self._lock = threading.RLock()
        self._index: VectorIndex | None = None
        self._seq = 0
        self._saved_seq = 0
        self._changed = 0
        self._build_thread: threading.Thread | None = None
        self._failed_at = -RETRY_AFTER_S  # monotonic seconds

    def search(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        """The at most `k` best (chunk id, cosine) for `query` (dimension,), best first.

        Raises Unavailable while an index that is too large for memory is being built for the first time.
        """
        with self._lock:
            index = self.catch_up()
            candidates = k * ivf_builder.RERANK_FACTOR if isinstance(index, IvfSq8Index) else k
            scores, ids = index.search(query, candidates)
        if isinstance(index, IvfSq8Index):
            scores, ids = self._rerank_exactly(query, ids)
        return [(int(i), float(score)) for i, score in zip(ids[:k], scores[:k], strict=True)]

    def catch_up(self) -> VectorIndex:
        """Apply what the change log holds beyond this index; load or rebuild it first if need be."""
        with self._lock, self._open_feed(self.tenant_id, False) as feed:
            index = self._index if self._index is not None else self._load(feed)
            while changes := feed.after(self._seq):
                for change in changes:
                    self._apply(index, change, feed)
            self._index = index
        if self._needs_ivf_build(index):
            self.start_ivf_build()
        if self._changed >= CHECKPOINT_EVERY:
            self.checkpoint()
        return index

    def is_current(self) -> bool:
        with self._open_feed(self.tenant_id, False) as feed:
            return self._index is None or self._seq >= feed.max_seq()

    def is_orphaned(self) -> bool:
        """Whether the tenant was deleted: its change log is shorter than what this index has applied."""
        with self._open_feed(self.tenant_id, False) as feed:
            return feed.max_seq() < self._seq

    @property
    def resident_bytes(self) -> int:
        index = self._index
        return index.resident_bytes if index is not None else 0

    @property
    def is_approximate(self) -> bool:
        return isinstance(self._index, IvfSq8Index)

    def rebuild(self) -> None:
        """Drop the index and build it again from the stored vectors. Blocks until it is built."""
        with self._open_feed(self.tenant_id, False) as feed:
            exceeded = self._limits.exceeded_by(feed.count(self._fingerprint), self._dimension)
        if exceeded:
            self._build_ivf()
            return
        with self._lock, self._open_feed(self.tenant_id, False) as feed:
            self._index = self._build_flat(feed)

    def checkpoint(self) -> None:
        """Write an exact index to disk if it changed. An IVF-SQ8 index is its own checkpoint file."""
        with self._lock:
            index = self._index
            if not isinstance(index, FlatIndex) or self._seq == self._saved_seq:
                return
            seq, vectors = self._seq, len(index)
            file = write_durably(self._folder, self.tenant_id, index.write)
            self._saved_seq, self._changed = seq, 0
        self._record_checkpoint(seq, file.path.name, file.sha256, vectors)

    def start_ivf_build(self) -> None:
        """Build an IVF-SQ8 index in a background thread; it replaces this index when it is ready."""
        with self._lock:
            if self._build_thread is not None and self._build_thread.is_alive():
                return
            if time.monotonic() - self._failed_at < RETRY_AFTER_S:
                return
            self._build_thread = threading.Thread(target=self._build_ivf_in_background, name="ivf-build", daemon=True)
            self._build_thread.start()

    def wait_for_ivf_build(self) -> None:
        build_thread = self._build_thread
        if build_thread is not None:
            build_thread.join()

    def _rerank_exactly(self, query: Vectors, ids: Ids) -> tuple[Vectors, Ids]:
        """Rerank the candidates of an approximate search by the exact stored vectors."""
        with self._open_feed(self.tenant_id, False) as feed:
            ids, vectors = feed.vectors_at(ids, self._fingerprint)
        scores = vectors @ query if len(ids) else np.empty(0, np.float32)
        best = np.argsort(-scores, kind="stable")
        return scores[best], ids[best]

    def _needs_ivf_build(self, index: VectorIndex) -> bool:
        if isinstance(index, FlatIndex):
            return self._limits.exceeded_by(len(index), self._dimension)
        return index.stale > max(CHECKPOINT_EVERY, STALE_SHARE * len(index))

    def _build_ivf_in_background(self) -> None:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICENESS)
        set_faiss_threads(1)  # searches have the other cores
        try:
            self._build_ivf()
        except Exception:  # the current index keeps serving
            self._failed_at = time.monotonic()
            log.exception("ivf_build_failed", tenant_id=self.tenant_id)

    def _build_ivf(self) -> None:
        file, seq = self._write_ivf()
        index = IvfSq8Index.read(file.path, self._dimension)
        with self._lock:
            self._index, self._seq, self._saved_seq, self._changed = index, seq, seq, 0
        self._record_checkpoint(seq, file.path.name, file.sha256, len(index))
        log.info("ivf_index_built", tenant_id=self.tenant_id, vectors=len(index), probes=index.probes)

    def _write_ivf(self) -> tuple[WrittenFile, int]:
        with self._open_feed(self.tenant_id, False) as feed:
            built, probe = ivf_builder.train(feed, self._fingerprint, self._dimension)
        with self._open_feed(self.tenant_id, False) as feed:
            seq = feed.max_seq()
            ivf_builder.fill(built, probe, feed, self._fingerprint)
        return write_durably(self._folder, self.tenant_id, lambda path: ivf_builder.write(built, path)), seq

    def _record_checkpoint(self, seq: int, path: str, sha256: str, vectors: int) -> None:
        with self._open_feed(self.tenant_id, True) as feed:
            outdated = feed.record_checkpoint(
                seq=seq, path=path, sha256=sha256, vectors=vectors, fingerprint=self._fingerprint, node=self._node
            )
        for old in outdated:
            (self._folder / Path(old).name).unlink(missing_ok=True)

    def _apply(self, index: VectorIndex, change: LoggedChange, feed: ChangeFeed) -> None:
        if change.kind == "add":
            ids, vectors = feed.vectors_of(change.version_id, self._fingerprint)
            if len(ids) <= change.last_chunk_id - change.first_chunk_id:  # some chunks have no vector
                index.remove_range(change.first_chunk_id, change.last_chunk_id)
            if len(ids):
                index.add(ids, vectors)
        else:
            index.remove_range(change.first_chunk_id, change.last_chunk_id)
        self._changed += change.last_chunk_id - change.first_chunk_id + 1
        self._seq = change.seq

    def _load(self, feed: ChangeFeed) -> VectorIndex:
        """The newest checkpoint that is whole, else everything from the store."""
        found = load_newest(feed, self._folder, self._fingerprint, self._dimension, self._node)
        if found is None:
            return self._build_flat(feed)
        index, saved = found
        self._seq = self._saved_seq = saved.seq
        return index

    def _build_flat(self, feed: ChangeFeed) -> FlatIndex:
        """Build an exact index from the store. If it exceeds memory, starts an IVF build and raises Unavailable."""
        vectors = feed.count(self._fingerprint)
        if vectors * flat_bytes_per_vector(self._dimension) > self._limits.memory_bytes:
            self.start_ivf_build()
            raise Unavailable(
                f"The index of {vectors:,} passages is being rebuilt; try again in a minute.",
                code="index_building",
                retry_after=30,
            )
        index = FlatIndex(self._dimension)
        seq = feed.max_seq()
        for ids, batch in feed.all_vectors(self._fingerprint):
            index.add(ids, batch)
        self._seq, self._saved_seq, self._changed = seq, 0, len(index)
        return index
