"""The pinned packages of the gateway image: what the project declares, without the libraries that run models."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Set
from dataclasses import replace
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.locks.lock_file import Pin, read_pins

ROOT = Path(__file__).parents[2]
EXTRAS = ("postgres", "s3")
# They run, convert, fetch and train models; with remote generation and embeddings nothing imports them.
LEFT_OUT = frozenset({"accelerate", "bitsandbytes", "gguf", "hf-xet", "sentence-transformers", "torch", "transformers"})
HEAD = """\
# What the gateway image installs: everything that pyproject.toml declares, with the extras postgres and s3, less what
# runs models. Written by `python -m tools.gateway` from pyproject.toml and locks/; a test holds them together.
"""


def gateway_requirements() -> str:
    """The text of docker/gateway-requirements.txt.

    The packages must be installed: their metadata says what they need in turn. Raises KeyError naming a package that
    the locks do not pin, and PackageNotFoundError for one that is not installed.
    """
    pins: dict[str, Pin] = {
        canonicalize_name(pin.name): pin for lock in ("runtime", "image") for pin in read_pins(lock)
    }
    return HEAD + "".join(f"{replace(pins[name], marker='')}\n" for name in sorted(_needed(_declared())))


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
