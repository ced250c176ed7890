"""Pages of lists, and their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Order = Literal["asc", "desc"]  # by time: oldest first, newest first
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """One page of a list, with the cursor of the next one."""

    data: list[Record]
    has_more: bool
    next_cursor: str | None = None  # `after` of the next page; None on the last one
