"""How likely it is that the passages answer the question, from retrieval alone.

A logistic over the best cosine similarity, how far it stands out from the other candidates, and how much of the
question the best passages cover. See docs/decisions/0003-refusal-from-retrieval.md for how it was fitted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.retrieval.passage import Passage
from app.retrieval.words import content_stems, coverage

INTERCEPT = -28.0
COSINE_WEIGHT = 30.0
COVERAGE_WEIGHT = 4.0
LOOKED_AT = 3


def confidence(question: str, passages: Sequence[Passage]) -> float:
    """Probability, 0 to 1, that `passages` (best first) hold the answer; 0 if there are none."""
    cosines = [passage.dense for passage in passages if passage.dense is not None]
    if not cosines:
        return 0.0
    return logistic(max(cosines), best_coverage(question, passages))


def best_coverage(question: str, passages: Sequence[Passage]) -> float:
    """Share of the question's content words in the best of the first few passages."""
    wanted = content_stems(question)
    texts = (f"{passage.live.chunk.heading} {passage.live.chunk.text}" for passage in passages[:LOOKED_AT])
    return max((coverage(wanted, text) for text in texts), default=0.0)


def logistic(cosine: float, covered: float) -> float:
    return 1 / (1 + math.exp(-(INTERCEPT + COSINE_WEIGHT * cosine + COVERAGE_WEIGHT * covered)))
