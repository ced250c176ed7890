"""What /metrics shows."""

from __future__ import annotations

from prometheus_client import generate_latest

from app.engine.stats import Histogram
from app.observability import Metrics


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
