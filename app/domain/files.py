"""Files as OpenAI's clients upload them, and the windows by which they page their lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.pagination import Order

Item = TypeVar("Item")


class FilePurpose(StrEnum):
    ASSISTANTS = "assistants"  # to be searched, once it is in a vector store
    USER_DATA = "user_data"  # the same
    FINE_TUNE = "fine-tune"  # rows to train an adapter on: a dataset


@dataclass(frozen=True, slots=True)
class File:
    """A file that was uploaded under /v1. It is searched only where a vector store has it."""

    id: str  # "file-...", which sorts by the time of the upload; or a document's
    tenant_id: str
    filename: str
    purpose: FilePurpose
    size_bytes: int
    sha256: str
    media_type: str
    blob: str | None  # None: the dataset has its bytes
    dataset_id: str | None  # that its rows are
    user: str | None  # end user who uploaded it
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IdWindow:
    """A part of a list that is ordered by its ids alone, so that deleted ids hold their places."""

    limit: int
    order: Order = "desc"
    after: str | None = None
    before: str | None = None

    @property
    def backwards(self) -> bool:
        """The items just before `before` are asked for, not the first ones after `after`."""
        return self.before is not None and self.after is None

    def of(self, ids: Iterable[str]) -> tuple[list[str], bool]:
        """The ids in this window, and whether there are more beyond it."""
        descending = self.order == "desc"
        found = sorted((one for one in ids if self._holds(one)), reverse=descending != self.backwards)
        chosen = found[: self.limit]
        return (chosen[::-1] if self.backwards else chosen), len(found) > self.limit

    def _holds(self, one: str) -> bool:
        sign = -1 if self.order == "desc" else 1
        after = self.after is None or sign * _compared(one, self.after) > 0
        return after and (self.before is None or sign * _compared(one, self.before) < 0)


@dataclass(frozen=True, slots=True)
class IdPage(Generic[Item]):
    """The items of one window."""

    data: list[Item]
    has_more: bool


def _compared(one: str, other: str) -> int:
    return (one > other) - (one < other)
