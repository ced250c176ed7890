"""Backups while the service runs: a consistent copy of the database, the files it refers to, and their hashes.

The database is copied first, then the files it names. A file that is deleted in between belongs to a document that was
deleted after the copy began; it is recorded as missing and its document is restored without the original file.
Indexes are not in a backup: they are rebuilt from the database.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.atomic_files import fsync_tree, replace_folder
from app.errors import Conflict, InvalidRequest
from app.storage.faults import translate_faults

MANIFEST = "manifest.json"
DATABASE = "loracle.db"
FORMAT = 1
PAGES_PER_STEP = 1024  # of the database; writers can run between the steps


@dataclass(frozen=True, slots=True)
class Backup:
    """The content of a backup: the sha256 of each file by its path, and the files that were missing."""

    created_at: str
    files: dict[str, str]
    missing: tuple[str, ...]


def back_up(data_dir: Path, target: Path) -> Backup:
    """Copy the data folder into the new folder `target`. Raises Conflict if it exists, StorageFull if the disk is full.

    The service and its workers may run meanwhile.
    """
    if target.exists():
        raise Conflict(f"{target} exists; choose a new folder for the backup.")
    with translate_faults(), replace_folder(target, temporary=target.with_name(f"{target.name}.partial")) as partial:
        copy_database(data_dir / DATABASE, partial / DATABASE)
        missing = [name for name in _referenced(partial / DATABASE) if not _copied(data_dir, partial, name)]
        files = {name: _hash(partial / name) for name in sorted(_files(partial))}
        backup = Backup(datetime.now(UTC).isoformat(timespec="seconds"), files, tuple(sorted(missing)))
        (partial / MANIFEST).write_text(json.dumps({"format": FORMAT, **asdict(backup)}, indent=1))
    return backup


def restore(source: Path, data_dir: Path) -> Backup:
    """Restore a backup into the empty or new folder `data_dir`. Raises InvalidRequest if the backup is damaged."""
    if data_dir.exists() and any(data_dir.iterdir()):
        raise Conflict(f"{data_dir} is not empty; restore into a new folder and point LORACLE_DATA_DIR at it.")
    backup = verify(source)
    with translate_faults():
        data_dir.mkdir(parents=True, exist_ok=True)
        for name in backup.files:
            (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, data_dir / name)
        _delete_checkpoints(data_dir / DATABASE)
        fsync_tree(data_dir)
    return backup


def verify(source: Path) -> Backup:
    """Read the manifest and check every hash and the database. Raises InvalidRequest if the backup is damaged."""
    try:
        content = json.loads((source / MANIFEST).read_text())
        if content.pop("format") != FORMAT:
            raise InvalidRequest(f"{source} is a backup of another format; use the Loracle that made it.")
        backup = Backup(content["created_at"], dict(content["files"]), tuple(content["missing"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidRequest(f"{source} holds no whole backup: its {MANIFEST} is missing or damaged.") from None
    for name, digest in backup.files.items():
        path = source / name
        if not path.resolve().is_relative_to(source.resolve()) or not path.is_file() or _hash(path) != digest:
            raise InvalidRequest(f"The backup is damaged: {name} is missing or was changed. Use another backup.")
    if (problem := integrity(source / DATABASE)) != "ok":
        raise InvalidRequest(f"The backup's database is damaged ({problem}). Use another backup.")
    return backup


def integrity(database: Path) -> str:
    """The result of SQLite's integrity checks: "ok", or the problems found."""
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    except sqlite3.DatabaseError as fault:
        return str(fault)
    finally:
        connection.close()
    return "; ".join(found) if not broken else f"{len(broken)} rows refer to rows that are not there"


def copy_database(source: Path, target: Path) -> None:
    """Copy a database with SQLite's backup API into a single file without a write-ahead log."""
    live, copy = sqlite3.connect(source, timeout=30), sqlite3.connect(target)
    try:
        live.execute("BEGIN")  # one snapshot: without it, every commit in between restarts the copy
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES_PER_STEP)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        live.close()


def _referenced(database: Path) -> Iterator[str]:
    """Paths, relative to the data folder, of the files that the database names."""
    connection = sqlite3.connect(database)
    try:
        for table in ("document_versions", "datasets"):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                for (blob,) in connection.execute(f"SELECT DISTINCT blob FROM {table}"):  # noqa: S608 - names above
                    yield f"blobs/{blob[:2]}/{blob}"
        for (path,) in connection.execute("SELECT DISTINCT path FROM adapter_versions"):
            yield f"adapters/{path}"
    finally:
        connection.close()


def _copied(data_dir: Path, target: Path, name: str) -> bool:
    source, copy = data_dir / name, target / name
    if not source.exists() or not source.resolve().is_relative_to(data_dir.resolve()):
        return False
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copyfile(source, copy)
    except FileNotFoundError:  # deleted since the check above
        return False
    return True


def _delete_checkpoints(database: Path) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("DELETE FROM index_checkpoints")
    connection.close()


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
