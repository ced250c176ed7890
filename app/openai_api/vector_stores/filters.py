"""Filters as OpenAI's clients write them: {"type": "gte", "key": "year", "value": 2020}, joined by `and` and `or`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import InvalidRequest
from app.search.filters import MAX_DEPTH, OPERATORS, read_filter
from app.storage.sql.filters import Filter

PARAM = "filters"
JOINS = ("and", "or")


def read_openai_filter(written: Mapping[str, Any] | None) -> Filter | None:
    """Raises InvalidRequest if the filter is malformed."""
    return None if not written else read_filter(_native(written))


def _native(written: Any, depth: int = 0) -> dict[str, Any]:
    """The filter as `POST /api/v1/search` takes it."""
    if not isinstance(written, Mapping) or depth > MAX_DEPTH:
        raise InvalidRequest('A filter is {"type": "eq", "key": "year", "value": 2026}.', param=PARAM)
    kind = written.get("type")
    if kind in JOINS:
        parts = written.get("filters")
        if not isinstance(parts, list):
            raise InvalidRequest(f'A filter of the type "{kind}" has a list of `filters`.', param=PARAM)
        return {kind: [_native(part, depth + 1) for part in parts]}
    if kind not in OPERATORS:
        raise InvalidRequest(f"The `type` of a filter is one of {', '.join((*OPERATORS, *JOINS))}.", param=PARAM)
    key = written.get("key")
    if not isinstance(key, str) or not key or "value" not in written:
        raise InvalidRequest(f'A filter of the type "{kind}" has a `key` and a `value`.', param=PARAM)
    if key in JOINS:
        raise InvalidRequest(f"Attributes named {key!r} cannot be filtered by.", param=PARAM)
    return {key: {kind: written["value"]}}
