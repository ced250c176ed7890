"""More silent connections than the service has descriptors, for a few seconds."""

from __future__ import annotations

from pathlib import Path

from app.http.server.descriptors import connections_within, raise_descriptor_limit
from tests.reliability.slow_clients import DESCRIPTORS, MOST_GROWN_MB, measured


def test_silent_connections_are_ended_and_the_others_answered(tmp_path: Path) -> None:
    raise_descriptor_limit()  # of the clients, in this process
    silent = 1100
    row = next(measured(tmp_path / "data", silent_count=silent, slow_count=0, seconds=4.0))
    assert row["connections"] == silent
    assert row["closed"] >= silent - connections_within(DESCRIPTORS, silent), "they gave way to others"
    assert (row["health failed"], row["established failed"]) == (0, 0)
    assert row["health"] > 0
    assert row["grown MB"] < MOST_GROWN_MB
