"""Sums of integers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func


def integer_sum(column: Any) -> ColumnElement[int]:
    """The sum of an integer column as an integer; NULL if there are no rows. PostgreSQL's own is a decimal number."""
    return cast(func.sum(column), BigInteger)
