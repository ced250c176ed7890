"""Readiness is checked in the background; who asks gets the last result, with its age."""

from __future__ import annotations

import threading
import time

import pytest
import structlog

from app.operations.readiness import OK, STALE_S, ReadinessProbe, ReadinessReport

READY = ReadinessReport({"database": OK}, ("a warning",))


class Checks:
    """Counts its calls; the outcome can be changed."""

    def __init__(self) -> None:
        self.count = 0
        self.outcome: ReadinessReport | Exception = READY
        self.called = threading.Event()

    def __call__(self) -> ReadinessReport:
        self.count += 1
        self.called.set()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def wait_for_another(checks: Checks) -> None:
    for _ in range(2):  # the first may have begun before
        checks.called.clear()
        assert checks.called.wait(10)


def test_asking_checks_nothing() -> None:
    checks = Checks()
    probe = ReadinessProbe(checks, lambda: False, interval_s=3600)
    assert not probe.last().ready, "nothing is known before the first check"
    probe.start()
    try:
        assert [probe.last().ready for _ in range(100)] == [True] * 100
        assert (checks.count, probe.last().warnings) == (1, ("a warning",))
    finally:
        probe.close()


def test_report_follows_the_checks_and_survives_their_crash() -> None:
    checks = Checks()
    probe = ReadinessProbe(checks, lambda: False, interval_s=0.01)
    probe.start()
    try:
        with structlog.testing.capture_logs() as logs:
            checks.outcome = RuntimeError("on fire")
            wait_for_another(checks)
            wait_for_another(checks)
            assert probe.last().checks["probe"] == "the check failed; its log line says why"
        assert logs[0]["event"] == "readiness_check_failed"
        checks.outcome = READY
        wait_for_another(checks)
        wait_for_another(checks)
        assert probe.last().ready
    finally:
        probe.close()


def test_draining_is_of_this_moment() -> None:
    draining = [False]
    probe = ReadinessProbe(Checks(), lambda: draining[0], interval_s=3600)
    probe.check()
    assert probe.last().ready
    draining[0] = True
    assert (probe.last().ready, probe.last().checks["draining"]) == (False, "yes")


def test_old_report_is_no_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [time.monotonic()]
    monkeypatch.setattr("app.operations.readiness.time.monotonic", lambda: clock[0])
    probe = ReadinessProbe(Checks(), lambda: False, interval_s=5)
    probe.check()
    clock[0] += 4
    assert (probe.last().ready, probe.last().age_s) == (True, 4.0)
    clock[0] += 5 + STALE_S
    assert not probe.last().ready
    assert "ended 39 seconds ago" in probe.last().checks["probe"]
