"""A whole database as one SQLite file: the form in which backups keep it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from app.storage.copying.rows import copy_rows
from app.storage.faults import translate_faults
from app.storage.sqlite.dialect import SqliteDialect
from app.storage.sqlite.files import copy_database

NAME = "loracle.db"


def save_as_sqlite(source: Session, target: Path) -> None:
    """Copy every row that `source`, a transaction on one snapshot, sees into the new file `target`."""
    with TemporaryDirectory(dir=target.parent.parent, prefix=".saving-") as folder:
        with _opened(Path(folder)) as file, file.writing() as session:
            copy_rows(source, session)
        copy_database(Path(folder) / NAME, target)


def load_from_sqlite(source: Path, target: Session) -> None:
    """Copy every row of a file, of this or an earlier version, into an empty database. Raises as `copy_rows`."""
    with TemporaryDirectory(prefix="loracle-load-") as folder:
        shutil.copyfile(source, Path(folder) / NAME)
        with _opened(Path(folder)) as file, file.reading() as session:
            copy_rows(session, target)


@contextmanager
def _opened(folder: Path) -> Iterator[SqliteDialect]:
    """The database file of a folder, created or upgraded."""
    file = SqliteDialect(folder, "", lock_timeout_s=5, pool_size=2)
    try:
        with translate_faults(file.translate):
            file.migrate()
            yield file
    finally:
        file.close()
