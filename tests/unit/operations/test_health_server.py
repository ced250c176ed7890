"""The port that says whether a process without an API is well."""

from __future__ import annotations

import socket

import httpx
import pytest

from app.operations.processes.health_server import health_server


@pytest.mark.parametrize(
    ("healthy", "ready", "answers"),
    [(True, True, (200, 200, 404)), (True, False, (200, 503, 404)), (False, True, (503, 503, 404))],
)
def test_draining_process_is_healthy_and_not_ready(healthy: bool, ready: bool, answers: tuple[int, int, int]) -> None:
    with health_server("127.0.0.1", 0, lambda: healthy, lambda: ready) as port:
        paths = ("/healthz", "/readyz", "/secrets")
        assert tuple(httpx.get(f"http://127.0.0.1:{port}{path}").status_code for path in paths) == answers


def test_port_that_is_taken_is_refused_and_a_closed_one_is_free_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError), health_server("127.0.0.1", taken.getsockname()[1], bool, bool):
            pass
    with health_server("127.0.0.1", 0, lambda: True, lambda: True) as port:
        pass
    with health_server("127.0.0.1", port, lambda: True, lambda: True) as again:
        assert again == port
