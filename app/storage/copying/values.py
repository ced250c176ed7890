"""Values of rows on their way from one database to another, and the hash by which both sides are compared."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Table, null

SQL_NULL = null()  # of a JSON column; None is JSON's own
UNKEPT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps neither NUL nor half a surrogate pair
REPLACEMENT = "\ufffd"  # one character for one: offsets into the text stay right


def kept_by_postgres(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with what PostgreSQL does not keep replaced: characters of UNKEPT, and NaN and infinity in JSON."""
    return {
        column.key: _json_kept(row[column.key]) if isinstance(column.type, JSON) else _text_kept(row[column.key])
        for column in table.columns
    }


class RowsHash:
    """The number of rows and a sha256 over all their values, in the order in which they are added."""

    def __init__(self, table: Table) -> None:
        self._columns = [(column.key, isinstance(column.type, JSON)) for column in table.columns]
        self._digest = hashlib.sha256()
        self.rows = 0

    def add(self, row: Mapping[str, Any]) -> None:
        values = [_json_text(row[key]) if is_json else row[key] for key, is_json in self._columns]
        self._digest.update(repr(values).encode())
        self.rows += 1

    def result(self) -> tuple[int, str]:
        """(rows, sha256)."""
        return self.rows, self._digest.hexdigest()


def size_of(row: Mapping[str, Any]) -> int:
    """The bytes that the row's long values take, about."""
    return sum(len(value) for value in row.values() if isinstance(value, str | bytes))


def _text_kept(value: Any) -> Any:
    return UNKEPT.sub(REPLACEMENT, value) if type(value) is str else value


def _json_kept(value: Any) -> Any:
    if value is SQL_NULL:
        return value
    if isinstance(value, dict):
        return {_text_kept(name): _json_kept(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_json_kept(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return _text_kept(value)


def _json_text(value: Any) -> str:
    """JSON in one form, whichever database it comes from."""
    return "NULL" if value is SQL_NULL else json.dumps(_json_plain(value), sort_keys=True)


def _json_plain(value: Any) -> Any:
    """JSONB keeps a whole number as such: 1e22 comes back as an integer."""
    if isinstance(value, dict):
        return {name: _json_plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_json_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
