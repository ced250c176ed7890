"""Builds the frozen records of `app.domain` from rows, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Convert = Callable[[Any], Any]
COLLECTIONS = (dict, tuple, frozenset)  # JSON columns give lists and dicts, which a record must not share with a row


def record_from(row: Any, record: type[Record], **derived: Any) -> Record:
    """A `record` (a dataclass) whose fields are the attributes of `row` with the same names, or else `derived`.

    Fields declared as dict, tuple or frozenset get a collection of their own. States need no conversion: their
    columns return enum members. Raises AttributeError if the row lacks a field that is not derived, and TypeError if
    the record lacks a derived one.
    """
    kind: Any = record  # mypy does not accept a generic class as hashable
    names, read, converters = _fields(kind, tuple(derived))
    values = dict(zip(names, read(row), strict=True))
    for name, convert in converters:
        if values[name] is not None:
            values[name] = convert(values[name])
    return record(**values, **derived)


def record_mapper(record: type[Record]) -> Callable[[Any], Record]:
    """A function that builds `record` from a row, for records without derived fields."""
    return lambda row: record_from(row, record)


@lru_cache(maxsize=256)
def _fields(
    record: type[Any], derived: tuple[str, ...]
) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Convert], ...]]:
    """(names of the fields to read from a row, a function that reads them all, converters by field name)."""
    hints = get_type_hints(record)
    names = tuple(field.name for field in fields(record) if field.init and field.name not in derived)
    converters = {name: _converter(hints[name]) for name in names}
    return names, _reader(names), tuple((name, convert) for name, convert in converters.items() if convert is not None)


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) < 2:  # attrgetter returns one value alone, and takes at least one name
        return lambda row: tuple(getattr(row, name) for name in names)
    return attrgetter(*names)


def _converter(hint: Any) -> Convert | None:
    """The collection that a type hint names, alone or as `... | None`."""
    for each in get_args(hint) if isinstance(hint, UnionType) else (hint,):
        kind = get_origin(each) or each
        if kind in COLLECTIONS:
            return kind  # type: ignore[no-any-return]
    return None
