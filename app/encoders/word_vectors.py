"""Static word vectors averaged by smooth inverse frequency: embeddings without a forward pass.

After Arora et al., "A simple but tough-to-beat baseline for sentence embeddings" (2017). What all sentences share is
taken out of the vocabulary's vectors instead of out of a set of sentences, so that a vector never changes with what
else a tenant has uploaded (Mu and Viswanath, "All-but-the-top", 2018).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from app.encoders.embedder import UNRELATED, Vectors
from app.encoders.word_tables import WordTable

SMOOTHING = 1e-4  # a in a / (a + p); measured: docs/explanation/quality.md
TEXTS_AT_ONCE = 1024
LONGEST = 2**16  # tokens: nothing is cut in practice


class WordVectors:
    """Embedder over a table of word or token vectors. Thread-safe: nothing changes after construction."""

    def __init__(self, table: WordTable) -> None:
        self._words, self._spans = table.words, table.spans  # the table itself may go
        self._weighted = _weighted(table)  # (words, dimension) float16
        self.dimension = table.vectors.shape[1]
        self.max_tokens = LONGEST
        self.fingerprint = f"words-{hashlib.sha256(self._weighted.tobytes()).hexdigest()[:16]}-{self.dimension}"
        questions = self.embed_queries([question for question, _ in UNRELATED])
        passages = self.embed_passages([passage for _, passage in UNRELATED])
        self.unrelated_cosine = max(0.0, float(np.mean(np.sum(questions * passages, axis=1))))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            words = self._words(texts[start : start + TEXTS_AT_ONCE])
            for place, found in enumerate(words, start):
                vectors[place] = self._weighted[found].sum(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors[lengths[:, 0] == 0] = 1.0  # no known word: far from everything, but not the zero vector
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return self._spans(text)


def _weighted(table: WordTable) -> np.ndarray:
    """(words, dimension) float16: centred vectors times a / (a + p); zero for what is no word."""
    known = table.probability > 0
    weights = np.where(known, SMOOTHING / (SMOOTHING + table.probability), 0.0)
    centre = table.vectors[known].mean(axis=0)
    return np.ascontiguousarray((table.vectors - centre) * weights[:, None], np.float16)
