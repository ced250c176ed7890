"""What texts are compared by, as a tenant chooses it, and the ranking it stands for."""

from __future__ import annotations

from typing import Literal

from app.search.retriever import Ranking

Representation = Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"]
# Vectors have norm 1: |a - b|² = 2 - 2ab, so Euclidean distance ranks exactly as cosine does, on the same index.
RANKINGS: dict[str, Ranking] = {
    "hybrid": Ranking("hybrid"),
    "cosine": Ranking("dense"),
    "euclidean": Ranking("dense"),
    "bm25": Ranking("lexical", "bm25"),
    "tfidf": Ranking("lexical", "tfidf"),
    "word_vectors": Ranking("dense", space="word_vectors"),
}
