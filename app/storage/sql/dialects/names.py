"""Finds rows by names that may be longer than a row of PostgreSQL's index: there the index has their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import ColumnElement, Text, and_, func
from sqlalchemy.orm import InstrumentedAttribute

from app.storage.sql.dialects.by_dialect import ByDialect
from app.storage.sql.dialects.lists import one_of


def is_named(column: InstrumentedAttribute[str], names: Collection[str]) -> ColumnElement[bool]:
    """Whether the column has one of these names."""
    exactly = one_of(column, names)
    hashes = [hashlib.md5(name.encode(), usedforsecurity=False).hexdigest() for name in names]
    return ByDialect(sqlite=exactly, postgresql=and_(one_of(func.md5(column, type_=Text), hashes), exactly))
