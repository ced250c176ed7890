"""Backups while the service runs: a consistent copy of the database, the files it refers to, and their hashes.

The database is copied first, then the files it names. A file that is deleted in between belongs to a document that was
deleted after the copy began; it is recorded as missing and its document is restored without the original file.
Indexes are not in a backup: they are rebuilt from the database. The database of a backup is a SQLite file, whatever it
was made of: a backup of PostgreSQL needs none of its programs, and either database can be filled from it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.atomic_files import fsync_tree, replace_folder
from app.errors import Conflict, InvalidRequest
from app.storage.database import Database, open_database
from app.storage.faults import translate_faults
from app.storage.sqlite.files import integrity

MANIFEST = "manifest.json"
DATABASE = "loracle.db"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """The content of a backup: the sha256 of each file by its path, and the files that were missing."""

    created_at: str
    files: dict[str, str]
    missing: tuple[str, ...]


def back_up(db: Database, target: Path, *, files: bool = True) -> Backup:
    """Copy database and files into the new folder `target` while the service runs.

    `files`: False if they lie in S3-compatible storage, which keeps them itself.
    Raises Conflict if the folder exists, StorageFull if the disk is full.
    """
    if target.exists():
        raise Conflict(f"{target} exists; choose a new folder for the backup.")
    temporary = target.with_name(f"{target.name}.partial")
    with translate_faults(db.dialect.translate), replace_folder(target, temporary=temporary) as partial:
        db.dialect.save(partial / DATABASE)
        wanted = _referenced(partial / DATABASE) if files else ()
        missing = [name for name in wanted if not _copied(db.data_dir, partial, name)]
        hashes = {name: _hash(partial / name) for name in sorted(_files(partial))}
        backup = Backup(datetime.now(UTC).isoformat(timespec="seconds"), hashes, tuple(sorted(missing)))
        (partial / MANIFEST).write_text(json.dumps({"format": FORMAT, **asdict(backup)}, indent=1))
    return backup


def restore(source: Path, data_dir: Path, url: str = "") -> Backup:
    """Restore a backup into the empty folder `data_dir` and the empty database of `url`, by default a file in it.

    Raises InvalidRequest if the backup is damaged, Conflict if anything is there already.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise Conflict(f"{data_dir} is not empty; restore into a new folder and point LORACLE_DATA_DIR at it.")
    backup = verify(source)
    with closing(open_database(data_dir, url)) as db, translate_faults(db.dialect.translate):
        db.dialect.load(source / DATABASE)
        for name in backup.files.keys() - {DATABASE}:
            (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, data_dir / name)
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


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
