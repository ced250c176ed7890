"""Approximate search over many vectors in little memory: inverted lists of byte codes, mapped from a file.

The file never changes. What was added since is searched exactly beside it, what was removed is skipped, and when
both have grown, a new file is built (`compaction`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from app.index.codes import ByteCodes
from app.index.flat import FlatIndex
from app.index.vector_index import Ids, Vectors

BYTES = faiss.ScalarQuantizer.QT_8bit_direct  # compared as whole numbers; QT_8bit in floats, at half the speed
MAPPED = faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY


class CompactIndex:
    """VectorIndex over a memory-mapped `IndexIVFScalarQuantizer` and a small FlatIndex of what is new."""

    def __init__(self, base: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
        self.dimension: int = base.d
        self.path = path
        self._base = base
        self._codes = ByteCodes.of(base)
        self._ids = np.sort(_ids_of(base))  # (n,) of the file
        self._gone = np.zeros(len(self._ids), bool)
        self._removed = 0  # how many those are: counting a million takes a millisecond, and every search asks
        self._selector: faiss.IDSelector | None = None
        self._recent = FlatIndex(base.d)

    def __len__(self) -> int:
        return len(self._ids) - self._removed + len(self._recent)

    @property
    def stale(self) -> int:
        return self._removed + len(self._recent)

    @property
    def resident_bytes(self) -> int:
        """The whole file counts, although the system may drop its pages."""
        return self.path.stat().st_size + self._recent.resident_bytes

    @property
    def probes(self) -> int:
        """How many of the lists a search looks at."""
        return int(self._base.nprobe)

    def ids(self) -> Ids:
        """(n,) ascending."""
        return np.sort(np.concatenate([self._ids[~self._gone], self._recent.ids()]))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._forget(np.isin(self._ids, ids) if len(self._ids) and ids.min() <= self._ids[-1] else None)
        self._recent.add(ids, vectors)

    def remove_range(self, first: int, last: int) -> None:
        self._recent.remove_range(first, last)
        start, end = np.searchsorted(self._ids, (first, last + 1))
        if start < end:
            there = np.zeros(len(self._ids), bool)
            there[start:end] = True
            self._forget(there)

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Ids]:
        k = min(k, len(self))
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        distances, ids = self._base.search(self._codes.encode(query[None]), k, params=self._parameters(k))
        found = ids[0] >= 0  # -1: the lists that were looked at hold fewer than k
        new_scores, new_ids = self._recent.search(query, k)
        scores = np.concatenate([self._codes.cosines(distances[0][found]), new_scores])
        ids = np.concatenate([ids[0][found], new_ids])
        best = np.argsort(-scores, kind="stable")[:k]
        return scores[best], ids[best]

    @classmethod
    def read(cls, path: Path, dimension: int) -> CompactIndex:
        """Map a file that `compaction` wrote. Only for files whose hash was checked."""
        base = faiss.read_index(str(path), MAPPED)
        if not isinstance(base, faiss.IndexIVFScalarQuantizer) or base.d != dimension or base.sq.qtype != BYTES:
            raise ValueError("not an index of this kind and dimension")
        # Each search would start threads that read its lists ahead: half of its time, when they are in memory.
        lists: Any = faiss.downcast_InvertedLists(base.invlists)  # type: ignore[arg-type]
        lists.prefetch_nthread = 0
        return cls(base, path)

    def _forget(self, there: np.ndarray | None) -> None:
        if there is not None and there.any():
            self._gone |= there
            self._removed = int(self._gone.sum())
            self._selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._ids[self._gone]))

    def _parameters(self, k: int) -> Any:
        """Look at more lists when more is wanted than they hold."""
        share = k / max(len(self._ids), 1)
        probes = max(self._base.nprobe, min(self._base.nlist, int(4 * share * self._base.nlist)))
        parameters: Any = faiss.SearchParametersIVF()
        parameters.nprobe = probes
        if self._selector is not None:
            parameters.sel = self._selector
        return parameters


def _ids_of(base: Any) -> Ids:
    held = [_list_ids(base.invlists, number) for number in range(base.nlist)]
    return np.concatenate(held) if held else np.empty(0, np.int64)


def _list_ids(lists: Any, number: int) -> Ids:
    size = lists.list_size(number)
    if size == 0:
        return np.empty(0, np.int64)
    pointer = lists.get_ids(number)
    copied: Ids = faiss.rev_swig_ptr(pointer, size).copy()
    lists.release_ids(number, pointer)
    return copied
