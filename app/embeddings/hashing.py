"""A shipped fake: embeddings from hashed words, without a model. Texts that share words are similar."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from app.embeddings.base import Vectors
from app.text.normalisation import fold_accents

WORD = re.compile(r"\w+")
STEM_LENGTH = 6  # a word is cut to this many characters, as a light stemmer


class HashingEmbedder:
    """Embedder for tests and demonstrations: a bag of hashed, accent-folded word stems."""

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.max_tokens = 480
        self.fingerprint = f"hashing-{dimension}"
        self.similarity_floor = 0.0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.array([self._vector(text) for text in texts], np.float32)
        return vectors.reshape(len(texts), self.dimension)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        vector[0] = 1e-3  # so that no text gives the zero vector
        for word in WORD.findall(fold_accents(text.casefold())):
            digest = zlib.crc32(word[:STEM_LENGTH].encode("utf-8", "surrogatepass"))
            vector[digest % self.dimension] += 1.0 if digest & 0x8000_0000 else -1.0
        return np.asarray(vector / np.linalg.norm(vector), np.float32)
