"""A short run of kills: each kind of process once."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.process_kills import measured
from tests.support.postgres import PostgresServer


def test_nothing_is_lost_doubled_or_mixed_up_when_processes_are_killed(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    row = measured(postgres, tmp_path, cycles=3, pause_s=0.2)
    assert row["violations"] == []
    assert min(row["documents"], row["answers"], row["activations"], row["evaluations"]) > 0
