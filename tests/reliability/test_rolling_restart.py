"""A short rolling restart under load."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.rolling_restart import measured
from tests.support.postgres import PostgresServer

REQUESTS = 150


def test_no_request_fails_while_every_server_is_restarted(postgres: PostgresServer, tmp_path: Path) -> None:
    row = measured(postgres, tmp_path, REQUESTS)
    assert row["requests"] >= REQUESTS
    assert (row["restarts"], row["failed"], dict(row["why"])) == (2, 0, {})
