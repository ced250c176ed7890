"""The port that says whether a process without an API is well."""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import cast

import httpx
import pytest

from app.errors import InvalidRequest
from app.operations.processes.health_server import ProcessHealth, health_server
from app.operations.processes.heartbeat import Heartbeat


def health(*, healthy: bool, draining: bool) -> ProcessHealth:
    made = ProcessHealth()
    made.follow(cast("Heartbeat", SimpleNamespace(is_healthy=healthy, is_draining=draining)))
    return made


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (health(healthy=True, draining=False), (200, 200, 404)),
        (health(healthy=True, draining=True), (200, 503, 404)),
        (health(healthy=False, draining=False), (503, 503, 404)),
        (ProcessHealth(), (200, 503, 404)),
    ],
    ids=["at work", "draining", "without a database", "starting"],
)
def test_process_is_healthy_and_ready_as_its_heartbeat_says(
    asked: ProcessHealth, answers: tuple[int, int, int]
) -> None:
    with health_server("127.0.0.1", 0, asked) as port:
        paths = ("/healthz", "/readyz", "/secrets")
        assert tuple(httpx.get(f"http://127.0.0.1:{port}{path}").status_code for path in paths) == answers


def test_port_that_is_taken_is_refused_and_a_closed_one_is_free_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (
            pytest.raises(InvalidRequest, match="another process listens there"),
            health_server("127.0.0.1", taken.getsockname()[1], ProcessHealth()),
        ):
            pass
    with health_server("127.0.0.1", 0, ProcessHealth()) as port:
        pass
    with health_server("127.0.0.1", port, ProcessHealth()) as again:
        assert again == port
