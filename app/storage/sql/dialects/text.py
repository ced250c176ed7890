"""Aggregates of a column into one text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func
from sqlalchemy.orm import InstrumentedAttribute

from app.storage.sql.dialects.by_dialect import ByDialect


def joined(column: InstrumentedAttribute[Any] | ColumnElement[Any]) -> ColumnElement[str | None]:
    """The values of all rows, joined by commas; NULL if there are none.

    In any order, which is the same for all that one statement joins.
    """
    return ByDialect(sqlite=func.group_concat(column), postgresql=func.string_agg(cast(column, Text), ","))
