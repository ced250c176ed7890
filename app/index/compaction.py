"""Building a compact index from the store's vectors, in two passes and little memory.

The number of lists that a search looks at is not guessed: while the vectors stream by, the exact neighbours of some
of them are found as well, and the fewest lists that find them again are kept with the index.
"""

from __future__ import annotations

import math
from pathlib import Path

import faiss
import numpy as np

from app.index.codes import ByteCodes
from app.index.compact import BYTES
from app.index.source import ChangeSource
from app.index.vector_index import Ids, Vectors

MOST_LISTS = 4096
POINTS_PER_LIST = 32  # that training looks at
FEWEST_POINTS = 10_000
ROUNDS = 8  # of k-means
TRIALS = 200  # vectors whose exact neighbours are found
NEIGHBOURS = 10
CANDIDATES = 3  # of a search for each neighbour: the exact vectors rank them afterwards
WANTED_RECALL = 0.995  # of the trials
QUESTION_FACTOR = 4.0  # so many times the lists: questions lie between the passages, farther from their lists' centres
FEWEST_PROBES = 16
LOOKED_AT = 30_000  # vectors at least that a search looks at: in short lists that is cheap


class Trials:
    """Some of the vectors with their exact nearest neighbours among all that were `seen`."""

    def __init__(self, queries: Vectors) -> None:
        self.queries = queries  # (trials, dimension)
        self._scores = np.empty((len(queries), 0), np.float32)
        self._ids = np.empty((len(queries), 0), np.int64)

    def see(self, ids: Ids, vectors: Vectors) -> None:
        scores = np.hstack([self._scores, self.queries @ vectors.T])
        candidates = np.hstack([self._ids, np.broadcast_to(ids, (len(self.queries), len(ids)))])
        few = min(NEIGHBOURS, scores.shape[1])
        best = np.argpartition(-scores, few - 1, axis=1)[:, :few]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(candidates, best, axis=1)

    def recall(self, index: faiss.IndexIVFScalarQuantizer) -> float:
        """Share of the exact neighbours among the candidates that `index` finds."""
        if not self._ids.size:
            return 1.0
        _, found = index.search(ByteCodes.of(index).encode(self.queries), CANDIDATES * self._ids.shape[1])
        hits = sum(len(set(a) & set(b)) for a, b in zip(found, self._ids, strict=True))
        return hits / self._ids.size


def train(source: ChangeSource, fingerprint: str, dimension: int) -> tuple[faiss.IndexIVFScalarQuantizer, Trials]:
    """An empty index whose lists and codes fit a sample of the vectors. Takes minutes for a million."""
    count = source.count(fingerprint)
    lists = max(1, min(MOST_LISTS, int(4 * math.sqrt(count)), count // POINTS_PER_LIST))
    sample = source.sample(fingerprint, max(POINTS_PER_LIST * lists, FEWEST_POINTS))
    codes = ByteCodes.fitting(sample)
    centres = faiss.IndexFlatL2(dimension)
    centres.add(codes.place(_centres(sample, lists)))
    residuals = False  # codes are of the vectors themselves
    index = faiss.IndexIVFScalarQuantizer(centres, dimension, lists, BYTES, faiss.METRIC_L2, residuals)
    index.train(codes.encode(sample[:1]))  # nothing is left to learn
    codes.note(index)
    spread = sample[:: max(1, len(sample) // TRIALS)][:TRIALS]
    return index, Trials(np.ascontiguousarray(spread))


def _centres(sample: Vectors, lists: int) -> Vectors:
    """(lists, dimension) normalised centres of the sample, by k-means over cosines."""
    means = faiss.Kmeans(
        sample.shape[1],
        lists,
        niter=ROUNDS,
        spherical=True,
        min_points_per_centroid=1,
        max_points_per_centroid=POINTS_PER_LIST,
    )
    means.train(sample)
    return np.asarray(means.centroids)


def fill(index: faiss.IndexIVFScalarQuantizer, trials: Trials, source: ChangeSource, fingerprint: str) -> None:
    """Add every vector of the snapshot and settle how many lists a search looks at."""
    codes = ByteCodes.of(index)
    for ids, vectors in source.all_vectors(fingerprint):
        index.add_with_ids(codes.encode(vectors), ids)
        trials.see(ids, vectors)
    index.nprobe = min(FEWEST_PROBES, index.nlist)
    while index.nprobe < index.nlist and trials.recall(index) < WANTED_RECALL:
        index.nprobe = min(index.nlist, index.nprobe * 3 // 2)
    short_lists = math.ceil(LOOKED_AT * index.nlist / max(index.ntotal, 1))
    index.nprobe = min(index.nlist, max(int(index.nprobe * QUESTION_FACTOR), short_lists))


def write(index: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
    faiss.write_index(index, str(path))
