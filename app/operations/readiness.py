"""Whether the service is ready, checked regularly and in the background: those who ask get the last result."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

log = structlog.get_logger(__name__)
INTERVAL_S = 5.0
STALE_S = 30.0  # beyond the interval: a check hangs
OK = "ok"


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """The outcome of every check by its name: "ok", or what is wrong."""

    checks: dict[str, str]
    warnings: tuple[str, ...]  # what does not keep the service from answering
    age_s: float = 0.0  # since the checks were made

    @property
    def ready(self) -> bool:
        return all(outcome == OK for outcome in self.checks.values())


class ReadinessProbe:
    """Runs `check` every `interval_s` seconds in a thread of its own, from `start` to `close`."""

    def __init__(
        self, check: Callable[[], ReadinessReport], is_draining: Callable[[], bool], interval_s: float = INTERVAL_S
    ) -> None:
        self._check = check
        self._is_draining = is_draining
        self._interval_s = interval_s
        self._last = ReadinessReport({"probe": "nothing is checked yet"}, ())
        self._checked_at = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="readiness", daemon=True)

    def start(self) -> None:
        """Check once, and then regularly."""
        self.check()
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def check(self) -> None:
        """Check now."""
        self._last = self._check()
        self._checked_at = time.monotonic()

    def last(self) -> ReadinessReport:
        """The last report with its age. Whether the service is draining is of this moment."""
        age_s = time.monotonic() - self._checked_at
        checks = {**self._last.checks, "draining": "yes" if self._is_draining() else OK}
        if age_s > self._interval_s + STALE_S:
            checks["probe"] = f"the last check ended {age_s:.0f} seconds ago"
        return replace(self._last, checks=checks, age_s=round(age_s, 3))

    def _run(self) -> None:
        while not self._ended.wait(self._interval_s):
            try:
                self.check()
            except Exception:
                log.exception("readiness_check_failed")
                self._last = ReadinessReport({"probe": "the check failed; its log line says why"}, ())
                self._checked_at = time.monotonic()
