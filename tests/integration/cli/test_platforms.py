"""On Windows and macOS: help everywhere, one clear line for what does not run, guards for what the system refuses."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from app.cli import platforms
from app.documents.parsing import confinement
from app.documents.parsing.document_builder import ParserLimits
from tests.support.paths import ROOT

# What other libraries import by the platform is imported as on this system, before it looks like Windows.
AS_ON_WINDOWS = """
import asyncio, ctypes, multiprocessing, subprocess, sys, sysconfig, tempfile, typing, uuid, zoneinfo
import anyio._backends._asyncio, httpx, psutil, pydantic, pydantic.fields, rich.console, structlog, typer.rich_utils
for module in "fcntl grp pty pwd resource syslog termios tty".split():
    sys.modules[module] = None
sys.platform = "win32"
from app.cli import main
sys.argv = ["loracle", *sys.argv[1:]]
main()
"""


def on_windows(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", AS_ON_WINDOWS, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("serve", "--help"), ("ingest", "--help")])
def test_help_and_version_work_on_windows(arguments: tuple[str, ...]) -> None:
    done = on_windows(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("arguments", [("serve",), ("tenants", "list")])
def test_a_part_of_the_service_is_refused_on_windows_in_one_line(arguments: tuple[str, ...]) -> None:
    done = on_windows(*arguments)
    assert done.returncode in {1, 2}
    (line,) = done.stderr.splitlines()
    assert line.startswith("loracle: This command does not run on Windows: use WSL")


def test_a_command_that_calls_a_service_runs_on_windows() -> None:
    done = on_windows("ask", "hello", "--key", "x", "--url", "http://127.0.0.1:9")
    assert "the service cannot be reached" in done.stderr


def test_macos_lets_several_openmp_libraries_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["loracle"])
    monkeypatch.setattr(platforms.sys, "platform", "darwin")
    monkeypatch.setenv("KMP_DUPLICATE_LIB_OK", "kept")
    platforms.prepare_platform("serve")
    assert os.environ["KMP_DUPLICATE_LIB_OK"] == "kept"
    monkeypatch.delenv("KMP_DUPLICATE_LIB_OK")
    platforms.prepare_platform("serve")
    assert os.environ["KMP_DUPLICATE_LIB_OK"] == "TRUE"


def test_a_bound_that_macos_refuses_is_left_out_there_and_fatal_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def refuse_address_space(kind: int, bounds: tuple[int, int]) -> None:
        if kind == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")
        taken.append(kind)

    monkeypatch.setattr(resource, "setrlimit", refuse_address_space)
    with pytest.raises(ValueError, match="exceeds"):
        confinement._bound(ParserLimits())
    monkeypatch.setattr(confinement.sys, "platform", "darwin")
    confinement._bound(ParserLimits())
    assert {resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE} <= set(taken)
