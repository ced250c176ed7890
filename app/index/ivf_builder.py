"""Builds an IVF-SQ8 index from the stored vectors, in two passes and little memory.

The number of lists to scan (nprobe) is measured: during the second pass, the exact neighbours of some vectors are
computed as well. The smallest nprobe that finds enough of these neighbours is stored in the index.
"""

from __future__ import annotations

import math
from pathlib import Path

import faiss
import numpy as np

from app.index.base import Ids, Vectors
from app.index.change_feed import ChangeFeed
from app.index.ivf_sq8 import QUANTIZER_TYPE
from app.index.sq8 import Sq8Codec

MAX_LISTS = 4096
POINTS_PER_LIST = 32  # training vectors for each list
MIN_TRAINING_POINTS = 10_000
KMEANS_ITERATIONS = 8  # of k-means
PROBE_QUERIES = 200  # vectors whose exact neighbours are computed
PROBE_NEIGHBOURS = 10
RERANK_FACTOR = 3  # candidates to search for each result; they are reranked by exact vectors
TARGET_RECALL = 0.995  # of the probe
QUERY_FACTOR = 4.0  # multiplies nprobe: queries are farther from the list centres than passages are
MIN_PROBES = 16
MIN_SCANNED_VECTORS = 30_000  # a search scans at least this many vectors, which is cheap in short lists


class RecallProbe:
    """Measures recall: sample vectors with their exact nearest neighbours among all vectors passed to `add`."""

    def __init__(self, queries: Vectors) -> None:
        self.queries = queries  # (queries, dimension)
        self._scores = np.empty((len(queries), 0), np.float32)
        self._ids = np.empty((len(queries), 0), np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        scores = np.hstack([self._scores, self.queries @ vectors.T])
        candidates = np.hstack([self._ids, np.broadcast_to(ids, (len(self.queries), len(ids)))])
        few = min(PROBE_NEIGHBOURS, scores.shape[1])
        best = np.argpartition(-scores, few - 1, axis=1)[:, :few]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(candidates, best, axis=1)

    def recall(self, index: faiss.IndexIVFScalarQuantizer) -> float:
        """Share of the exact neighbours that `index` finds among its candidates."""
        if not self._ids.size:
            return 1.0
        _, found = index.search(Sq8Codec.from_index(index).encode(self.queries), RERANK_FACTOR * self._ids.shape[1])
        hits = sum(len(set(a) & set(b)) for a, b in zip(found, self._ids, strict=True))
        return hits / self._ids.size


def train(feed: ChangeFeed, fingerprint: str, dimension: int) -> tuple[faiss.IndexIVFScalarQuantizer, RecallProbe]:
    """Train an empty index on a sample of the vectors. Takes minutes for a million vectors."""
    count = feed.count(fingerprint)
    lists = max(1, min(MAX_LISTS, int(4 * math.sqrt(count)), count // POINTS_PER_LIST))
    sample = feed.sample(fingerprint, max(POINTS_PER_LIST * lists, MIN_TRAINING_POINTS))
    codes = Sq8Codec.fit(sample)
    centres = faiss.IndexFlatL2(dimension)
    centres.add(codes.transform(_centres(sample, lists)))
    residuals = False  # codes encode the vectors themselves
    index = faiss.IndexIVFScalarQuantizer(centres, dimension, lists, QUANTIZER_TYPE, faiss.METRIC_L2, residuals)
    index.train(codes.encode(sample[:1]))  # only marks the index as trained
    codes.store_in(index)
    spread = sample[:: max(1, len(sample) // PROBE_QUERIES)][:PROBE_QUERIES]
    return index, RecallProbe(np.ascontiguousarray(spread))


def _centres(sample: Vectors, lists: int) -> Vectors:
    """(lists, dimension) normalised centres of the sample, by spherical k-means."""
    means = faiss.Kmeans(
        sample.shape[1],
        lists,
        niter=KMEANS_ITERATIONS,
        spherical=True,
        min_points_per_centroid=1,
        max_points_per_centroid=POINTS_PER_LIST,
    )
    means.train(sample)
    return np.asarray(means.centroids)


def fill(index: faiss.IndexIVFScalarQuantizer, probe: RecallProbe, feed: ChangeFeed, fingerprint: str) -> None:
    """Add every vector of the snapshot, then choose nprobe."""
    codes = Sq8Codec.from_index(index)
    for ids, vectors in feed.all_vectors(fingerprint):
        index.add_with_ids(codes.encode(vectors), ids)
        probe.add(ids, vectors)
    index.nprobe = min(MIN_PROBES, index.nlist)
    while index.nprobe < index.nlist and probe.recall(index) < TARGET_RECALL:
        index.nprobe = min(index.nlist, index.nprobe * 3 // 2)
    short_lists = math.ceil(MIN_SCANNED_VECTORS * index.nlist / max(index.ntotal, 1))
    index.nprobe = min(index.nlist, max(int(index.nprobe * QUERY_FACTOR), short_lists))


def write(index: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
    faiss.write_index(index, str(path))
