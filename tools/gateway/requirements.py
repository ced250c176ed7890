"""The pinned packages of the gateway image: what the project declares, without the libraries that run models."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Set
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
EXTRAS = ("postgres", "s3")
# They run, convert, fetch and train models; with remote generation and embeddings nothing imports them.
LEFT_OUT = frozenset({"accelerate", "bitsandbytes", "gguf", "hf-xet", "sentence-transformers", "torch", "transformers"})
HEAD = """\
# What the gateway image installs: everything that pyproject.toml declares, with the extras postgres and s3, less what
# runs models. Written by `python -m tools.gateway` from pyproject.toml and constraints.txt; a test holds them together.
"""


def gateway_requirements() -> str:
    """The text of docker/gateway-requirements.txt.

    The packages must be installed: their metadata says what they need in turn. Raises KeyError naming a package that
    constraints.txt does not pin, and PackageNotFoundError for one that is not installed.
    """
    pins = _pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    lines = sorted(f"{name}=={pins[name]}" for name in _needed(_declared()))
    return HEAD + "\n".join(lines) + "\n"


def _declared() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["dependencies"]
    for extra in EXTRAS:
        yield from project["optional-dependencies"].get(extra, [])


def _needed(lines: Iterator[str]) -> Set[str]:
    """The names of all packages that `lines` require, in turn as well, on the image's platform: Linux."""
    found: set[str] = set()
    waiting = [(Requirement(line), "") for line in lines]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in LEFT_OUT or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        known = name in found
        found.add(name)
        for one in sorted(requirement.extras) if known else ["", *sorted(requirement.extras)]:
            waiting += [(Requirement(line), one) for line in requires(name) or []]
    return found


def _pins(constraints: str) -> dict[str, str]:
    lines = [line.partition("==") for line in constraints.splitlines() if "==" in line]
    return {canonicalize_name(name): version.strip() for name, _, version in lines}
