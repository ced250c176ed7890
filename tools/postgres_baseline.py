"""Writes the schema that a new PostgreSQL database begins with: `python -m tools.postgres_baseline`.

Only before the first release that has it. From then on a change of the tables is a version in `migrations/versions`,
which runs on both databases.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from sqlalchemy import create_mock_engine

from app.storage.postgres.baseline import FILE, HEAD
from app.storage.postgres.vectors.tables import STATEMENTS
from app.storage.schema import newest_revision
from app.storage.sql.tables import Base

INDEXES = ("CREATE INDEX", "CREATE UNIQUE INDEX")


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


if __name__ == "__main__":
    target = Path("migrations") / FILE
    target.parent.mkdir(exist_ok=True)
    target.write_text(baseline_script(), encoding="utf-8")
    print(f"{target} is written.")  # noqa: T201 - a command
