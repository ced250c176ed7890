"""Other ways to join two rankings, to compare the product's with: by rank, by scores stretched per question."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping

RANK_CONSTANT = 60  # of reciprocal rank fusion (Cormack et al., 2009)

Scored = Mapping[str, float]  # of one leg: its best documents with their scores
Fusion = Callable[[Scored, Scored], dict[str, float]]


def reciprocal_rank(dense: Scored, lexical: Scored) -> dict[str, float]:
    return _summed(_reciprocals(dense), _reciprocals(lexical))


def min_max(dense: Scored, lexical: Scored) -> dict[str, float]:
    """Each leg from 0, its worst hit, to 1, its best."""
    return _summed(_stretched(dense), _stretched(lexical))


def standard_scores(dense: Scored, lexical: Scored) -> dict[str, float]:
    """Each leg by its distance from the mean in standard deviations; what a leg lacks counts as its worst."""
    first, second = _standardised(dense), _standardised(lexical)
    lowest = min(first.values(), default=0.0), min(second.values(), default=0.0)
    return {i: first.get(i, lowest[0]) + second.get(i, lowest[1]) for i in first.keys() | second.keys()}


def weighted_ranks(dense: Scored, lexical: Scored) -> dict[str, float]:
    """By rank, each leg with the weight of its best hit on the product's absolute scales."""
    weights = max(dense.values(), default=0.0), max(lexical.values(), default=0.0)
    first, second = _reciprocals(dense), _reciprocals(lexical)
    return _summed(
        {i: weights[0] * score for i, score in first.items()}, {i: weights[1] * score for i, score in second.items()}
    )


FUSIONS: dict[str, Fusion] = {
    "rrf": reciprocal_rank,
    "weighted_rrf": weighted_ranks,
    "min_max": min_max,
    "z_score": standard_scores,
}


def ranked(scores: Scored) -> list[str]:
    return sorted(scores, key=lambda i: (-scores[i], i))


def _summed(first: Scored, second: Scored) -> dict[str, float]:
    return {i: first.get(i, 0.0) + second.get(i, 0.0) for i in first.keys() | second.keys()}


def _reciprocals(scores: Scored) -> dict[str, float]:
    return {i: 1 / (RANK_CONSTANT + rank) for rank, i in enumerate(ranked(scores), 1)}


def _stretched(scores: Scored) -> dict[str, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=1.0)
    return {i: (score - low) / (high - low or 1.0) for i, score in scores.items()}


def _standardised(scores: Scored) -> dict[str, float]:
    spread = statistics.pstdev(scores.values()) if len(scores) > 1 else 0.0
    mean = statistics.fmean(scores.values()) if scores else 0.0
    return {i: (score - mean) / (spread or 1.0) for i, score in scores.items()}
