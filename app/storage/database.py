"""The database: sessions, a tenant's repositories and their faults, over the dialect that the URL names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from app.deadline import current_deadline
from app.errors import Conflict, InvalidRequest, NotFound
from app.storage.data_folder import check_data_folder, make_data_folder
from app.storage.dialect import Dialect
from app.storage.faults import translate_faults
from app.storage.notifications.base import JobNotifications
from app.storage.notifications.changes import TenantChanges
from app.storage.read_watch import ReadWatch
from app.storage.schema import newest_revision, revision_of, schema_state
from app.storage.sql.dialects.locks import lock_tenant
from app.storage.sqlite.dialect import SqliteDialect
from app.storage.sqlite.read_only import ReadOnlySqlite
from app.storage.visibility import current_visibility

if TYPE_CHECKING:
    from app.storage.sql.tenant_store import TenantStore

LOCK_TIMEOUT_S = 5.0
MADE_BY = (
    "Is LORACLE_DATA_DIR (--data-dir), or LORACLE_DATABASE_URL, that of your service? A new one is made by "
    "`loracle serve`, `loracle migrate` and `loracle tenants create`."
)
POOL_SIZE = 8


def tenant_store(session: Session, tenant_id: str) -> TenantStore:
    """The repositories of one tenant in a transaction, narrowed to what the request at work sees.

    Imported at the first call: connections depend on none.
    """
    from app.storage.sql.tenant_store import TenantStore

    return TenantStore(session, tenant_id, current_visibility())


class Database:
    """Hands out sessions. `read()` and `write()` are transactions; both translate storage faults to AppError."""

    def __init__(
        self,
        dialect: Dialect,
        *,
        data_dir: Path,
        repositories: Callable[[Session, str], TenantStore] = tenant_store,
    ) -> None:
        """`repositories`: makes a tenant's repositories from (session, tenant id)."""
        self.dialect = dialect
        self.data_dir = data_dir
        self._repositories = repositories
        self._watch = ReadWatch()
        self.changes = TenantChanges()

    @property
    def place(self) -> str:
        """Where tenants are kept, for people: the data folder, or that it is the other database of the settings."""
        return str(self.data_dir) if self.dialect.name == "sqlite" else "the database of LORACLE_DATABASE_URL"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction on one snapshot. Raises Unavailable if the database is locked or out of reach.

        In a request it ends with the deadline, even in the middle of a statement: RequestTimedOut, ClientGone.
        """
        deadline = current_deadline()
        if deadline is not None:
            deadline.check()
        with translate_faults(self.dialect.translate), self.dialect.reading() as session:
            if deadline is None:
                yield session
                return
            with self._watch.ended_by(deadline, self.dialect.interrupter(session)):
                yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction; commits at the end, rolls back on any error. On SQLite it is the only one.

        No deadline ends it, nor what the request does after it. Raises Unavailable if it cannot start within the lock
        timeout, StorageFull if the disk is full.
        """
        deadline = current_deadline()
        if deadline is not None:
            deadline.spare()
        with translate_faults(self.dialect.translate), self.dialect.writing() as session:
            yield session

    @contextmanager
    def read_tenant(self, tenant_id: str) -> Iterator[TenantStore]:
        """The repositories of one tenant in a read transaction. Raises as `read` does."""
        with self.read() as session:
            yield self._repositories(session, tenant_id)

    @contextmanager
    def write_tenant(self, tenant_id: str) -> Iterator[TenantStore]:
        """The repositories of one tenant in its only write transaction. Raises as `write` does."""
        with self.write() as session:
            lock_tenant(session, tenant_id)
            yield self._repositories(session, tenant_id)
        self.changes.publish(tenant_id)

    def notifications(self) -> JobNotifications | None:
        """What tells workers of queued jobs, and `changes` of those of other processes; the caller closes it.

        None: the database tells nobody.
        """
        return self.dialect.job_notifications(self.changes)

    def check_writable(self) -> None:
        """Raises Unavailable or StorageFull if a write would fail now."""
        with translate_faults(self.dialect.translate):
            self.dialect.check_writable()

    def size_bytes(self) -> int:
        """The space that the database takes on its disk."""
        with self.read() as session:
            return self.dialect.size_bytes(session)

    def close(self) -> None:
        self.dialect.close()


def open_database(
    data_dir: Path, url: str = "", *, lock_timeout_s: float = LOCK_TIMEOUT_S, pool_size: int = POOL_SIZE
) -> Database:
    """Open the database without migrating it. An empty `url` means the SQLite file in `data_dir`.

    `pool_size`: connections that are kept open. Raises InvalidRequest for a URL of another database, for a data folder
    that cannot be used, and where SQLite would lie on a network file system.
    """
    data_dir = data_dir.expanduser().resolve()
    make_data_folder(data_dir)
    return Database(_dialect(data_dir, url, lock_timeout_s, pool_size), data_dir=data_dir)


