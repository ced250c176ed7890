"""Reads and writes the files of pip's hash-checking mode."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LOCKS = Path(__file__).parents[2] / "locks"
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """A package, its version, where it is needed (a marker, or ""), and the hashes of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def __str__(self) -> str:
        where = f" ; {self.marker}" if self.marker else ""
        return " \\\n    ".join([f"{self.name}=={self.version}{where}", *(f"--hash={one}" for one in self.hashes)])


def parse_pins(text: str) -> list[Pin]:
    """The pins of a lock's text. Raises ValueError for a line that pins nothing."""
    pins = []
    for entry in re.sub(r"\\\n\s+", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines():
        requirement, *_ = entry.partition("--hash=")
        head, _, marker = requirement.partition(";")
        name, equals, version = head.strip().partition("==")
        if not equals:
            raise ValueError(f"{entry!r} pins no version")
        pins.append(Pin(name.split("[")[0], version.strip(), marker.strip(), tuple(HASH.findall(entry))))
    return pins


def read_pins(name: str, folder: Path = LOCKS) -> list[Pin]:
    """The pins of a lock by its name; none if it is not there."""
    path = folder / f"{name}.txt"
    return parse_pins(path.read_text(encoding="utf-8")) if path.is_file() else []


def write_pins(name: str, about: str, pins: Iterable[Pin]) -> None:
    """Write a lock with a line on what it is for."""
    head = f"# {about} Written by `make lock`.\n"
    text = head + "".join(f"{pin}\n" for pin in sorted(pins, key=lambda pin: (pin.name, pin.marker)))
    (LOCKS / f"{name}.txt").write_text(text, encoding="utf-8")
