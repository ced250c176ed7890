"""The schema that a new PostgreSQL database begins with; the versions after it run on both databases.

The script is written by `python -m tools.postgres_baseline` and stays as it is once it was released.
"""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import groupby

from sqlalchemy import Connection, create_mock_engine

from app.storage.postgres.vectors.tables import STATEMENTS
from app.storage.schema import newest_revision
from app.storage.sql.tables import Base

INDEXES = ("CREATE INDEX", "CREATE UNIQUE INDEX")
FILE = "postgresql/baseline.sql"
HEAD = "-- The tables of revision {revision}, written by `python -m tools.postgres_baseline`.\n\n"


def create_tables(connection: Connection) -> str:
    """Run the script in an empty database; the revision that it makes."""
    script = files("migrations").joinpath(FILE).read_text(encoding="utf-8")
    connection.exec_driver_sql(script.replace("%", "%%"))
    return script.removeprefix(HEAD.partition("{")[0]).partition(",")[0]


def baseline_script() -> str:
    """The script for the tables as the code has them now."""
    statements: list[str] = []

    def note(statement: object, *_: object, **__: object) -> None:
        compiled = statement.compile(dialect=engine.dialect)  # type: ignore[attr-defined]
        statements.append(re.sub(r"[ \t]+$", "", str(compiled).strip(), flags=re.MULTILINE))

    engine = create_mock_engine("postgresql+psycopg://", note)
    Base.metadata.create_all(engine, checkfirst=False)
    ordered = [
        statement
        for is_index, group in groupby(statements, lambda one: one.startswith(INDEXES))
        for statement in (sorted(group) if is_index else group)  # SQLAlchemy has them as a set
    ]
    ordered += [statement.strip() for statement in STATEMENTS]
    return HEAD.format(revision=newest_revision()) + ";\n\n".join(ordered) + ";\n"
