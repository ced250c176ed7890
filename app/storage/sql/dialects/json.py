"""Conditions on JSON columns: fields of an object, and lists of texts."""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Collection
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, exists, false, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import InstrumentedAttribute

from app.storage.sql.dialects.by_dialect import ByDialect

Scalar = str | int | float | bool
Compared = Literal["eq", "gt", "gte", "lt", "lte"]
COMPARED: dict[Compared, Callable[[Any, Any], Any]] = {
    "eq": op.eq,
    "gt": op.gt,
    "gte": op.ge,
    "lt": op.lt,
    "lte": op.le,
}
JsonColumn = InstrumentedAttribute[Any]
ONE: ColumnElement[int] = literal_column("1")
NUMBER, TEXT, BOOLEAN = ("integer", "real"), ("text",), ("true", "false")  # as SQLite calls them


def field_holds(column: JsonColumn, name: str, operator: Compared, value: Scalar) -> ColumnElement[bool]:
    """Whether a field of the object compares so with the value; false if it is missing or of another type.

    Any name is taken as it is: a JSON path would interpret quotes and dots in it. Texts compare by their UTF-8 bytes.
    """
    return ByDialect(
        sqlite=_sqlite_holds(column, name, operator, value),
        postgresql=_postgresql_holds(column, name, operator, value),
    )


def has_field(column: JsonColumn, name: str) -> ColumnElement[bool]:
    """Whether the object has the field."""
    entry = func.json_each(column).table_valued("key")
    return ByDialect(
        sqlite=exists(select(ONE).select_from(entry).where(entry.c.key == name)),
        postgresql=cast(column, JSONB).has_key(name),
    )


def names_any(column: JsonColumn, texts: Collection[str]) -> ColumnElement[bool]:
    """Whether the list of texts has any of these."""
    entry = func.json_each(column).table_valued("value")
    wanted = sorted(texts)
    return ByDialect(
        sqlite=exists(select(ONE).select_from(entry).where(entry.c.value.in_(wanted))),
        postgresql=cast(column, JSONB).has_any(literal(wanted, ARRAY(Text))),
    )


def list_length(column: JsonColumn) -> ColumnElement[int]:
    """The number of entries of the list."""
    return ByDialect(
        sqlite=func.json_array_length(column, type_=Integer),
        postgresql=func.jsonb_array_length(cast(column, JSONB), type_=Integer),
    )


def _sqlite_holds(column: JsonColumn, name: str, operator: Compared, value: Scalar) -> ColumnElement[bool]:
    entry = func.json_each(column).table_valued("key", "value", "type")
    kinds = BOOLEAN if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
    named = entry.c.key == name, entry.c.type.in_(kinds)
    return exists(select(ONE).select_from(entry).where(*named, COMPARED[operator](entry.c.value, literal(value))))


def _postgresql_holds(column: JsonColumn, name: str, operator: Compared, value: Scalar) -> ColumnElement[bool]:
    """The types are compared too: in jsonb's own order every text is less than every number."""
    field: ColumnElement[Any] = cast(column, JSONB).op("->", return_type=JSONB())(name)
    if isinstance(value, str):
        found: ColumnElement[str] = field.op("#>>", return_type=Text())(literal_column("'{}'"))
        kind, compared = "string", COMPARED[operator](found.collate("C"), literal(value))
    else:
        kind = "boolean" if isinstance(value, bool) else "number"
        compared = COMPARED[operator](field, literal(value, JSONB))
    return func.coalesce(and_(func.jsonb_typeof(field) == kind, compared), false())
