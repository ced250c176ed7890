"""The libraries that read hostile files are loaded in the sandboxed process, never in the service."""

from __future__ import annotations

import subprocess
import sys

LOADED = (
    "import sys, app.main, app.bootstrap.runtime; print(*({'pypdfium2', 'PIL', 'lxml', 'xlrd'} & sys.modules.keys()))"
)


def test_service_does_not_load_what_reads_files() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
