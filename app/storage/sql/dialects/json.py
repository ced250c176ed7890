"""JSON columns: the fields of their objects, and lists of texts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    case,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.storage.sql.dialects.by_dialect import ByDialect
from app.storage.sql.dialects.lists import one_of

JsonColumn = InstrumentedAttribute[Any]
ONE: ColumnElement[int] = literal_column("1")
KEY, VALUE = column("key", Text), column("value", Text)
ALL_DIGITS = "%!.17g"  # of a float: SQLite writes 15 by itself, which are another number
NO_PATH: ColumnElement[str] = literal_column("'{}'")  # to the value itself
SHORT = 512  # characters of an object that is read as a whole: to pick fields costs the database more than to read them


def fields_of(objects: JsonColumn, names: Collection[str], most_chars: int) -> ColumnElement[str]:
    """The JSON of each object of the column: the whole of a short one, the fields of these names of a long one.

    There texts are cut after `most_chars` characters, and lists and objects are null. The expression is the same for
    any number of names.
    """
    whole = cast(objects, Text)
    return ByDialect(
        sqlite=case((func.length(objects) <= SHORT, whole), else_=_picked_by_sqlite(objects, names, most_chars)),
        postgresql=case((func.length(whole) <= SHORT, whole), else_=_picked_by_postgresql(objects, names, most_chars)),
    )


def field_names(session: Session, objects: JsonColumn, names: Collection[str], *where: Any) -> set[str]:
    """Those of `names` that any object of the column has. `where`: of its table."""
    each = func.json_each(objects) if session.get_bind().dialect.name == "sqlite" else func.jsonb_each(objects)
    entry = each.table_valued(KEY, VALUE)
    query = select(entry.c.key).select_from(objects.class_).join(entry, true())
    return set(session.scalars(query.where(*where, one_of(entry.c.key, sorted(names))).distinct()))


def names_any(texts: JsonColumn, wanted: Collection[str]) -> ColumnElement[bool]:
    """Whether the list of texts has any of these."""
    entry = func.json_each(texts).table_valued(VALUE)
    return ByDialect(
        sqlite=exists(select(ONE).select_from(entry).where(one_of(entry.c.value, sorted(wanted)))),
        postgresql=cast(texts, JSONB).has_any(literal(sorted(wanted), ARRAY(Text))),
    )


def list_length(texts: JsonColumn) -> ColumnElement[int]:
    """The number of entries of the list."""
    return ByDialect(
        sqlite=func.json_array_length(texts, type_=Integer),
        postgresql=func.jsonb_array_length(cast(texts, JSONB), type_=Integer),
    )


def _picked_by_sqlite(objects: JsonColumn, names: Collection[str], most_chars: int) -> ColumnElement[Any]:
    entry = func.json_each(objects).table_valued(KEY, VALUE, column("type", Text))
    value = case(
        (entry.c.type == "text", func.substr(entry.c.value, 1, most_chars)),
        (entry.c.type == "real", func.json(func.printf(ALL_DIGITS, entry.c.value))),
        (entry.c.type.in_(("true", "false")), func.json(entry.c.type)),
        (entry.c.type == "integer", entry.c.value),
    )
    picked = select(func.json_group_object(entry.c.key, value)).select_from(entry)
    return picked.where(one_of(entry.c.key, sorted(names))).scalar_subquery()


def _picked_by_postgresql(objects: JsonColumn, names: Collection[str], most_chars: int) -> ColumnElement[Any]:
    entry = func.jsonb_each(cast(objects, JSONB)).table_valued(KEY, column("value", JSONB))
    kind = func.jsonb_typeof(entry.c.value)
    text = func.to_jsonb(func.left(entry.c.value.op("#>>")(NO_PATH), most_chars))
    value = case((kind == "string", text), (kind.in_(("number", "boolean")), entry.c.value))
    picked = select(func.coalesce(cast(func.jsonb_object_agg(entry.c.key, value), Text), "{}")).select_from(entry)
    return picked.where(one_of(entry.c.key, sorted(names))).scalar_subquery()
