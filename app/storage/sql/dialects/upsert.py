"""INSERT ... ON CONFLICT, which both dialects have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import FromClause
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

INSERT: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(session: Session, table: FromClause) -> Any:
    """An INSERT into the table with the methods `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return INSERT[session.get_bind().dialect.name](table)
