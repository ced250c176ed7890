"""Membership in a list of any length: one parameter, so that a statement has one wording however long the list is.

A parameter for each value would make a statement for each length, and each is kept by SQLAlchemy, by the driver and by
every connection.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Text, any_, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from app.storage.sql.dialects.by_dialect import ByDialect

Value = str | int
Column = InstrumentedAttribute[Any] | ColumnElement[Any]


class JsonList(TypeDecorator[Collection[Value]]):
    """A list in Python, its JSON in a parameter of SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[Value] | None, dialect: Any) -> str:
        del dialect
        return json.dumps(list(value or ()))


def one_of(column: Column, values: Collection[Value]) -> ColumnElement[bool]:
    """Whether the column, of texts or of integers, has one of the values."""
    listed = list(values)
    return ByDialect(
        sqlite=column.in_(_entries(literal(listed, JsonList))),
        postgresql=column == any_(literal(listed, _array(column))),
    )


def one_of_parameter(column: Column, name: str) -> ColumnElement[bool]:
    """The same, of the values that the statement gets under this name when it is run."""
    return ByDialect(
        sqlite=column.in_(_entries(bindparam(name, type_=JsonList))),
        postgresql=column == any_(bindparam(name, type_=_array(column))),
    )


def _entries(listed: ColumnElement[Any]) -> Any:
    return select(func.json_each(listed).table_valued("value").c.value)


def _array(column: Column) -> ARRAY[Any]:
    return ARRAY(Text if column.type.python_type is str else column.type)
