"""Filters on documents: their places, comparisons of metadata joined by `and` and `or`, and the SQL conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from app.storage.sql.dialects.json import Scalar, field_holds, has_field
from app.storage.sql.tables import DocumentRow

Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"]
METADATA = DocumentRow.metadata_


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
            return not_(or_(false(), *(field_holds(METADATA, tree.field, "eq", value) for value in values)))
        case "in":
            return or_(false(), *(field_holds(METADATA, tree.field, "eq", value) for value in values))
        case operator:
            return field_holds(METADATA, tree.field, operator, values[0])


def restricted(query: Any, filters: Filter | None) -> Any:
    """`query`, which selects from the table `documents`, for those that pass the filter."""
    return query if filters is None else query.where(condition(filters))


def names_field(name: str) -> ColumnElement[bool]:
    """The SQL condition that a document has the metadata field."""
    return has_field(METADATA, name)
