"""`python -m tools.run_tests [what pytest takes]` runs all tests in two parts and closes with a line that counts both.

First most of them, with `-n 2` in two processes; then, in a process of their own, those that need the machine alone:
tests/support/alone.py names them. Both parts run, whatever the first one says.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

# The tests of a file stay together and in order: they share a service. A process that crashes ends this part: in
# another one its file would crash again.
TOGETHER = ("--alone=without", "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0", "-n", "0")
ALONE = ("--alone=only", "-n", "0")


def main(arguments: Sequence[str]) -> int:
    """pytest's exit status, of the first part that did not pass. Prints a closing line like pytest's."""
    started, counts = time.monotonic(), Counter[str]()
    statuses = [
        run([*TOGETHER, *arguments], counts),
        run([*arguments, *ALONE], counts),
    ]
    said = ", ".join(f"{number} {name}" for name, number in counts.items() if number) or "no tests ran"
    print(f"{f' {said} in {time.monotonic() - started:.2f}s ':=^100}", flush=True)  # noqa: T201
    of_tests = [status for status in statuses if status != pytest.ExitCode.NO_TESTS_COLLECTED]
    return next(filter(None, of_tests), 0) if of_tests else int(pytest.ExitCode.NO_TESTS_COLLECTED)


def run(arguments: Sequence[str], counts: Counter[str]) -> int:
    """Run pytest, and add how its tests ended to `counts`. Returns its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *arguments, f"--junitxml={report}"]
        status = subprocess.run(command, check=False).returncode  # noqa: S603
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
