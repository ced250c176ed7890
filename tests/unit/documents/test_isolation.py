"""A process that reads files has no network, by each of two ways alone, and reads nothing where neither can be had."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from app.bootstrap import sandbox as start
from app.bootstrap.limits import parser_limits
from app.documents.parsing import confinement, isolation, sandbox
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.isolation import Isolation, isolation_in_force
from app.documents.parsing.parser_worker import run_child
from app.documents.parsing.sandbox import parse_sandboxed
from app.errors import DocumentFailure, Unavailable
from app.settings import Settings
from tests.support.files import MUSEUM

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="macOS has neither way")

# As the default profile of containers has it: a filter that is there already refuses namespaces.
NO_NAMESPACE = """
unshare = {"x86_64": 272, "aarch64": 97}[isolation.platform.machine()]
calls = dict(isolation.SYSTEM_CALLS)
isolation.SYSTEM_CALLS = {name: (number, (unshare,)) for name, (number, _) in calls.items()}
isolation._filter_system_calls(isolation.ctypes.CDLL(None))
isolation.SYSTEM_CALLS = calls
"""
NO_FILTER = "isolation.SYSTEM_CALLS = {}"
TRY = """
import socket, subprocess, sys
from app.documents.parsing import isolation
{prepare}
print(*isolation.close_network(), sep=", ")
connect = "import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
for attempt in (lambda: exec(connect), lambda: subprocess.run([sys.executable, "-c", connect], check=True, stderr=-3)):
    try:
        attempt()
    except (OSError, subprocess.CalledProcessError):
        print("refused")
    else:
        print("connected")
"""


def attempts(prepare: str) -> list[str]:
    """What an isolated process has, and what it and a program that it starts get of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = TRY.format(prepare=prepare, port=server.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_filter_alone_closes_the_network() -> None:
    assert attempts(NO_NAMESPACE) == ["system call filter", "refused", "refused"]


def test_the_namespace_alone_closes_the_network() -> None:
    if Isolation.NAMESPACE not in isolation_in_force():
        pytest.skip("this machine refuses namespaces")
    assert attempts(NO_FILTER) == ["network namespace", "refused", "refused"]


def test_without_isolation_the_server_would_be_reached() -> None:
    assert attempts("isolation.close_network = lambda: ()") == ["", "connected", "connected"]


def _without_isolation(answer: Connection, path: str, media_type: str, limits: ParserLimits) -> None:
    confinement.close_network = lambda: ()
    run_child(answer, path, media_type, limits)


def test_file_is_read_without_isolation_only_if_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    (tmp_path / "file").write_bytes(MUSEUM)
    monkeypatch.setattr(sandbox, "run_child", _without_isolation)
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(tmp_path / "file", "text/markdown", parser_limits(settings))
    assert caught.value.code == "parser_isolation"
    told = parser_limits(settings.model_copy(update={"parser_isolation": "best-effort"}))
    assert "opens at ten" in parse_sandboxed(tmp_path / "file", "text/markdown", told).text


def test_start_and_doctor_say_what_holds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert Isolation.FILTER in isolation_in_force()
    (finding,) = start.diagnose_sandbox(settings)
    assert finding.ok
    assert "system call filter" in finding.text

    monkeypatch.setattr(start, "isolation_in_force", tuple)
    with pytest.raises(Unavailable, match="LORACLE_PARSER_ISOLATION=best-effort"):
        start.check_sandbox(settings)
    (finding,) = start.diagnose_sandbox(settings)
    assert not finding.ok
    assert "LORACLE_PARSER_ISOLATION=best-effort" in finding.text

    told = settings.model_copy(update={"parser_isolation": "best-effort"})
    with caplog.at_level(logging.WARNING):
        start.check_sandbox(told)
    (finding,) = start.diagnose_sandbox(told)
    assert finding.ok
    assert "Nothing keeps" in finding.text


def test_other_systems_have_neither_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation.sys, "platform", "darwin")
    assert isolation.close_network() == ()
