"""The processes that answer no HTTP."""

from __future__ import annotations

import json
import socket

import httpx
import pytest

from app.bootstrap.background import _health_port, run_trainer, run_worker
from app.domain.processes import ProcessKind
from app.errors import InvalidRequest
from app.settings import Settings


@pytest.mark.parametrize("run", [run_worker, run_trainer])
def test_health_port_that_is_taken_is_told_before_anything_is_opened(run, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    unmade = settings.model_copy(update={"data_dir": settings.data_dir / "new"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidRequest, match=f"127.0.0.1:{port} cannot be opened .--health-host"):
            run(unmade, "127.0.0.1", port)
    assert not unmade.data_dir.exists()


def test_later_fault_of_the_system_is_not_put_on_the_health_port(settings: Settings) -> None:
    with (
        pytest.raises(OSError, match="no more threads"),
        _health_port(settings, ProcessKind.WORKER, "127.0.0.1", 0),
    ):
        raise OSError("no more threads")


def test_process_that_starts_lives_and_is_not_ready(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with _health_port(settings, ProcessKind.WORKER, "127.0.0.1", 0):
        (line,) = capsys.readouterr().err.splitlines()
        started = json.loads(line)
        url = f"http://127.0.0.1:{started['health_port']}"
        assert [httpx.get(f"{url}{path}").status_code for path in ("/healthz", "/readyz")] == [200, 503]
    assert (started["event"], started["process"]) == ("starting", "worker")
    assert started["data_dir"] == str(settings.data_dir)
