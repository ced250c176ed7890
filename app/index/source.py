"""The truth an index is derived from, as the index sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from app.index.vector_index import Ids, Vectors


class LoggedChange(Protocol):
    """A line of the change log; ids in first..last (inclusive) belong to that version alone."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def version_id(self) -> int: ...
    @property
    def first_chunk_id(self) -> int: ...
    @property
    def last_chunk_id(self) -> int: ...


class SavedCheckpoint(Protocol):
    """Where a checkpoint lies and what it must hash to."""

    @property
    def seq(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class ChangeSource(Protocol):
    """One tenant's change log and vectors, in one snapshot."""

    def max_seq(self) -> int: ...

    def after(self, seq: int) -> Sequence[LoggedChange]: ...

    def vectors_of(self, version_id: int, fingerprint: str) -> tuple[Ids, Vectors]: ...

    def all_vectors(self, fingerprint: str) -> Iterator[tuple[Ids, Vectors]]: ...

    def count(self, fingerprint: str) -> int: ...

    def sample(self, fingerprint: str, most: int) -> Vectors:
        """At most `most` of the vectors, spread over all of them."""

    def vectors_at(self, ids: Ids, fingerprint: str) -> tuple[Ids, Vectors]:
        """(n,) those of `ids` that are there, ascending, with their (n, dimension) vectors."""

    def checkpoints(self, fingerprint: str) -> Sequence[SavedCheckpoint]: ...

    def note_checkpoint(self, *, seq: int, path: str, sha256: str, vectors: int, fingerprint: str) -> list[str]:
        """Record a checkpoint; returns paths of older files that nothing refers to any more."""


OpenSource = Callable[[str, bool], AbstractContextManager[ChangeSource]]  # (tenant id, writable)
