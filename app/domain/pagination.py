"""Pages of lists, and their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Order = Literal["asc", "desc"]  # of times: oldest first, newest first; of names: A to Z, Z to A
NamedSort = Literal["created_at", "name"]
NAMES = frozenset({"name", "filename", "title", "collection"})  # sorts from A to Z
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """One page of a list, with the cursor of the next one."""

    data: list[Record]
    has_more: bool
    next_cursor: str | None = None  # `after` of the next page; None on the last one
    total: int = 0  # items of the whole list, on all its pages


def order_of(sort: str, order: Order | None) -> Order:
    """`order`, or what fits the sort: names from A to Z, everything else from the newest or largest."""
    return order or ("asc" if sort in NAMES else "desc")
