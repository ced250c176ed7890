"""JSON columns: the fields of their objects, and lists of texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
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
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import TableValuedAlias

from app.storage.sql.dialects.by_dialect import ByDialect
from app.storage.sql.dialects.lists import one_of

JsonColumn = InstrumentedAttribute[Any]
ONE: ColumnElement[int] = literal_column("1")
KEY, VALUE = column("key", Text), column("value", Text)
ALL_DIGITS = "%!.17g"  # of a float: SQLite writes 15 by itself, which are another number
Field = tuple[str, list[int], list[Any]]


def fields_with_values(
    session: Session, objects: JsonColumn, row_id: InstrumentedAttribute[Any], names: Collection[str], *where: Any
) -> Iterator[Field]:
    """For each of `names` that an object of the column has: (the name, ids of the rows that have it, their values).

    One scan reads all of them, and the statement is the same for any number of names. A value that is a list or an
    object is None on SQLite. `where`: of the table that both columns belong to.
    """
    if session.get_bind().dialect.name == "sqlite":
        entry = func.json_each(objects).table_valued(KEY, VALUE, column("type", Text))
        ids, values = func.group_concat(row_id), func.json_group_array(_exact(entry), type_=Text)
    else:
        entry = func.jsonb_each(cast(objects, JSONB)).table_valued(KEY, VALUE)
        ids, values = func.string_agg(cast(row_id, Text), ","), func.json_agg(entry.c.value, type_=Text)
    query = select(entry.c.key, ids, cast(values, Text)).select_from(objects.class_).join(entry, true())
    query = query.where(*where, row_id.is_not(None), one_of(entry.c.key, sorted(names)))
    for name, row_ids, found in session.execute(query.group_by(entry.c.key)):
        yield name, json.loads(f"[{row_ids}]"), json.loads(found)


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


def _exact(entry: TableValuedAlias) -> ColumnElement[Any]:
    """The value of an entry of SQLite's json_each, such that an array of JSON has it as it is stored."""
    return case(
        (entry.c.type == "true", func.json("true")),
        (entry.c.type == "false", func.json("false")),
        (func.typeof(entry.c.value) == "real", func.json(func.printf(ALL_DIGITS, entry.c.value))),
        (entry.c.type.in_(("array", "object")), null()),
        else_=entry.c.value,
    )
