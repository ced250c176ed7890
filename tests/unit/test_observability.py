"""What /metrics shows, how long steps take, and what log lines hold."""

from __future__ import annotations

import json

import pytest
import structlog
from prometheus_client import generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.engine.stats import Histogram
from app.observability import Metrics, StepTimer, process_age_s
from app.storage.database import Database


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


def logged(caplines: pytest.CaptureFixture[str], **values: object) -> dict[str, object]:
    structlog.get_logger().warning("event", **values)
    line: dict[str, object] = json.loads(caplines.readouterr().err)
    return line


def test_a_logged_value_cannot_change_how_its_line_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    line = logged(capsys, user="ana\x1b[2J\n\u202ebob\u2028", names=["a\x00b"])
    assert line["user"] == "ana\\u001b[2J\\u000a\\u202ebob\\u2028"
    assert line["names"] == ["a\\u0000b"]


def test_a_lone_surrogate_is_no_end_of_logging(capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(capsys, user="a\ud800")["user"] == "a\\ud800"


def test_no_secret_and_no_value_of_a_row_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    secret = "A1" * 20
    fault = "duplicate key value\nDETAIL:  Key (name)=(Confidential) already exists.\nHINT: none"
    line = logged(capsys, message=fault, key=f"lk_{secret}", token=f"Bearer lt_{secret}")
    assert "Confidential" not in str(line)
    assert (line["key"], line["token"]) == ("lk_***", "Bearer lt_***")


@pytest.mark.both_databases
def test_no_parameter_of_a_statement_is_logged(capsys: pytest.CaptureFixture[str], db: Database) -> None:
    value = "dential".join(["Confi", ""])  # no line of the source, which a traceback shows, has it
    try:
        with db.read() as session:
            session.execute(text("SELECT no_such_function(:value)"), {"value": value})
    except DBAPIError:
        structlog.get_logger().exception("request_crashed")
    written = capsys.readouterr().err
    assert "no_such_function" in written
    assert value not in written


def test_age_of_a_process_is_never_negative(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was set back since it was started."""
    monkeypatch.setattr("app.observability.time.time", lambda: 0.0)
    assert process_age_s() == 0.0


def test_steps_are_reported_as_they_end() -> None:
    told: list[tuple[str, float]] = []
    timer = StepTimer(lambda name, seconds: told.append((name, seconds)))
    timer.add("database", 1.5)
    timer.add("database", 0.5)
    assert (told, timer.seconds) == ([("database", 1.5), ("database", 0.5)], {"database": 2.0})
