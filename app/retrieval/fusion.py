"""Joining the dense and the lexical leg: a leg that has nothing to say has no vote.

Reciprocal rank fusion gives the lexical leg's ranks the same weight when it matched one stray word as when it
matched the whole question; across languages that destroys the dense leg's order. Here scores are normalised per
leg and the lexical leg weighs as much as its best hit covers of the question.
"""

from __future__ import annotations

from collections.abc import Mapping

MOST_LEXICAL = 0.5  # weight of the lexical leg when its best hit holds every word of the question
COVERAGE_FLOOR = 0.35  # below it the lexical leg is silent


def lexical_weight(best_coverage: float) -> float:
    """Weight of the lexical leg, given how much of the question its best hit covers (0 to 1)."""
    return MOST_LEXICAL * max(0.0, best_coverage - COVERAGE_FLOOR) / (1 - COVERAGE_FLOOR)


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float], weight: float) -> dict[int, float]:
    """Fused scores (0 to 1) of all ids in either leg; `weight` is the lexical leg's share."""
    dense_scores, lexical_scores = normalized(dense), normalized(lexical)
    return {
        key: (1 - weight) * dense_scores.get(key, 0.0) + weight * lexical_scores.get(key, 0.0)
        for key in dense.keys() | lexical.keys()
    }


def normalized(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores moved to 0..1: the leg's worst candidate gets 0, its best 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}
