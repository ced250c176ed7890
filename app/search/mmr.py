"""Maximal marginal relevance: passages that are good and do not repeat each other (Carbonell and Goldstein, 1998)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt


def diversified(
    order: Sequence[int],
    scores: Mapping[int, float],
    vectors: Mapping[int, npt.NDArray[np.float32]],
    *,
    k: int,
    diversity: float,
    similarity_floor: float,
) -> list[int]:
    """The `k` of `order` to show, best first. `diversity` 0 keeps the order, 1 only avoids repetition.

    An id without a vector repeats nothing.
    """
    left, chosen = list(order), list[int]()
    repeats = dict.fromkeys(left, 0.0)
    while left and len(chosen) < k:
        best = max(left, key=lambda i: (1 - diversity) * scores[i] - diversity * repeats[i])
        left.remove(best)
        chosen.append(best)
        for i in left:
            if i in vectors and best in vectors:
                cosine = float(vectors[i] @ vectors[best])
                repeats[i] = max(repeats[i], (cosine - similarity_floor) / (1 - similarity_floor))
    return chosen
