"""The clock of the database, which processes on several machines share.

A machine whose clock jumps then neither loses its leases nor takes those of others. On SQLite, which serves one
machine, it is the clock of the process.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Interval, bindparam, func, literal, type_coerce

from app.storage.sql.dialects.by_dialect import ByDialect
from app.storage.sql.tables.base import UtcDateTime, now


def moment(after_s: float = 0.0) -> ColumnElement[datetime]:
    """The time at which the statement begins, and `after_s` seconds after it."""
    later = timedelta(seconds=after_s)
    # Not of the transaction, which may have waited for a lock.
    began = type_coerce(func.timezone("UTC", func.statement_timestamp()), UtcDateTime())
    return ByDialect(
        sqlite=bindparam(None, type_=UtcDateTime(), callable_=lambda: now() + later),
        postgresql=type_coerce(began + literal(later, Interval()), UtcDateTime()) if after_s else began,
    )
