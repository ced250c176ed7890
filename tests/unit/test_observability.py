"""What /metrics shows, and how long steps take."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from app.engine.stats import Histogram
from app.observability import Metrics, StepTimer, process_age_s


def test_kept_histograms_are_shown_cumulatively() -> None:
    kept = Histogram()
    for seconds in (0.001, 0.02, 0.02, 99.0):
        kept.observe(seconds)
    metrics = Metrics()
    metrics.durations.histograms = {"ttft": (kept.bounds, kept.counts, kept.total)}
    text = generate_latest(metrics.registry).decode()
    assert 'loracle_generator_ttft_seconds_bucket{le="0.005"} 1.0' in text
    assert 'loracle_generator_ttft_seconds_bucket{le="0.025"} 3.0' in text
    assert 'loracle_generator_ttft_seconds_bucket{le="+Inf"} 4.0' in text
    assert "loracle_generator_ttft_seconds_count 4.0" in text


def test_a_step_in_several_parts_counts_once_and_also_when_it_fails() -> None:
    timer = StepTimer()
    timer.add("import", 1.5)
    with timer.measure("weights"):
        pass
    with pytest.raises(ZeroDivisionError), timer.measure("import"):
        raise ZeroDivisionError
    assert list(timer.seconds) == ["import", "weights"]
    assert timer.seconds["import"] > 1.5
    assert timer.rounded()["import"] == 1.5


def test_the_process_is_older_than_this_test() -> None:
    assert 0 < process_age_s() < 24 * 3600
