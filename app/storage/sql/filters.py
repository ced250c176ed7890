"""Filters on documents: their places, and comparisons of metadata joined by `and` and `or`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, or_

from app.storage.sql.dialects.lists import one_of
from app.storage.sql.tables import DocumentRow

Scalar = str | int | float | bool
Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares one field with a value, or with several (`in`, `nin`).

    Values of different types are never equal: the number 3 is not the text "3". Texts are in the order of their code
    points. `ne` and `nin` are true for documents without the field; the other operators are false.
    """

    field: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]

    @property
    def values(self) -> tuple[Scalar, ...]:
        return self.value if isinstance(self.value, tuple) else (self.value,)


@dataclass(frozen=True, slots=True)
class Junction:
    """Joins several filters: all (`and`) or any (`or`) must hold."""

    operator: Literal["and", "or"]
    parts: tuple[Filter, ...]


Filter = Comparison | Junction


@dataclass(frozen=True, slots=True)
class Within:
    """Holds for documents in one of the collections, and for those with one of the ids."""

    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def condition(self) -> ColumnElement[bool]:
        """The SQL condition on the table `documents`."""
        return or_(one_of(DocumentRow.collection, self.collections), one_of(DocumentRow.id, self.documents))


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Documents that a filter chose, in the transaction that it was read in; `Documents.chosen` makes it."""

    within: Within | None = None
    versions: npt.NDArray[np.int64] | None = None  # latest versions of those whose metadata pass; None: all do
    missing_fields: tuple[str, ...] = ()  # that the filter names and no document there has


def comparisons_of(tree: Filter) -> Iterator[Comparison]:
    """Yield every comparison of the filter."""
    if isinstance(tree, Comparison):
        yield tree
    else:
        for part in tree.parts:
            yield from comparisons_of(part)


def longest_text(tree: Filter) -> int:
    """How many characters the longest text has that the filter compares with; 0 if there is none."""
    texts = (value for one in comparisons_of(tree) for value in one.values if isinstance(value, str))
    return max(map(len, texts), default=0)


def restricted(query: Any, chosen: DocumentSet | None) -> Any:
    """`query`, which selects from the table `documents`, for the chosen ones; None: for all."""
    if chosen is None:
        return query
    if chosen.within is not None:
        query = query.where(chosen.within.condition)
    if chosen.versions is not None:
        query = query.where(one_of(DocumentRow.latest_version_id, chosen.versions.tolist()))
    return query
