"""Scores and intervals: by hand, by property, against what is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evaluations.metrics import (
    area_under_risk_coverage,
    balanced_accuracy,
    contains,
    exact_match,
    mean_interval,
    paired_bootstrap,
    percentile,
    risk_coverage,
    token_f1,
)
from app.text.normalisation import normalize_answer


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The  Cat, sat!", "en", "cat sat"),
        ("A casa do João.", "pt", "casa do joão"),
        ("A casa do João.", "en", "casa do joão"),
        ("The house", "pt", "the house"),
        ("“Um” – dia…", "pt", "dia"),
        ("Los años", "es", "años"),
        ("João", "pt", "joão"),
    ],
)
def test_normalises_with_the_articles_of_the_language(text: str, language: str, expected: str) -> None:
    assert normalize_answer(text, language) == expected


def test_exact_match_takes_any_answer_and_no_more() -> None:
    assert exact_match("The year 1943.", ["1944", "year 1943"]) == 1
    assert exact_match("in 1943", ["1943"]) == 0
    assert exact_match("x", []) == 0


def test_contains_wants_whole_words() -> None:
    assert contains("He died in 1943, in New York.", ["New York"]) == 1
    assert contains("He died in 19430.", ["1943"]) == 0
    assert contains("anything", ["the"]) == 0  # an answer of articles alone is no answer


def test_token_f1_by_hand() -> None:
    assert token_f1("died in 1943", ["1943"]) == pytest.approx(2 * 1 / (3 + 1))
    assert token_f1("1943", ["in 1944", "in 1943"]) == pytest.approx(2 / 3)
    assert token_f1("a a b", ["a b b"], "pt") == pytest.approx(2 * 1 / (1 + 2))  # "a" is an article there
    assert token_f1("", ["the"]) == 1
    assert token_f1("", ["x"]) == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_f1_is_symmetric_bounded_and_one_for_itself(a: str, b: str) -> None:
    assert token_f1(a, [b]) == token_f1(b, [a])
    assert 0 <= token_f1(a, [b]) <= 1
    assert token_f1(a, [a]) == exact_match(a, [a]) == 1


def test_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(1)
    held = 0
    for seed in range(200):
        interval = mean_interval(random.normal(0.3, 1, 80).tolist(), level=0.9, resamples=500, seed=seed)
        held += interval.low <= 0.3 <= interval.high
    assert 0.82 <= held / 200 <= 0.97


def test_groups_widen_the_interval_of_items_that_err_together() -> None:
    values = [float(document % 2) for document in range(20) for _ in range(10)]
    groups = [str(document) for document in range(20) for _ in range(10)]
    alone, together = mean_interval(values), mean_interval(values, groups=groups)
    assert together.high - together.low > 2 * (alone.high - alone.low)
    assert alone.mean == together.mean == 0.5


def test_pairing_removes_what_both_share() -> None:
    random = np.random.default_rng(0)
    hard = random.random(100)
    better = paired_bootstrap(hard.tolist(), (hard + 0.05).tolist())
    assert better.low == pytest.approx(0.05)
    assert better.high == pytest.approx(0.05)
    with pytest.raises(ValueError, match="same items"):
        paired_bootstrap([1.0], [1.0, 2.0])


def test_interval_is_the_same_for_the_same_seed() -> None:
    assert mean_interval([0.0, 1.0, 1.0], seed=3) == mean_interval([0.0, 1.0, 1.0], seed=3)


def test_no_values_have_no_interval() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_interval([])
    assert math.isnan(percentile([], 0.5))


def test_balanced_accuracy_counts_both_kinds_alike() -> None:
    answerable = [True] * 8 + [False] * 2
    assert balanced_accuracy([False] * 10, answerable) == 0.5
    assert balanced_accuracy([False] * 8 + [True] * 2, answerable) == 1.0
    assert balanced_accuracy([True] * 4 + [False] * 4 + [True, False], answerable) == 0.5
    assert math.isnan(balanced_accuracy([False], [True]))


def test_risk_falls_with_coverage_when_confidence_is_right() -> None:
    curve = risk_coverage([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])
    assert curve == [(0.25, 0.0), (0.5, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    backwards = risk_coverage([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0])
    assert area_under_risk_coverage(curve) < area_under_risk_coverage(backwards)


def test_ties_are_answered_together() -> None:
    assert risk_coverage([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]) == [(1.0, 0.75)]
