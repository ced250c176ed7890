"""The versions of the schema: the chain that Alembic knows, and where a database stands in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import structlog
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Select, String, column, inspect, select, table
from sqlalchemy.orm import Session

from app.errors import AppError

log = structlog.get_logger(__name__)
ALEMBIC = "alembic_version"
REVISION: Select[str] = select(column("version_num", String)).select_from(table(ALEMBIC))


class SchemaTooNew(AppError):
    """The database was written by a newer Loracle."""

    status, type, code = 503, "service_unavailable_error", "schema_too_new"


def newest_revision() -> str:
    """The revision that this code works with."""
    return _known_revisions()[0]


@cache
def _known_revisions() -> tuple[str, ...]:
    """The chain of versions, the newest first. Kept, because every version is a script and probes ask each time."""
    return tuple(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None: it is empty. Raises SchemaTooNew if this code does not know it."""
    at = _current_revision(connection)
    if at is not None and at not in _known_revisions():
        raise SchemaTooNew(
            f"The database has schema {at}, which this version does not know "
            f"(its newest is {newest_revision()}). "
            "Start the newer Loracle again, or restore a backup from the data folder."
        )
    return at


def _current_revision(connection: Connection) -> str | None:
    """What the database says of itself. Alembic would make a new statement each time, and probes ask every few seconds:
    each one would be kept in the cache of compiled statements.
    """
    if not inspect(connection).has_table(ALEMBIC):
        return None
    return connection.scalar(REVISION)


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where a database stands."""

    at: str | None  # its revision; None: it is empty
    pending: int | None  # migrations that this code would run; None: this code does not know the revision

    @property
    def is_current(self) -> bool:
        return self.pending == 0


def schema_state(session: Session) -> SchemaState:
    """Where the database stands, whatever version made it."""
    at, known = _current_revision(session.connection()), _known_revisions()
    if at is None:
        return SchemaState(None, len(known))
    return SchemaState(at, known.index(at) if at in known else None)


def schema_current(session: Session) -> bool:
    """True if the database has exactly this code's schema."""
    return _current_revision(session.connection()) == newest_revision()


def schema_serves(session: Session) -> bool:
    """True for this code's schema and for later ones: a version only adds to the one before, so that both run on it."""
    at = _current_revision(session.connection())
    return at is not None and (at == newest_revision() or at not in _known_revisions())


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the versions up to `to` in the transaction of `connection`."""
    command.upgrade(_config(connection), to)


@contextmanager
def logged_upgrade(at: str | None) -> Iterator[None]:
    """Log the start and the end of an upgrade from `at`; of a new database, which is None, the end alone."""
    started, to = time.monotonic(), newest_revision()
    if at is None:
        yield
        log.info("schema_created", schema=to)
        return
    log.info("schema_upgrading", schema=at, to=to)
    yield
    log.info("schema_upgraded", schema=to, seconds=round(time.monotonic() - started, 2))


def downgrade(connection: Connection, to: str) -> None:
    """Run the versions down to `to` in the transaction of `connection`. Only for tests of versions."""
    command.downgrade(_config(connection), to)


def stamp(connection: Connection, revision: str = "head") -> None:
    """Note that the database has this revision's schema already."""
    command.stamp(_config(connection), revision)


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(files("migrations")))
    return config
