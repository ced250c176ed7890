"""Reads one window of a list that is ordered by its ids."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.files import IdWindow


def rows_in_window(
    session: Session, query: Select[Any], key: ColumnElement[str] | InstrumentedAttribute[str], window: IdWindow
) -> tuple[list[Any], bool]:
    """The rows of `query` in the window over `key`, and whether there are more beyond it."""
    descending = window.order == "desc"
    if window.after is not None:
        query = query.where(key < window.after if descending else key > window.after)
    if window.before is not None:
        query = query.where(key > window.before if descending else key < window.before)
    ordered = query.order_by(key.desc() if descending != window.backwards else key.asc())
    rows = list(session.scalars(ordered.limit(window.limit + 1)))
    chosen = rows[: window.limit]
    return (chosen[::-1] if window.backwards else chosen), len(rows) > window.limit
