"""Scores of a ranking: nDCG, recall and reciprocal rank."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankingScores:
    """Scores of one query, or means over queries; each 0 to 1."""

    ndcg_10: float
    recall_5: float
    recall_100: float
    mrr: float  # reciprocal rank of the first relevant document among the first 10


def score_ranking(ranking: Sequence[str], relevant: Mapping[str, int]) -> RankingScores:
    """Score one query: `ranking` has document ids, best first, each once; `relevant` has the gains."""
    return RankingScores(
        ndcg(ranking, relevant, 10),
        recall(ranking, relevant, 5),
        recall(ranking, relevant, 100),
        mrr(ranking, relevant),
    )


def mean_scores(scores: Sequence[RankingScores]) -> RankingScores:
    """Means over queries; all 0 if there are none."""
    count = max(1, len(scores))
    return RankingScores(
        sum(one.ndcg_10 for one in scores) / count,
        sum(one.recall_5 for one in scores) / count,
        sum(one.recall_100 for one in scores) / count,
        sum(one.mrr for one in scores) / count,
    )


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval computes it for BEIR."""
    gains = [relevant.get(document, 0) for document in ranking[:depth]]
    best = sorted(relevant.values(), reverse=True)[:depth]
    ideal = _discounted(best)
    return _discounted(gains) / ideal if ideal else 0.0


def recall(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Share of the relevant documents among the first `depth`."""
    if not relevant:
        return 0.0
    return sum(document in relevant for document in ranking[:depth]) / len(relevant)


def mrr(ranking: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """One over the rank of the first relevant document; 0 if it is not among the first `depth`."""
    return next((1 / rank for rank, document in enumerate(ranking[:depth], 1) if document in relevant), 0.0)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
