"""A passage: a live chunk that answers a query, with its scores."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents import LiveChunk


@dataclass(frozen=True, slots=True)
class Passage:
    live: LiveChunk
    score: float  # fused, 0 to 1; orders the passages
    dense: float | None  # cosine similarity, if the dense leg found or scored it
    lexical: float | None  # BM25, higher is better, if the lexical leg found it
