"""IVF-SQ8: approximate search over many vectors in little memory, with inverted lists of 8-bit codes in a mapped file.

The file never changes. Vectors added later are searched exactly in a second index, and removed vectors are skipped.
When these changes have grown large, `ivf_builder` builds a new file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from app.index.base import Ids, Vectors
from app.index.flat import FlatIndex
from app.index.sq8 import Sq8Codec

QUANTIZER_TYPE = faiss.ScalarQuantizer.QT_8bit_direct  # compares integers; QT_8bit compares floats, at half the speed
MMAP_FLAGS = faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY


class IvfSq8Index:
    """VectorIndex over a memory-mapped `IndexIVFScalarQuantizer` and a small FlatIndex of recent vectors."""

    def __init__(self, base: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
        self.dimension: int = base.d
        self.path = path
        self._base = base
        self._codes = Sq8Codec.from_index(base)
        self._ids = np.sort(_ids_of(base))  # (n,) ids in the file
        self._deleted = np.zeros(len(self._ids), bool)
        self._deleted_count = 0  # cached: counting a million flags takes a millisecond, in every search
        self._selector: faiss.IDSelector | None = None
        self._recent = FlatIndex(base.d)

    def __len__(self) -> int:
        return len(self._ids) - self._deleted_count + len(self._recent)

    @property
    def stale(self) -> int:
        return self._deleted_count + len(self._recent)

    @property
    def resident_bytes(self) -> int:
        """Counts the whole file, although the system may drop its pages."""
        return self.path.stat().st_size + self._recent.resident_bytes

    @property
    def probes(self) -> int:
        """Number of lists that a search scans (nprobe)."""
        return int(self._base.nprobe)

    def ids(self) -> Ids:
        """All ids, (n,), ascending."""
        return np.sort(np.concatenate([self._ids[~self._deleted], self._recent.ids()]))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._mark_deleted(np.isin(self._ids, ids) if len(self._ids) and ids.min() <= self._ids[-1] else None)
        self._recent.add(ids, vectors)

    def remove_range(self, first: int, last: int) -> None:
        self._recent.remove_range(first, last)
        start, end = np.searchsorted(self._ids, (first, last + 1))
        if start < end:
            mask = np.zeros(len(self._ids), bool)
            mask[start:end] = True
            self._mark_deleted(mask)

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Ids]:
        k = min(k, len(self))
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        distances, ids = self._base.search(self._codes.encode(query[None]), k, params=self._search_parameters(k))
        found = ids[0] >= 0  # -1: the scanned lists hold fewer than k vectors
        new_scores, new_ids = self._recent.search(query, k)
        scores = np.concatenate([self._codes.cosines(distances[0][found]), new_scores])
        ids = np.concatenate([ids[0][found], new_ids])
        best = np.argsort(-scores, kind="stable")[:k]
        return scores[best], ids[best]

    @classmethod
    def read(cls, path: Path, dimension: int) -> IvfSq8Index:
        """Map a file that `ivf_builder` wrote. The caller has verified its hash. Raises ValueError for other files."""
        base = faiss.read_index(str(path), MMAP_FLAGS)
        if (
            not isinstance(base, faiss.IndexIVFScalarQuantizer)
            or base.d != dimension
            or base.sq.qtype != QUANTIZER_TYPE
        ):
            raise ValueError("not an index of this kind and dimension")
        # By default each search starts prefetch threads, which take half of its time when the lists are in memory.
        lists: Any = faiss.downcast_InvertedLists(base.invlists)  # type: ignore[arg-type]
        lists.prefetch_nthread = 0
        return cls(base, path)

    def _mark_deleted(self, mask: np.ndarray | None) -> None:
        if mask is not None and mask.any():
            self._deleted |= mask
            self._deleted_count = int(self._deleted.sum())
            self._selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._ids[self._deleted]))

    def _search_parameters(self, k: int) -> Any:
        """Scan more lists if `k` exceeds what nprobe lists hold."""
        share = k / max(len(self._ids), 1)
        probes = max(self._base.nprobe, min(self._base.nlist, int(4 * share * self._base.nlist)))
        parameters: Any = faiss.SearchParametersIVF()
        parameters.nprobe = probes
        if self._selector is not None:
            parameters.sel = self._selector
        return parameters


def _ids_of(base: Any) -> Ids:
    ids_by_list = [_list_ids(base.invlists, number) for number in range(base.nlist)]
    return np.concatenate(ids_by_list) if ids_by_list else np.empty(0, np.int64)


def _list_ids(lists: Any, number: int) -> Ids:
    size = lists.list_size(number)
    if size == 0:
        return np.empty(0, np.int64)
    pointer = lists.get_ids(number)
    copied: Ids = faiss.rev_swig_ptr(pointer, size).copy()
    lists.release_ids(number, pointer)
    return copied
