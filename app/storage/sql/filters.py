"""Filters on documents: their places, comparisons of metadata joined by `and` and `or`, and the SQL conditions."""

from __future__ import annotations

import operator as op
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, literal_column, not_, or_, select, true

from app.storage.sql.tables import DocumentRow

Scalar = str | int | float | bool
Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"]
COMPARED = {"eq": op.eq, "gt": op.gt, "gte": op.ge, "lt": op.lt, "lte": op.le}
NUMBER, TEXT, BOOLEAN = ("integer", "real"), ("text",), ("true", "false")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares one field with a value, or with several (`in`, `nin`).

    Values of different types are never equal: the number 3 is not the text "3". `ne` and `nin` are true for documents
    without the field; the other operators are false.
    """

    field: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Junction:
    """Joins several filters: all (`and`) or any (`or`) must hold."""

    operator: Literal["and", "or"]
    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Holds for documents in one of the collections, and for those with one of the ids."""

    collections: tuple[str, ...]
    documents: tuple[str, ...]


Filter = Comparison | Junction | Within


def fields_of(tree: Filter) -> Iterator[str]:
    """Yield every metadata field that the filter names."""
    if isinstance(tree, Comparison):
        yield tree.field
    elif isinstance(tree, Junction):
        for part in tree.parts:
            yield from fields_of(part)


def condition(tree: Filter) -> ColumnElement[bool]:
    """The SQL condition of the filter on the table `documents`."""
    if isinstance(tree, Junction):
        parts = [condition(part) for part in tree.parts]
        return and_(true(), *parts) if tree.operator == "and" else or_(false(), *parts)
    if isinstance(tree, Within):
        return or_(DocumentRow.collection.in_(tree.collections), DocumentRow.id.in_(tree.documents))
    values = tree.value if isinstance(tree.value, tuple) else (tree.value,)
    match tree.operator:
        case "ne" | "nin":
            return not_(or_(false(), *(_holds(tree.field, "eq", value) for value in values)))
        case "in":
            return or_(false(), *(_holds(tree.field, "eq", value) for value in values))
        case operator:
            return _holds(tree.field, operator, values[0])


def restricted(query: Any, filters: Filter | None) -> Any:
    """`query`, which selects from the table `documents`, for those that pass the filter."""
    return query if filters is None else query.where(condition(filters))


def _holds(field: str, operator: Operator, value: Scalar) -> ColumnElement[bool]:
    """The SQL condition of one comparison.

    It uses json_each, which accepts any field name; a JSON path would interpret quotes and dots in it.
    """
    entry = func.json_each(DocumentRow.metadata_).table_valued("key", "value", "type")
    kinds = BOOLEAN if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
    named = entry.c.key == field, entry.c.type.in_(kinds)
    return exists(
        select(literal_column("1")).select_from(entry).where(*named, COMPARED[operator](entry.c.value, literal(value)))
    )


def has_field(name: str) -> ColumnElement[bool]:
    """The SQL condition that a document has the metadata field."""
    entry = func.json_each(DocumentRow.metadata_).table_valued("key", "value", "type")
    return exists(select(literal_column("1")).select_from(entry).where(entry.c.key == name))
