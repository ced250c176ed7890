"""A SQLite database that is looked at and left as it is: no lock, no write-ahead log, no file is made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.errors import Unavailable
from app.storage.sqlite.dialect import SqliteDialect


class ReadOnlySqlite(SqliteDialect):
    """Reads beside whoever writes; writing raises Unavailable. The file must exist."""

    def __init__(self, data_dir: Path, url: str, *, lock_timeout_s: float) -> None:
        super().__init__(data_dir, url, lock_timeout_s=lock_timeout_s, pool_size=1)
        self._readers = create_engine("sqlite://", creator=self._connect, poolclass=NullPool, hide_parameters=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        raise Unavailable("The database is open for reading only.")
        yield

    def close(self) -> None:
        self._readers.dispose()
        self._writer.dispose()

    def _connect(self) -> sqlite3.Connection:
        """Without a log nobody has the database open, and the file alone is all of it: opened so, no log is made."""
        is_open = self.file.with_name(f"{self.file.name}-wal").exists()
        options = "mode=ro" if is_open else "mode=ro&immutable=1"
        return sqlite3.connect(
            f"file:{quote(str(self.file))}?{options}",
            uri=True,
            timeout=self._lock_timeout_s,
            isolation_level=None,
            check_same_thread=False,
        )