def open_read_only(data_dir: Path, url: str = "") -> Database:
    """Open a database to look at it, of whatever version: nothing is made, locked or migrated.

    Raises NotFound if it is not there, InvalidRequest as `open_database` does.
    """
    data_dir = data_dir.expanduser().resolve()
    if not is_sqlite(url):
        return Database(_dialect(data_dir, url, LOCK_TIMEOUT_S, 1), data_dir=data_dir)
    check_url(url)
    dialect = ReadOnlySqlite(data_dir, url, lock_timeout_s=LOCK_TIMEOUT_S)
    if not dialect.file.is_file():
        raise NotFound(f"There is no database {dialect.file}.")
    return Database(dialect, data_dir=data_dir)


def check_database(data_dir: Path, url: str = "", *, current: bool = True) -> None:
    """See that there is a database with tables, and of this code's schema if it must be `current`; nothing is made.

    Raises NotFound where there is none, Conflict for the schema of an earlier version, SchemaTooNew.
    """
    try:
        with closing(open_read_only(data_dir, url)) as db, db.read() as session:
            state, product = schema_state(session), db.dialect.describe(session)
            if current and state.at is not None:
                revision_of(session.connection())
    except NotFound as fault:
        raise NotFound(f"{fault.message} {MADE_BY}") from None
    if state.at is None:
        raise NotFound(f"The database ({product}) is empty. {MADE_BY}")
    if current and state.pending:
        raise Conflict(
            f"The database has schema {state.at}, and this version needs {newest_revision()}. Back it up, then run "
            "`loracle migrate` or start the service: both upgrade it. The former version cannot start after that."
        )


def check_usable(data_dir: Path, url: str = "") -> None:
    """What keeps `migrate` and `open_database` from working, as far as a look tells; nothing is made.

    Raises InvalidRequest for the URL and the data folder, Unavailable, SchemaTooNew.
    """
    check_data_folder(data_dir.expanduser().resolve())
    with suppress(NotFound), closing(open_read_only(data_dir, url)) as db, db.read() as session:
        revision_of(session.connection())


def is_sqlite(url: str) -> bool:
    """Whether a URL of the settings, which may be wrong, asks for SQLite."""
    return not url or url.startswith("sqlite")


def migrate(data_dir: Path, url: str = "") -> None:
    """Create or upgrade the schema. An empty `url` means the SQLite file in `data_dir`.

    Raises SchemaTooNew if this code is older than the database, Unavailable if it is out of reach.
    """
    db = open_database(data_dir, url)
    try:
        with translate_faults(db.dialect.translate):
            db.dialect.migrate()
    finally:
        db.close()


def _dialect(data_dir: Path, url: str, lock_timeout_s: float, pool_size: int) -> Dialect:
    check_url(url)
    if not url or make_url(url).get_backend_name() == "sqlite":
        return SqliteDialect(data_dir, url, lock_timeout_s=lock_timeout_s, pool_size=pool_size)
    return _postgres(url, lock_timeout_s, pool_size)


def check_url(url: str) -> None:
    """Raises InvalidRequest for a URL of another database than these, or one that cannot be read."""
    try:
        parsed = make_url(url) if url else None
    except (ArgumentError, ValueError):  # ValueError: of the port
        parsed = None
    if not url or (parsed is not None and parsed.get_backend_name() == "postgresql"):
        return
    if parsed is not None and parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        if parsed.database in {None, "", ":memory:"}:
            raise InvalidRequest("LORACLE_DATABASE_URL=sqlite:///... needs the path of a file.", param="database_url")
        return
    raise InvalidRequest(
        "LORACLE_DATABASE_URL cannot be used: it must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:5432/NAME; "
        "characters such as @, : and / in a password are written as %40, %3A and %2F.",
        param="database_url",
    )


def _postgres(url: str, lock_timeout_s: float, pool_size: int) -> Dialect:
    try:
        from app.storage.postgres.dialect import PostgresDialect

        return PostgresDialect(url, lock_timeout_s=lock_timeout_s, pool_size=pool_size)
    except ImportError as fault:  # psycopg, or libpq below it
        raise InvalidRequest(
            "PostgreSQL needs its driver: run `pip install 'loracle[postgres]'`, in a checkout "
            f"`.venv/bin/pip install -e '.[postgres]'` ({fault}).",
            param="database_url",
        ) from None
