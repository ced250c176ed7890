"""The change log that the indexes follow, and their checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    ADD = "add"  # chunks became findable, or have other vectors
    REMOVE = "remove"  # chunks are findable no more


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log: chunks of a document version became findable, or stopped being so."""

    seq: int
    kind: ChangeKind
    version_id: int
    first_chunk_id: int  # inclusive range of chunk ids, which belong to this version alone
    last_chunk_id: int


@dataclass(frozen=True, slots=True)
class IndexCheckpoint:
    seq: int
    path: str
    sha256: str
    vectors: int
    fingerprint: str
