"""All tests in two parts: whichever part fails, both run, the status says so, and the last line counts both."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PASSES = "def test_{}(): pass\n"
FAILS = "def test_{}(): assert False\n"
CRASHES = "def test_{}():\n    import os\n    os._exit(1)\n"


def run(folder: Path, *arguments: str, **modules: str) -> tuple[int, str]:
    """The exit status and the closing line for these modules: `alone` is one that runs by itself."""
    (folder / "pytest.ini").touch()
    for name, source in modules.items():
        module = folder / "tests" / ("reliability" if name == "alone" else "unit") / f"test_{name}.py"
        module.parent.mkdir(parents=True)
        module.write_text(source)
    more = ("-p", "xdist", "-p", "tests.support.alone", "-n", "2", *arguments)
    outer = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "tools.run_tests", "--rootdir", str(folder), str(folder), *more],
        check=False,
        cwd=ROOT,
        env={**outer, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    line = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"=+ .* in \d+\.\d\ds =+", line), done.stdout + done.stderr
    return done.returncode, line.strip("= ").partition(" in ")[0]


def test_both_parts_are_counted(tmp_path: Path) -> None:
    skips = "import pytest\n@pytest.mark.skip\n" + PASSES.format("skipped")
    plain = PASSES.format("a") + PASSES.format("b") + skips
    assert run(tmp_path, plain=plain, alone=PASSES.format("c")) == (0, "3 passed, 1 skipped")


@pytest.mark.parametrize(
    ("plain", "alone", "ended"),
    [
        (FAILS, PASSES, "1 failed, 1 passed"),
        (PASSES, FAILS, "1 failed, 1 passed"),
        (CRASHES, PASSES, "1 passed, 1 error"),
    ],
    ids=["failure", "failure alone", "crash"],
)
def test_a_fault_in_one_part_fails_both_and_hides_no_other(tmp_path: Path, plain: str, alone: str, ended: str) -> None:
    status, line = run(tmp_path, plain=plain.format("a"), alone=alone.format("b"))
    assert (status != 0, line) == (True, ended)


def test_a_part_without_tests_is_none_that_failed(tmp_path: Path) -> None:
    assert run(tmp_path, "-k", "test_b", plain=PASSES.format("a"), alone=PASSES.format("b")) == (0, "1 passed")


def test_no_tests_at_all_are_told_as_pytest_does(tmp_path: Path) -> None:
    assert run(tmp_path, plain="") == (pytest.ExitCode.NO_TESTS_COLLECTED, "no tests ran")
