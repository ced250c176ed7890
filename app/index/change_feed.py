"""The change feed that an index is built from: the change log and the stored vectors of a tenant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from app.index.base import Ids, Vectors


class LoggedChange(Protocol):
    """One entry of the change log. The ids first..last (inclusive) belong to that document version only."""

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
    """The file of a checkpoint and its expected hash."""

    @property
    def seq(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class ChangeFeed(Protocol):
    """The change log and vectors of one tenant, in one snapshot."""

    def max_seq(self) -> int: ...

    def after(self, seq: int) -> Sequence[LoggedChange]: ...

    def vectors_of(self, version_id: int, fingerprint: str) -> tuple[Ids, Vectors]: ...

    def all_vectors(self, fingerprint: str) -> Iterator[tuple[Ids, Vectors]]: ...

    def count(self, fingerprint: str) -> int: ...

    def sample(self, fingerprint: str, limit: int) -> Vectors:
        """At most `limit` vectors, spread evenly over all of them."""

    def vectors_at(self, ids: Ids, fingerprint: str) -> tuple[Ids, Vectors]:
        """(n,) the existing ones of `ids`, ascending, with their (n, dimension) vectors."""

    def checkpoints(self, fingerprint: str, node: str) -> Sequence[SavedCheckpoint]:
        """Checkpoints in the folder of that node, newest first."""

    def record_checkpoint(
        self, *, seq: int, path: str, sha256: str, vectors: int, fingerprint: str, node: str
    ) -> list[str]:
        """Record a checkpoint of that node. Returns the paths of its older files that are no longer referenced."""


OpenChangeFeed = Callable[[str, bool], AbstractContextManager[ChangeFeed]]  # (tenant id, writable)
