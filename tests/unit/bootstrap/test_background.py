"""The processes that answer no HTTP."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from app.bootstrap.background import _open_health
from app.domain.processes import ProcessKind
from app.errors import InvalidRequest
from app.operations.processes.heartbeat import Heartbeat
from app.storage.database import Database


def test_health_port_that_is_taken_is_named(db: Database) -> None:
    heartbeat = Heartbeat(db, ProcessKind.WORKER)
    with socket.create_server(("127.0.0.1", 0)) as taken, ExitStack() as stack:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidRequest, match=f"The health port 127.0.0.1:{port} cannot be opened: Address already"):
            _open_health(stack, heartbeat, "127.0.0.1", port)


def test_later_fault_of_the_system_is_not_put_on_the_health_port(db: Database) -> None:
    heartbeat = Heartbeat(db, ProcessKind.WORKER)
    with pytest.raises(OSError, match="no more threads"), ExitStack() as stack:
        _open_health(stack, heartbeat, "127.0.0.1", 0)
        raise OSError("no more threads")
