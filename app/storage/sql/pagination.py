"""One page of a list, starting after a cursor.

A cursor holds the sort key and the id of the last item, so it stays valid when that item is changed or deleted. It also
names the columns it is of, so that another list, or another sort of the same list, refuses it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, func, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.pagination import Order, Page
from app.errors import InvalidRequest
from app.text.normalisation import folded

Record = TypeVar("Record")
Row = TypeVar("Row")
Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Keys = tuple[Column, ...]
Sorts = Mapping[str, Column]  # by their names over HTTP
CURSOR_PREFIX = "cur."  # no id starts with it
MOST_WORDS = 16  # of a `q`
LARGEST_INTEGER = 2**63 - 1  # of a database column


def paginate(
    session: Session,
    query: Select[Row],
    *,
    keys: Keys,
    to_record: Callable[[Row], Record],
    limit: int,
    after: str | None,
    order: Order,
    scope: Select[Row] | None = None,
    row_id: Callable[[str], Any] = str,
) -> Page[Record]:
    """Rows of `query` ordered by `keys`, the last of which is the id; at most `limit`, after the position `after`.

    `after` is a page's `next_cursor`, or the id of a row in `scope` (`query` if left out), read by `row_id`.
    Raises InvalidRequest if it is neither. Keys are columns that are never NULL, of any table that `query` joins.
    """
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    if after is not None:
        values = _decoded(after, keys)
        values = values or _keys_of_row(session, query if scope is None else scope, keys, row_id(after))
        place, cursor = tuple_(*keys), tuple_(*values, types=[key.type for key in keys])
        query = query.where(place > cursor if order == "asc" else place < cursor)
    ordered = query.order_by(*(key.asc() if order == "asc" else key.desc() for key in keys)).limit(limit + 1)
    rows = session.execute(ordered.add_columns(*keys)).all()
    has_more = len(rows) > limit
    next_cursor = _encoded(rows[limit - 1][1:], keys) if has_more else None
    return Page([to_record(row[0]) for row in rows[:limit]], has_more, next_cursor, total)


def by_name(column: Column) -> ColumnElement[str]:
    """The sort key of names: case and accents do not count."""
    return func.folded(column, type_=String)


def named(query: Select[Row], q: str | None, *columns: Column) -> Select[Row]:
    """The rows of `query` with every word of `q` in one of the columns, whatever the case and the accents."""
    return query.where(*(or_(*(has_word(column, word) for column in columns)) for word in words_of(q)))


def words_of(q: str | None) -> list[str]:
    """The words that `q` asks for, without case and accents. Raises InvalidRequest for too many: each is a scan."""
    words = list(dict.fromkeys(folded(q or "").split()))
    if len(words) > MOST_WORDS:
        raise InvalidRequest(f"`q` has {len(words)} words; at most {MOST_WORDS} are looked for.", param="q")
    return words


def has_word(column: Column, word: str) -> ColumnElement[bool]:
    """Whether the column holds a word of `words_of`, whatever its own case and accents."""
    return by_name(column).contains(word, autoescape=True)


def page_of_names(names: Iterable[str], key: Column, *, q: str | None, limit: int, after: str | None) -> Page[str]:
    """Names from A to Z as `by_name` sorts them, with every word of `q`. `key`: the column that they come from.

    `after` is a page's `next_cursor`, or one of the names. Raises InvalidRequest if it is neither.
    """
    words = words_of(q)
    known = sorted(names, key=_place)
    found = [name for name in known if all(word in folded(name) for word in words)]
    total = len(found)
    if after is not None:
        decoded = _decoded(after, (key,))
        if decoded is None and after not in known:
            raise unknown_cursor()
        last = _place(decoded[0] if decoded else after)
        found = [name for name in found if _place(name) > last]
    has_more = len(found) > limit
    return Page(found[:limit], has_more, _encoded([found[limit - 1]], (key,)) if has_more else None, total)


def _place(name: str) -> tuple[str, str]:
    return folded(name), name


def number_after(prefix: str) -> Callable[[str], int | None]:
    """A function that reads the number of ids such as "chk_12"; it returns None for any other text."""

    def read(text: str) -> int | None:
        digits = text.removeprefix(prefix)
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None

    return read


def unknown_cursor() -> InvalidRequest:
    return InvalidRequest(
        "`after` names nothing in this list; use the `next_cursor` of the page before, with the same `sort`. "
        "(A `last_id` serves only as long as its item is there.)",
        param="after",
        code="unknown_cursor",
    )


def _keys_of_row(session: Session, scope: Select[Any], keys: Keys, row_id: Any) -> tuple[Any, ...]:
    of_row = scope.where(keys[-1] == row_id).with_only_columns(*keys, maintain_column_froms=True)
    row = None if row_id is None else session.execute(of_row).first()
    if row is None:
        raise unknown_cursor()
    return tuple(row)


def list_mark(keys: Keys) -> str:
    """What tells the cursors of lists with these keys from all others."""
    return hashlib.sha256(",".join(str(key) for key in keys).encode()).hexdigest()[:8]


def _encoded(values: Sequence[Any], keys: Keys) -> str:
    texts = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    content = json.dumps([list_mark(keys), *texts])
    return CURSOR_PREFIX + base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _decoded(cursor: str, keys: Keys) -> tuple[Any, ...] | None:
    """The values of `keys`; None if the text is not a cursor of a list with these keys."""
    if not cursor.startswith(CURSOR_PREFIX):
        return None
    text = cursor.removeprefix(CURSOR_PREFIX)
    try:
        mark, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if mark != list_mark(keys):
            return None
        return tuple(_value(value, key.type.python_type) for value, key in zip(values, keys, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _value(value: Any, kind: type[Any]) -> Any:
    """The value as its column stores it. Raises ValueError, TypeError or OverflowError if it is not of that type."""
    if kind is datetime:
        return datetime.fromisoformat(value).astimezone(UTC)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not of type {kind.__name__}")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise OverflowError
    if isinstance(value, str):
        value.encode()  # raises ValueError for a lone surrogate
    return value
