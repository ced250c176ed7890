"""The schema that a new PostgreSQL database begins with; the versions after it run on both databases.

The script is written by `python -m tools.postgres_baseline` and stays as it is once it was released.
"""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection

FILE = "postgresql/baseline.sql"
HEAD = "-- The tables of revision {revision}, written by `python -m tools.postgres_baseline`.\n\n"


def create_tables(connection: Connection) -> str:
    """Run the script in an empty database; the revision that it makes."""
    script = files("migrations").joinpath(FILE).read_text(encoding="utf-8")
    connection.exec_driver_sql(script.replace("%", "%%"))
    return script.removeprefix(HEAD.partition("{")[0]).partition(",")[0]
