"""Joining the dense and the lexical leg: the mean of two scores that mean the same on every question.

Ranks and scores stretched per question forget how good a leg's best hit is: a leg that matched one stray word then
votes like one that matched the whole question. Here both legs are on absolute scales, so that a leg that has
nothing to say is near 0 everywhere and changes no order. Compared with rank, z-score and min-max fusion in
docs/decisions/0010-fusion.md.
"""

from __future__ import annotations

from collections.abc import Mapping

DENSE_SHARE = 0.5


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float], similarity_floor: float) -> dict[int, float]:
    """Fused scores, 1 at best, of ids with a lexical score (0 to 1); one without a vector counts as unrelated."""
    return {
        key: DENSE_SHARE * relatedness(dense.get(key, similarity_floor), similarity_floor) + (1 - DENSE_SHARE) * score
        for key, score in lexical.items()
    }


def relatedness(cosine: float, similarity_floor: float) -> float:
    """A cosine as 1 for the same and 0 for unrelated texts; embedders differ in where that is."""
    return (cosine - similarity_floor) / (1 - similarity_floor)
