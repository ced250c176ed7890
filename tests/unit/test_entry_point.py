"""`loracle` runs its own modules, and says so in one line if another distribution has theirs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.support.paths import ROOT


def loracle(folder: Path) -> subprocess.CompletedProcess[str]:
    """`python -m loracle --version` in a folder, whose modules come first."""
    command = [sys.executable, "-m", "loracle", "--version"]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_own_modules_are_run(tmp_path: Path) -> None:
    done = loracle(tmp_path)
    assert (done.returncode, done.stdout) == (0, f"loracle {__version__}\n")


@pytest.mark.parametrize("name", ["app", "migrations"])
@pytest.mark.parametrize("file", ["{}/__init__.py", "{}.py"])
def test_a_module_of_another_distribution_is_named(tmp_path: Path, name: str, file: str) -> None:
    other = tmp_path / file.format(name)
    other.parent.mkdir(exist_ok=True)
    other.write_text("raise SystemExit('never imported')\n")
    done = loracle(tmp_path)
    (line,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert line.startswith(f"loracle: the module `{name}` is not Loracle's but {tmp_path}")
