"""JSON and JSON Lines: each object becomes a line of `key: value`, under the path to it and what it is a part of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.record import Field, identity, record_line
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

Scalar = str | int | float | bool | None
MAX_INNER_FIELDS = 12  # of an object of scalars that stands on the line of the object around it
MAX_INNER_OBJECTS = 5  # of those on one line; more are records by their keys
GAP = re.compile(r"[\s,\x1e]*")  # between values that follow each other


def parse(data: bytes, builder: DocumentBuilder) -> None:
    text = clean(decode(data))
    try:
        for root in _values(text):
            _add(builder, root)
    except RecursionError:
        raise DocumentFailure("nested_too_deeply", "The JSON is nested too deeply to be read.") from None
    except ValueError as fault:
        raise DocumentFailure("truncated", f"The file is not valid JSON: {str(fault)[:120]}.") from None


def parse_lines(data: bytes, builder: DocumentBuilder) -> None:
    for number, line in enumerate(clean(decode(data)).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            _add(builder, json.loads(line))
        except (ValueError, RecursionError) as fault:
            raise DocumentFailure(
                "truncated", f"Line {number} of the file is not valid JSON: {str(fault)[:120]}."
            ) from None


def _values(text: str) -> Iterator[Any]:
    """The value of the file, or the values one after the other: exports write one object a line."""
    decoder = json.JSONDecoder()
    place = _after_gap(text, 0)
    while True:
        value, place = decoder.raw_decode(text, place)
        place = _after_gap(text, place)
        yield value
        if place >= len(text):
            return


def _after_gap(text: str, place: int) -> int:
    gap = GAP.match(text, place)
    return gap.end() if gap else place


@dataclass(frozen=True, slots=True)
class _Place:
    """A value still to be read: where it is and what identifies the objects around it."""

    path: str
    value: Any
    ancestors: tuple[tuple[Field, ...], ...] = ()


def _add(builder: DocumentBuilder, root: Any) -> None:
    """Walk depth first, without recursion, in the order of the file."""
    stack = [_Place("", root)]
    while stack:
        place = stack.pop()
        value = place.value
        if isinstance(value, dict):
            stack.extend(reversed(_add_object(builder, place)))
        elif rows := _rows(value):
            builder.add("paragraph", place.path)
            builder.add_table(rows)
        elif isinstance(value, list) and not _said(value):
            stack.extend(_Place(place.path, item, place.ancestors) for item in reversed(value))
        else:
            said = _said(value)
            _line(builder, place, [("", said)] if said else [])


def _add_object(builder: DocumentBuilder, place: _Place) -> list[_Place]:
    """Add the line of an object. Returns what is in it and needs lines of its own."""
    fields: list[Field] = []
    inner: list[tuple[str, Any]] = []
    few = sum(isinstance(item, dict) for item in place.value.values()) <= MAX_INNER_OBJECTS
    for key, item in place.value.items():
        name = collapse_spaces(str(key))
        if said := _said(item):
            fields.append((name, said))
        elif few and (flat := _flat(name, item)):
            fields.extend(flat)
        else:
            inner.append((name, item))
    _line(builder, place, fields)
    known = tuple(identity(place.path, fields))
    ancestors = (*place.ancestors, known)[-4:] if known else place.ancestors
    return [_Place(f"{place.path}.{name}".strip("."), item, ancestors) for name, item in inner]


def _flat(name: str, value: Any) -> list[Field]:
    """The fields of a small object of scalars; empty for anything else."""
    if not isinstance(value, dict) or len(value) > MAX_INNER_FIELDS:
        return []
    fields = [(f"{name}.{collapse_spaces(str(key))}", _said(item)) for key, item in value.items()]
    return fields if all(said for _, said in fields) else []


def _rows(value: Any) -> list[list[str]]:
    """The cells of a list of lists of scalars, all of one length; empty for anything else."""
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(row, list) for row in value):
        return []
    if len({len(row) for row in value}) > 1 or len(value[0]) < 2:
        return []
    if any(isinstance(cell, dict | list) for row in value for cell in row):
        return []
    return [[_said(cell) for cell in row] for row in value]


def _line(builder: DocumentBuilder, place: _Place, fields: list[Field]) -> None:
    builder.count_cells(len(fields) + 1)
    builder.add("table", record_line(place.path, place.ancestors, fields))


def _said(value: Any) -> str:
    """The text of a scalar or of a list of scalars, which fits on the line of its object; empty otherwise."""
    if isinstance(value, list):
        parts = [_said(item) if not isinstance(item, list) else "" for item in value]
        return ", ".join(parts) if all(parts) else ""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return collapse_spaces(str(value))
