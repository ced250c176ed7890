"""A short run of the crash harness, and the same with faults planted: it must find those."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

POINTS = ["blob durable, no row", "removal logged, rows still there", "ready before commit", "index file named, no row"]
SHORT = """
import sys
from pathlib import Path
from tests.reliability.crashes import cycles
rows = cycles(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] or None, points=sys.argv[5:])
print("KILLED", sum(row["killed"] for row in rows), "VIOLATIONS", sum(row["violations"] for row in rows))
"""


def run(folder: Path, at_random: int, each: int, mutant: str = "") -> tuple[int, int, str]:
    """(kills, violations, output), in a process without threads: the harness forks."""
    command = [sys.executable, "-c", SHORT, str(folder / "run"), str(at_random), str(each), mutant, *POINTS]
    (folder / "run").mkdir()
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "LORACLE_LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    words = done.stdout.split()
    return int(words[-3]), int(words[-1]), done.stdout + done.stderr


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    killed, violations, output = run(tmp_path, 4, 1)
    assert killed >= 4, output
    assert violations == 0, output


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", ["delete-without-log", "unlink-before-commit"])
def test_planted_faults_are_found(tmp_path: Path, mutant: str) -> None:
    _, violations, output = run(tmp_path, 300, 1, mutant)  # it stops at the first one, after fifty kills or so
    assert violations > 0, output
