"""Fitting the refusal threshold: it separates what can be separated, within a bound on false refusals."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import InvalidRequest
from app.evaluations.calibrate import calibrate


def test_threshold_separates_what_can_be_separated() -> None:
    random = np.random.default_rng(0)
    answerable = [i % 2 == 0 for i in range(200)]
    sure = [random.normal(0.8 if flag else 0.3, 0.1) for flag in answerable]
    fitted = calibrate(sure, answerable, 0.08)
    assert 0.4 < fitted.threshold < 0.7
    assert fitted.balanced_accuracy > 0.95


def test_false_refusals_are_bounded_even_where_refusing_more_would_score_better() -> None:
    random = np.random.default_rng(1)
    answerable = [i % 2 == 0 for i in range(1000)]
    sure = [random.normal(0.5 if flag else 0.4, 0.1) for flag in answerable]
    assert calibrate(sure, answerable, 0.05).false_refusals < 0.08


def test_noise_is_not_mistaken_for_skill() -> None:
    random = np.random.default_rng(2)
    answerable = [i % 2 == 0 for i in range(400)]
    fitted = calibrate(random.random(400).tolist(), answerable, 1.0)
    assert abs(fitted.balanced_accuracy - 0.5) < 0.08


def test_too_few_questions_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="at least 20"):
        calibrate([0.5] * 30, [True] * 25 + [False] * 5, 0.1)
