"""The licences of the locked packages, by pip-licenses from what is installed, and of the page's from npm's lock."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from tools.locks.lock_file import read_pins

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "licences.md"
# Licences of packages that may be used unchanged and shipped beside a program under Apache-2.0, as packages write them.
ALLOWED = frozenset({
    *("0BSD", "Apache 2.0 License", "Apache Software License", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"),
    *("BSD License", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python", "ISC", "ISC License (ISCL)"),
    *("LGPL-3.0-only", "MIT", "MIT License", "MIT-0", "MIT-CMU", "Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
    *("PSF-2.0", "Public Domain", "Unlicense", "Zlib"),
})  # fmt: skip
# Names in the metadata of one package that need a word.
EXPLAINED = {
    ("docutils", "GNU General Public License (GPL)"): "an editor's mode in its sources, which is not installed",
    ("pypdfium2", "dependency licenses"): "those of PDFium, which are permissive and lie in the package",
}
HEAD = """# Licences

What Loracle installs, and what its page contains, with the licence that each package states. Written by
`python -m tools.licences` from the locks and the installed packages; a test fails for a licence that is not in the list
of `tools/licences`.

PyTorch from PyPI brings NVIDIA's CUDA libraries on Linux, which are under
[NVIDIA's own terms](https://docs.nvidia.com/cuda/eula/); PyTorch from its index for CPUs brings none.

"""


def installed_licences() -> dict[str, str]:
    """The licence of each package that the service needs on this system, by its name.

    The packages must be installed. Raises RuntimeError with the words of pip-licenses if it fails.
    """
    pins = [pin for lock in ("torch", "runtime", "image") for pin in read_pins(lock)]
    names = [canonicalize_name(pin.name) for pin in pins if not pin.marker or Marker(pin.marker).evaluate()]
    command = [sys.executable, "-m", "piplicenses", "--with-system", "--from=mixed", "--format=json"]
    done = subprocess.run([*command, "--packages", *names], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = {canonicalize_name(each["Name"]): each["License"] for each in json.loads(done.stdout)}
    return {name: found[name] for name in sorted(names)}


def page_licences() -> dict[str, str]:
    """The licence of each package in the page."""
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        path.removeprefix("node_modules/"): one.get("license", "")
        for path, one in sorted(packages.items())
        if path and not one.get("dev")
    }


def unknown_licences(licences: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of licences that are not allowed, by package. One without any has "UNKNOWN" or ""."""
    unknown = {}
    for package, text in licences.items():
        expression = re.sub(r"^\((.*)\)$", r"\1", text)
        rest = {
            term for term in re.split(r" AND | OR |; |, ", expression) if (package, term) not in EXPLAINED
        } - ALLOWED
        if rest:
            unknown[package] = sorted(rest)
    return unknown


def licences_page() -> str:
    """The text of docs/reference/licences.md."""
    explained = "".join(f"- `{package}`, {term}: {why}.\n" for (package, term), why in sorted(EXPLAINED.items()))
    return f"{HEAD}{explained}\n## Python\n\n{_table(installed_licences())}\n## Page\n\n{_table(page_licences())}"


def _table(licences: Mapping[str, str]) -> str:
    rows = "".join(f"| {package} | {' '.join(text.split())} |\n" for package, text in licences.items())
    return f"| package | licence |\n|---|---|\n{rows}"
