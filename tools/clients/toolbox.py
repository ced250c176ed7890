"""The generators of clients, installed once into the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "loracle" / "client-tools"
INSTALL_TIMEOUT_S = 240


class ToolsMissing(Exception):
    """The tools cannot be installed; the text says why."""


def npm_tools() -> Path:
    """The folder with the `node_modules` of package.json. Raises ToolsMissing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise ToolsMissing(f"{program} is not installed")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefer-offline"]
    return _installed(HERE / "package.json", npm)


def python_tools(listing: str = "requirements.txt") -> Path:
    """The folder with the packages of a list of this folder, for PYTHONPATH. Raises ToolsMissing."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", "."]
    return _installed(HERE / listing, [*pip, "-r", listing])


def run_node(script: Path, *arguments: object) -> None:
    """Run a script of this folder with the npm tools. Raises ToolsMissing, CalledProcessError."""
    with tempfile.TemporaryDirectory(dir=npm_tools()) as beside:  # node looks for modules there and in folders above
        copy = shutil.copy(script, beside)
        subprocess.run(["node", copy, *map(str, arguments)], check=True)  # noqa: S603, S607


def run_python(module: str, *arguments: object) -> None:
    """Run a module of the Python tools. Raises ToolsMissing, CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": str(python_tools())}
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True, env=environment)  # noqa: S603


def _installed(listing: Path, command: Sequence[str]) -> Path:
    """A folder with a copy of `listing`, in which `command` has run."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}".encode()
    digest = hashlib.sha256(listing.read_bytes() + version).hexdigest()[:16]
    folder = CACHE / f"{listing.stem}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / ".installed"
    with FileLock(folder / ".lock"):
        if not done.exists():
            shutil.copy(listing, folder)
            _install(command, folder)
            done.touch()
    return folder


def _install(command: Sequence[str], folder: Path) -> None:
    try:
        subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=INSTALL_TIMEOUT_S)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as fault:
        said = getattr(fault, "stderr", None) or b""
        raise ToolsMissing(f"{command[0]} cannot install the tools: {said.decode()[-300:] or fault}") from fault
