"""Records of nested files (JSON, XML) as lines of `name: value`; a part of a record says what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.documents.parsing.tables import SEPARATOR

NAME = re.compile(r"(?:.*[_.-])?(?:name|nome|title|titulo|título|label)$|.*(?:Name|Title)$", re.IGNORECASE)
MAX_IDENTITY_CHARS = 60
MAX_ANCESTORS = 2
Field = tuple[str, str]


def record_line(path: str, ancestors: Sequence[Sequence[Field]], fields: Sequence[Field]) -> str:
    """One line: the path, what identifies the nearest ancestors, and the fields; empty without fields."""
    if not fields:
        return ""
    above = [f"{name}: {value}" for known in ancestors[-MAX_ANCESTORS:] for name, value in known]
    own = [f"{name}: {value}" if name else value for name, value in fields]
    return SEPARATOR.join(filter(None, [path, *above, *own]))


def identity(path: str, fields: Sequence[Field]) -> list[Field]:
    """What tells a record from its like: its first short field, and its name if that is another one."""
    short = [(name, value) for name, value in fields if len(value) <= MAX_IDENTITY_CHARS]
    named = next((field for field in short if NAME.match(field[0])), None)
    kept = [*short[:1], *([named] if named is not None and named is not short[0] else [])]
    owner = path.rpartition(".")[2]
    return [(f"{owner}.{name}" if owner else name, value) for name, value in kept]
