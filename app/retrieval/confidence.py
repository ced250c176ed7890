"""How likely it is that the passages answer the question, from retrieval alone.

A logistic over the best cosine similarity and the share of the question's words the best passages cover.
How it was fitted: docs/decisions/0003-refusal-from-retrieval.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.retrieval.language import detect_language
from app.retrieval.passage import Passage
from app.retrieval.words import content_stems, coverage

INTERCEPT = -3.64
SIMILARITY_WEIGHT = 4.21
COVERAGE_WEIGHT = 3.21
ACROSS_LANGUAGES = 0.6  # coverage taken as given when question and passage are in different languages
LOOKED_AT = 3


def confidence(question: str, passages: Sequence[Passage], unrelated_cosine: float) -> float:
    """Probability, 0 to 1, that `passages` (best first) hold the answer; 0 if there are none.

    `unrelated_cosine` is the embedder's: where its similarities begin to mean something.
    """
    cosines = [passage.dense for passage in passages if passage.dense is not None]
    if not cosines:
        return 0.0
    similarity = max(0.0, max(cosines) - unrelated_cosine) / (1 - unrelated_cosine)
    return logistic(similarity, best_coverage(question, passages))


def best_coverage(question: str, passages: Sequence[Passage]) -> float:
    """Share of the question's content words in the best of the first few passages."""
    wanted = content_stems(question)
    texts = [f"{passage.live.chunk.heading} {passage.live.chunk.text}" for passage in passages[:LOOKED_AT]]
    covered = max((coverage(wanted, text) for text in texts), default=0.0)
    if texts and detect_language(texts[0]) != detect_language(question):
        return max(covered, ACROSS_LANGUAGES)
    return covered


def logistic(similarity: float, covered: float) -> float:
    return 1 / (1 + math.exp(-(INTERCEPT + SIMILARITY_WEIGHT * similarity + COVERAGE_WEIGHT * covered)))
