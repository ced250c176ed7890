"""The languages in which tesseract can read pictures of text on this machine."""

from __future__ import annotations

import shutil
import subprocess

TIMEOUT_S = 10.0


def installed_languages() -> frozenset[str] | None:
    """tesseract's names of them, such as "eng"; None if the program is not installed or does not run."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            [program, "--list-langs"], capture_output=True, timeout=TIMEOUT_S, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return frozenset(done.stdout.split("\n")[1:]) - {""}  # below a headline
