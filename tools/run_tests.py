"""`python -m tools.run_tests [what pytest takes]` runs all tests in two parts and closes with a line that counts both.

Most run in two processes; then, by themselves, those that need the machine alone: tests/support/alone.py names them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

# The tests of a file stay together and in order: they share a service. A process that crashes ends this part: in
# another one its file would crash again. `-n` in the arguments wins.
TOGETHER = ("--alone=without", "-n", "2", "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0")
ONE_THREAD = {"OMP_NUM_THREADS": "1"}  # more would only wait for those of the other process
ALONE = ("--alone=only", "-n", "0")


def main(arguments: Sequence[str]) -> int:
    """pytest's exit status, of the first part that did not pass. Prints a closing line like pytest's."""
    started, counts = time.monotonic(), Counter[str]()
    statuses = [
        run([*TOGETHER, *arguments], counts, ONE_THREAD),
        run([*arguments, *ALONE], counts),
    ]
    said = ", ".join(f"{number} {name}" for name, number in counts.items() if number) or "no tests ran"
    print(f"{f' {said} in {time.monotonic() - started:.2f}s ':=^100}", flush=True)  # noqa: T201
    of_tests = [status for status in statuses if status != pytest.ExitCode.NO_TESTS_COLLECTED]
    return next(filter(None, of_tests), 0) if of_tests else int(pytest.ExitCode.NO_TESTS_COLLECTED)


def run(arguments: Sequence[str], counts: Counter[str], more: Mapping[str, str] | None = None) -> int:
    """Run pytest, and add how its tests ended to `counts`. `more`: of its environment. Returns its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *arguments, f"--junitxml={report}"]
        status = subprocess.run(command, check=False, env={**os.environ, **(more or {})}).returncode  # noqa: S603
        if report.exists():
            counts.update(counted(report))
    return status


def counted(report: Path) -> dict[str, int]:
    """How many tests failed, passed and so on, by pytest's words, from a report in JUnit's form."""
    suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314 - our own
    tests, failed, skipped, errors = (int(suite.get(name, 0)) for name in ("tests", "failures", "skipped", "errors"))
    return {"failed": failed, "passed": tests - failed - skipped - errors, "skipped": skipped, "error": errors}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
