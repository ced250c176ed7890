"""Maximal marginal relevance: passages that are good and do not repeat each other (Carbonell and Goldstein, 1998)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.search.scores import relatedness


def mmr(
    order: Sequence[int],
    scores: Mapping[int, float],
    vectors: Mapping[int, npt.NDArray[np.float32]],
    *,
    k: int,
    diversity: float,
    similarity_floor: float,
) -> list[int]:
    """Choose `k` ids of `order`, best first. `diversity` 0 preserves the order, 1 only avoids repetition.

    `vectors` have shape (dimension,) and norm 1. An id without a vector repeats nothing.
    """
    remaining, chosen = list(order), list[int]()
    repetition = dict.fromkeys(remaining, 0.0)
    while remaining and len(chosen) < k:
        best = max(remaining, key=lambda i: (1 - diversity) * scores[i] - diversity * repetition[i])
        remaining.remove(best)
        chosen.append(best)
        for i in remaining:
            if i in vectors and best in vectors:
                cosine = float(vectors[i] @ vectors[best])
                repetition[i] = max(repetition[i], relatedness(cosine, similarity_floor))
    return chosen
