"""JSON and JSON Lines: each object becomes a line of `key: value`, under the path to it."""

from __future__ import annotations

import json
from typing import Any

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import SEPARATOR
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

Scalar = str | int | float | bool | None


def parse(data: bytes, builder: DocumentBuilder) -> None:
    text = clean(decode(data))
    try:
        _add(builder, json.loads(text))
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


def _add(builder: DocumentBuilder, root: Any) -> None:
    """Walk depth first, without recursion, in the order of the file."""
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        path, value = stack.pop()
        inner: list[tuple[str, Any]] = []
        if isinstance(value, dict):
            flat = [f"{collapse_spaces(str(key))}: {said}" for key, item in value.items() if (said := _said(item))]
            inner = [(f"{path}.{key}".strip("."), item) for key, item in value.items() if not _said(item)]
            _line(builder, path, SEPARATOR.join(flat))
        elif isinstance(value, list) and not _said(value):
            inner = [(path, item) for item in value]
        else:
            _line(builder, path, _said(value))
        stack.extend(reversed(inner))


def _line(builder: DocumentBuilder, path: str, text: str) -> None:
    builder.count_cells(text.count(SEPARATOR) + 1)
    if text:
        builder.add("table", f"{path}{SEPARATOR}{text}" if path else text)


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
