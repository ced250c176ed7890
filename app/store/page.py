"""One page of a list, and how every list is cut: newest first unless asked otherwise, after a given id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import InvalidRequest

Order = Literal["asc", "desc"]
Record = TypeVar("Record")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    data: list[Record]
    has_more: bool


def cut(
    session: Session,
    query: Select[Row],
    *,
    keys: tuple[InstrumentedAttribute[Any], ...],
    to_record: Callable[[Row], Record],
    limit: int,
    after: tuple[Any, ...] | None,
    order: Order,
) -> Page[Record]:
    """Rows of `query` ordered by `keys`, from behind the row whose keys are `after`, `limit` at most."""
    if after is not None:
        place = tuple_(*keys)
        cursor = tuple_(*after, types=[key.type for key in keys])
        query = query.where(place > cursor if order == "asc" else place < cursor)
    ordered = query.order_by(*(key.asc() if order == "asc" else key.desc() for key in keys)).limit(limit + 1)
    rows = list(session.scalars(ordered))
    return Page([to_record(row) for row in rows[:limit]], has_more=len(rows) > limit)


def unknown_cursor() -> InvalidRequest:
    return InvalidRequest("`after` names nothing in this list; use the `last_id` of the page before.", param="after")
