"""Builds the frozen records of `app.domain` from rows, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
COLLECTIONS = (dict, tuple, frozenset)  # JSON columns give lists and dicts, which a record must not share with a row


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """How the fields of one record class are read from a row. Positions are those of the class's arguments."""

    read: Callable[[Any], tuple[Any, ...]]  # row -> values of the fields that are not derived, in order
    derived: tuple[tuple[int, str], ...]  # (position, name), ascending
    collections: tuple[tuple[int, type[Any]], ...]  # (position among the values read, type)


def record_from(row: Any, record: type[Record], **derived: Any) -> Record:
    """A `record` (a dataclass) whose fields are the attributes of `row` with the same names, or else `derived`.

    Fields declared as dict, tuple or frozenset get a collection of their own. States need no conversion: their
    columns return enum members. Raises AttributeError if the row lacks a field that is not derived, and TypeError if
    the record lacks a derived one.
    """
    kind: Any = record  # mypy does not accept a generic class as hashable
    plan = _plan(kind, tuple(derived))
    values = list(plan.read(row))
    for position, collection in plan.collections:
        if values[position] is not None:
            values[position] = collection(values[position])
    for position, name in plan.derived:
        values.insert(position, derived[name])
    return record(*values)


def record_mapper(record: type[Record]) -> Callable[[Any], Record]:
    """A function that builds `record` from a row, for records without derived fields."""
    return lambda row: record_from(row, record)


@lru_cache(maxsize=256)
def _plan(record: type[Any], derived: tuple[str, ...]) -> FieldPlan:
    """The plan of a class with these derived fields. Raises TypeError if the class lacks one of them."""
    names = [field.name for field in fields(record) if field.init]
    if unknown := set(derived).difference(names):
        raise TypeError(f"{record.__name__} has no field {', '.join(sorted(unknown))}")
    read = [name for name in names if name not in derived]
    hints = get_type_hints(record)
    collections = ((position, _collection(hints[name])) for position, name in enumerate(read))
    return FieldPlan(
        _reader(tuple(read)),
        tuple((position, name) for position, name in enumerate(names) if name in derived),
        tuple((position, collection) for position, collection in collections if collection is not None),
    )


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) < 2:  # attrgetter returns one value alone, and takes at least one name
        return lambda row: tuple(getattr(row, name) for name in names)
    return attrgetter(*names)


def _collection(hint: Any) -> type[Any] | None:
    """The collection that a type hint names, alone or as `... | None`."""
    for each in get_args(hint) if isinstance(hint, UnionType) else (hint,):
        kind = get_origin(each) or each
        if kind in COLLECTIONS:
            return kind  # type: ignore[no-any-return]
    return None
