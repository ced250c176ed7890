"""Changes that the indexes apply, and their checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    ADD = "add"  # chunks were added, or have new vectors
    REMOVE = "remove"  # chunks were deleted


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change log: the chunks of a document version were added or removed."""

    seq: int
    kind: ChangeKind
    version_id: int
    first_chunk_id: int  # inclusive range of chunk ids, which belong to this version alone
    last_chunk_id: int


@dataclass(frozen=True, slots=True)
class IndexCheckpoint:
    """A saved index file of one tenant."""

    seq: int  # the newest change in it
    path: str  # file name in the index folder
    sha256: str
    vectors: int  # number of vectors
    fingerprint: str  # of the embedding model
