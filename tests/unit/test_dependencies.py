"""Declared dependencies are those that the code imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.support.paths import ROOT

OWN = {"app", "migrations"}
EXTRAS = ("postgres", "s3")
NEEDED_BY_OTHERS = {
    "accelerate",  # transformers reads GGUF files with it
    "pyspellchecker",  # its word lists are read as files
    "python-multipart",  # Starlette parses forms with it
}
DISTRIBUTIONS = packages_distributions()


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    """Of the service, with the extras that it imports where settings ask for them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for extra in EXTRAS for line in project["optional-dependencies"][extra]]
    return {normalised(re.split(r"[~=<>!\[; ]", line)[0]) for line in [*project["dependencies"], *extras]}


def imported() -> set[str]:
    """Distributions whose modules are imported anywhere in the code that is installed."""
    found = set()
    for file in (path for own in sorted(OWN) for path in (ROOT / own).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.partition(".")[0])
    outside = found - OWN - set(sys.stdlib_module_names)
    return {normalised(DISTRIBUTIONS[name][0]) for name in outside}


def test_every_import_is_declared() -> None:
    assert imported() - declared() == set()


def test_every_dependency_is_imported_or_needed_by_another() -> None:
    assert declared() - imported() == NEEDED_BY_OTHERS
