"""Diagnoses a data folder and its database without changing either."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from app.domain.adapters import AdapterLabel
from app.errors import AppError
from app.file_modes import closing_command, open_paths
from app.operations.diagnosis.finding import Finding
from app.storage.data_folder import is_writable
from app.storage.database import Database
from app.storage.filesystem import filesystem_of, network_filesystem
from app.storage.schema import SchemaState, schema_state
from app.storage.sql.repositories.deployments import count_of_another_base, count_of_another_starter

LEAST_DISK = 2**30
UNMADE = "not there yet: made at the first start"


def diagnose_folder(folder: Path, *, on_postgresql: bool, group_reads: bool) -> Iterator[Finding]:
    """The data folder, with its owner's rights, and the space on its disk. It need not exist."""
    near = next(path for path in (folder, *folder.parents) if path.exists())
    yield _folder(folder, near, on_postgresql=on_postgresql, group_reads=group_reads)
    free = shutil.disk_usage(near).free
    yield Finding("disk", f"{free / 2**30:.1f} GiB free (1 GiB wanted)", free > LEAST_DISK)


def _folder(folder: Path, near: Path, *, on_postgresql: bool, group_reads: bool) -> Finding:
    kind = network_filesystem(folder)
    if kind and not on_postgresql:
        text = f"{folder} lies on a network file system ({kind}), where SQLite can lose data: choose another disk"
        return Finding("data folder", text, ok=False)
    if not near.is_dir():
        return Finding("data folder", f"{near} is a file: set LORACLE_DATA_DIR to a folder", ok=False)
    if not is_writable(near):
        return Finding("data folder", f"{near}: this user may not write in it; change its owner", ok=False)
    if near != folder:
        return Finding("data folder", f"{folder}, {UNMADE}", ok=True)
    text = f"{folder}, mode {stat.S_IMODE(folder.stat().st_mode):03o}, {filesystem_of(folder) or 'unknown file system'}"
    if found := list(open_paths(folder, group_reads=group_reads)):
        whose = "other accounts" if group_reads else "other accounts or the group"
        named = f"{found[0]} (mode {stat.S_IMODE(found[0].stat().st_mode):03o})"
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        command = closing_command(folder, group_reads=group_reads)
        text = f"{text}: {whose} can reach {named}{more}; `{command}` closes what is open, and so does the next start"
        return Finding("data folder", text, ok=True, warning=True)
    return Finding("data folder", text, ok=True)


def diagnose_database(
    db: Database,
    bases: Callable[[], Collection[str]],
    starter: Callable[[Collection[str]], AdapterLabel | None],
    *,
    serving: bool,
) -> Iterator[Finding]:
    """The schema, whether it can be written to, its vectors, and whether active adapters fit one of `bases`.

    `starter`: the starter adapter that this release ships for one of them. `serving`: a service of this version runs
    on it, so that its schema should be this version's.
    """
    try:
        with db.read() as session:
            state, product = schema_state(session), db.dialect.describe(session)
            read_only = db.dialect.read_only_reason(session)
        size = db.size_bytes()
    except AppError as fault:
        yield Finding("database", fault.message, ok=False)
        yield Finding("adapters", f"not checked: {fault.message}", ok=False)
        return
    known = f"{product}, {size / 10**6:.0f} MB"
    if read_only:
        yield Finding("database", f"{known}: {read_only}", ok=False)
    else:
        yield _schema(known, state, serving=serving)
    if state.is_current:
        yield from _diagnose_vectors(db)
        yield _diagnose_adapters(db, bases, starter)


def _schema(known: str, state: SchemaState, *, serving: bool) -> Finding:
    if state.is_current:
        return Finding("database", f"{known}, current and writable", ok=True)
    if state.at is None:
        return Finding("database", f"{known}, empty: the first start makes its tables", ok=True)
    if state.pending is None:
        text = f"{known}, schema {state.at} is of a newer version: start that version, or restore a backup"
        return Finding("database", text, ok=False)
    text = (
        f"{known}, schema {state.at}: {state.pending} migrations are pending. The next start or `loracle migrate` runs "
        "them; back up first, since the former version cannot start after them"
    )
    return Finding("database", text, ok=not serving, warning=True)


def _diagnose_vectors(db: Database) -> Iterator[Finding]:
    """Vectors in the database; those of FAISS are files that `loracle index verify` reads."""
    if db.dialect.name == "sqlite":
        return
    from app.storage.pgvector.description import describe_indexes

    try:
        with db.read() as session:
            yield Finding("vectors", *describe_indexes(session))
    except AppError as fault:
        yield Finding("vectors", fault.message, ok=False)


def _diagnose_adapters(
    db: Database, bases: Callable[[], Collection[str]], starter: Callable[[Collection[str]], AdapterLabel | None]
) -> Finding:
    from app.adapters.base_warnings import newer_starter_warning, other_base_warning  # takes a second to import

    try:
        served = bases()
        shipped = starter(served)
        with db.read() as session:
            tenants = count_of_another_base(session, served)
            earlier = 0
            if shipped is not None and shipped.version is not None:
                earlier = count_of_another_starter(session, shipped.name, shipped.version, served)
    except AppError as fault:
        return Finding("adapters", f"not checked: {fault.message}", ok=False)
    if tenants:
        return Finding("adapters", other_base_warning(tenants), ok=False)
    if earlier:
        return Finding("adapters", newer_starter_warning(earlier, str(shipped)), ok=True, warning=True)
    return Finding("adapters", "fit the base model", ok=True)
