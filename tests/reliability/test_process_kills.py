"""A short run of kills: a server, a replica and a worker, then a restart of the database."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.process_kills import measured
from tests.support.postgres import PostgresServer
from tests.support.s3 import S3Server


def test_nothing_is_lost_doubled_or_mixed_up_when_processes_are_killed(
    postgres: PostgresServer, s3: S3Server, tmp_path: Path
) -> None:
    row = measured(postgres, tmp_path, cycles=3, replicas=2, s3=s3, pause_s=0.2)
    assert row["violations"] == []
    done = ("documents", "answers_of_adapters", "activations", "evaluations")
    assert [name for name in done if not row[name]] == []
