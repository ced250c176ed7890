"""The systems that Loracle runs on: Linux; macOS untested; on Windows only the commands that call a service."""

from __future__ import annotations

import os
import sys

from app.errors import Unavailable

OVER_HTTP = frozenset({"ask", "ingest", "watch", "train", "reparse"})  # commands that only call a service


def prepare_platform(command: str | None) -> None:
    """Prepare this process for its system, before PyTorch is imported.

    `command` is the one that will run. Raises Unavailable on Windows if that is a part of the service.
    """
    if command in OVER_HTTP or "--help" in sys.argv:
        return
    if sys.platform == "win32":
        raise Unavailable(
            "This command does not run on Windows: use WSL (https://learn.microsoft.com/windows/wsl) or Docker "
            "(docs/how-to/run-with-docker.md). `loracle ask` and `loracle ingest` run here, with a service elsewhere."
        )
    if sys.platform == "darwin":
        # PyTorch, FAISS and scikit-learn each bring an OpenMP library, whose second copy would end the process.
        os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
