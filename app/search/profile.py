"""Search profiles: how a search ranks passages. A tenant chooses one for its chat by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from app.storage.sql.fulltext import Scoring

SearchMode = Literal["hybrid", "dense", "lexical"]
VectorSpace = Literal["embeddings", "word_vectors"]
ProfileName = Literal["hybrid", "cosine", "euclidean", "bm25", "tfidf", "word_vectors"]


@dataclass(frozen=True, slots=True)
class SearchProfile:
    """How a search ranks passages."""

    mode: SearchMode = "hybrid"  # which retrievers find and score passages
    scoring: Scoring = "bm25"  # of the lexical retriever
    diversity: float = 0.0  # 0 to 1: how much a passage loses if it repeats a better one
    rerank: bool = True  # let the reranker order the best passages, if the service has one
    space: VectorSpace = "embeddings"  # of the dense retriever


HYBRID = SearchProfile()
# Vectors have norm 1: |a - b|² = 2 - 2ab, so Euclidean distance ranks exactly as cosine does, on the same index.
PROFILES: Mapping[str, SearchProfile] = MappingProxyType(
    {
        "hybrid": HYBRID,
        "cosine": SearchProfile("dense"),
        "euclidean": SearchProfile("dense"),
        "bm25": SearchProfile("lexical", "bm25"),
        "tfidf": SearchProfile("lexical", "tfidf"),
        "word_vectors": SearchProfile("dense", space="word_vectors"),
    }
)
