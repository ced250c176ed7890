"""The flag of a process that is asked to stop, and the time it has left."""

from __future__ import annotations

import pytest

from app.http.drain import Drain


def test_time_runs_from_the_first_start_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("app.http.drain.time.monotonic", lambda: clock[0])
    drain = Drain()
    assert (drain.is_set(), drain.left_s(35)) == (False, 35)
    drain.start()
    clock[0] += 30
    drain.start()
    assert (drain.is_set(), drain.left_s(35)) == (True, 5)
    clock[0] += 30
    assert drain.left_s(35) == 0


def test_callbacks_are_called_once() -> None:
    drain, calls = Drain(), []
    drain.on_start(lambda: calls.append("started"))
    drain.start()
    drain.start()
    assert calls == ["started"]
