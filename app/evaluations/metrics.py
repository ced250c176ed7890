"""Scores of answers (exact match, token F1, contains), bootstrap intervals, and scores of refusals.

Answers are normalised as SQuAD does (Rajpurkar et al., 2016), with the articles of their language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.text.normalisation import normalize_answer, word_f1

RESAMPLES = 2000
MOST_INDICES = 4_000_000  # of the bootstrap in memory


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its bootstrap interval over `n` items."""

    mean: float
    low: float
    high: float
    n: int


def exact_match(prediction: str, answers: Sequence[str], language: str = "en") -> float:
    """1 if the normalised prediction is one of `answers`, else 0."""
    said = normalize_answer(prediction, language)
    return float(any(said == normalize_answer(answer, language) for answer in answers))


def contains(prediction: str, answers: Sequence[str], language: str = "en") -> float:
    """1 if the normalised prediction contains one of `answers` as whole words, else 0."""
    said = f" {normalize_answer(prediction, language)} "
    wanted = [normalize_answer(answer, language) for answer in answers]
    return float(any(f" {answer} " in said for answer in wanted if answer))


def token_f1(prediction: str, answers: Sequence[str], language: str = "en") -> float:
    """Best F1 of the bags of words of prediction and an answer; 1 if both are empty."""
    return max((word_f1(prediction, answer, language) for answer in answers), default=0.0)


def mean_interval(
    values: Sequence[float],
    *,
    level: float = 0.95,
    groups: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """The mean of `values` with a percentile bootstrap interval.

    With `groups` (one name per value, e.g. the document) whole groups are drawn, because errors of answers
    about one document are correlated. Raises ValueError if there are no values or a length differs.
    """
    data = np.asarray(values, np.float64)
    sums, counts = _grouped(data, groups)
    means = _resampled(sums, counts, resamples, np.random.default_rng(seed))
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(data.mean()), float(low), float(high), len(data))


def paired_bootstrap(
    first: Sequence[float],
    second: Sequence[float],
    *,
    level: float = 0.95,
    groups: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """The mean of `second - first`, item by item, with its interval; the same items in the same order."""
    if len(first) != len(second):
        raise ValueError(f"paired scores need the same items: {len(first)} and {len(second)}")
    differences = (np.asarray(second, np.float64) - np.asarray(first, np.float64)).tolist()
    return mean_interval(differences, level=level, groups=groups, resamples=resamples, seed=seed)


def balanced_accuracy(refused: Sequence[bool], answerable: Sequence[bool]) -> float:
    """Mean of the shares of answerable questions answered and of others refused; nan if one kind is absent."""
    kinds = [[r for r, a in zip(refused, answerable, strict=True) if a is kind] for kind in (True, False)]
    if not kinds[0] or not kinds[1]:
        return float("nan")
    answered = 1 - sum(kinds[0]) / len(kinds[0])
    declined = sum(kinds[1]) / len(kinds[1])
    return (answered + declined) / 2


def risk_coverage(confidence: Sequence[float], correct: Sequence[float]) -> list[tuple[float, float]]:
    """(coverage, risk) when only the most confident are answered: risk is 1 - mean of `correct` among those.

    El-Yaniv and Wiener (2010). One point per distinct confidence, coverage rising to 1.
    """
    order = np.argsort(-np.asarray(confidence, np.float64), kind="stable")
    sure = np.asarray(confidence, np.float64)[order]
    right = np.cumsum(np.asarray(correct, np.float64)[order])
    last_of_tie = np.flatnonzero(np.append(np.diff(sure) != 0, [True] * bool(len(sure))))
    return [((i + 1) / len(sure), float(1 - right[i] / (i + 1))) for i in last_of_tie]


def area_under_risk_coverage(curve: Sequence[tuple[float, float]]) -> float:
    """Mean risk over all coverages, 0 (best) to 1."""
    edges = np.array([0.0, *(coverage for coverage, _ in curve)])
    return float(np.sum(np.diff(edges) * np.array([risk for _, risk in curve])))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of `values` do not exceed; nan if there are none."""
    return float(np.quantile(np.asarray(values, np.float64), share)) if len(values) else float("nan")


def _grouped(
    data: npt.NDArray[np.float64], groups: Sequence[str] | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sum and count of each group; without groups, every value is a group."""
    if not len(data):
        raise ValueError("an interval needs at least one value")
    if groups is None:
        return data, np.ones_like(data)
    if len(groups) != len(data):
        raise ValueError(f"{len(groups)} groups for {len(data)} values")
    _, numbers = np.unique(np.asarray(groups), return_inverse=True)
    return np.bincount(numbers, weights=data).astype(np.float64), np.bincount(numbers).astype(np.float64)


def _resampled(
    sums: npt.NDArray[np.float64], counts: npt.NDArray[np.float64], resamples: int, random: np.random.Generator
) -> npt.NDArray[np.float64]:
    """(resamples,) means over groups drawn with replacement."""
    means = []
    batch = max(1, MOST_INDICES // len(sums))
    for start in range(0, resamples, batch):
        drawn = random.integers(0, len(sums), (min(batch, resamples - start), len(sums)))  # (draws, groups)
        means.append(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))
    return np.concatenate(means)
