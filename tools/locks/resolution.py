"""Resolves the dependencies of pyproject.toml with uv: sets of packages that are installed together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.locks.lock_file import LOCKS

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin")
MACOS = "14.0"  # the oldest for which PyTorch and bitsandbytes have wheels


@dataclass(frozen=True)
class LockedSet:
    """The packages of some extras of pyproject.toml, or of a file of requirements."""

    name: str
    about: str
    extras: Sequence[str] = ()
    source: str = "pyproject.toml"
    python: str = "3.11"  # the oldest
    alone: bool = False  # is it installed without `runtime`?


SETS = (
    LockedSet("runtime", "What the service needs, beside PyTorch."),
    LockedSet("build", "What builds the package.", source="locks/build.in", alone=True),
    LockedSet("image", "What the images have more: PostgreSQL and S3.", ("postgres", "s3")),
    LockedSet("dev", "Tests, types and lint.", ("dev", "deploy")),
    LockedSet("docs", "The documentation site.", ("docs",), python="3.11.5"),
    LockedSet("sbom", "What writes software bills of materials.", source="locks/sbom.in", alone=True),
    LockedSet("release", "What builds a release and checks the dependencies.", ("release",)),
)
ALL = LockedSet("all", "", tuple(extra for each in SETS for extra in each.extras), python="3.11.5")


def resolve(what: LockedSet, out: Path, *, constraints: Path | None = None, upgrade: bool = False) -> None:
    """Write the pins and hashes of a set for every system to `out`; versions that stand there stay where they fit."""
    options = ["--universal", "--generate-hashes", "--python-version", what.python, "--output-file", str(out)]
    _compile(what, [*options, *(["--constraints", str(constraints)] if constraints else []), *["--upgrade"] * upgrade])


def check_wheels() -> None:
    """Look for wheels of the locked versions for each Python and system. Exits naming the first that lacks one."""
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS}
    locks = [("--constraints", str(LOCKS / f"{name}.txt")) for name in ("torch", "cuda", "runtime", "image")]
    for python in PYTHONS:
        for system in SYSTEMS:
            options = ["--python-version", python, "--python-platform", system, "--no-build", "-o", os.devnull]
            _compile(SETS[2], [*options, *(part for pair in locks for part in pair)], environment)
            print(f"Python {python} on {system}: every dependency has a wheel")  # noqa: T201


def _compile(what: LockedSet, options: Sequence[str], environment: dict[str, str] | None = None) -> None:
    extras = [part for extra in what.extras for part in ("--extra", extra)]
    command = [sys.executable, "-m", "uv", "pip", "compile", "-q", "--no-header", "--no-annotate", what.source]
    done = subprocess.run([*command, *extras, *options], cwd=ROOT, env=environment, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"No resolution for {what.name}; uv says why above.")
