"""Synthetic vectors with the traits of text embeddings, made the same each time from a seed.

Real embeddings share a direction (two unrelated passages have a cosine far above zero), lose variance quickly from
one dimension to the next, and come in heaps: topics, documents within a topic, passages within a document. Uniform
random vectors have none of this and make every approximate index look bad.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

PASSAGES_PER_DOCUMENT = 20
BATCH = 20_000
SHARED, TOPIC, DOCUMENT, PASSAGE = 1.5, 1.0, 0.7, 0.5  # lengths of the parts a vector is the sum of
Vectors = npt.NDArray[np.float32]


class Embeddings:
    """`passages(n)` and `queries(n)` of one population, (n, dimension) with norm 1."""

    def __init__(self, dimension: int = 384, topics: int = 5_000, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        self._dimension = dimension
        spectrum = np.arange(1, dimension + 1, dtype=np.float32) ** -0.5
        self._spectrum = spectrum / np.linalg.norm(spectrum)
        self._rotation = np.linalg.qr(self._random.normal(size=(dimension, dimension)))[0].astype(np.float32)
        shared = self._random.normal(size=dimension).astype(np.float32)
        self._shared = SHARED * shared / np.linalg.norm(shared)
        self._topics = self._shared + TOPIC * self._noise(topics)  # (topics, dimension)
        weights = 1.0 / np.arange(1, topics + 1) ** 0.7  # few large topics, many small ones
        self._weights = weights / weights.sum()

    def passages(self, count: int) -> Iterator[Vectors]:
        """Batches of at most BATCH, `count` in all."""
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            documents = -(-size // PASSAGES_PER_DOCUMENT)
            centres = self._documents(documents)
            yield normalised(np.repeat(centres, PASSAGES_PER_DOCUMENT, 0)[:size] + PASSAGE * self._noise(size))

    def queries(self, count: int) -> Vectors:
        """Questions about documents of the same topics: near passages, and of none of them a copy."""
        return normalised(self._documents(count) + PASSAGE * self._noise(count))

    def _documents(self, count: int) -> Vectors:
        topics = self._random.choice(len(self._topics), count, p=self._weights)
        return np.asarray(self._topics[topics] + DOCUMENT * self._noise(count), np.float32)

    def _noise(self, count: int) -> Vectors:
        drawn = self._random.standard_normal((count, self._dimension), dtype=np.float32) * self._spectrum
        return np.asarray(drawn @ self._rotation.T, np.float32)


def normalised(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
