"""Backups while the service runs: a consistent copy of the database, the files it refers to, and their hashes.

The database is copied first, then the files it names. A file that is deleted in between belongs to a document that was
deleted after the copy began; it is recorded as missing and its document is restored without the original file.
Indexes are not in a backup: they are rebuilt from the database. The database of a backup is a SQLite file, whatever it
was made of: a backup of PostgreSQL needs none of its programs, and either database can be filled from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.atomic_files import fsync_tree, replace_folder
from app.domain.audit import AuditAction
from app.errors import Conflict, InvalidRequest
from app.storage.blobs.base import file_sha256
from app.storage.blobs.file_set import FileSet, FolderFiles, referenced_in
from app.storage.database import Database, open_database
from app.storage.faults import translate_faults
from app.storage.schema import schema_current
from app.storage.sql.audit_writer import record_audit
from app.storage.sqlite.files import integrity

MANIFEST = "manifest.json"
DATABASE = "loracle.db"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """The content of a backup: the sha256 of each file by its path, and the files that were missing.

    `left` are files that stayed where they are, in object storage, likewise.
    """

    created_at: str
    files: dict[str, str]
    missing: tuple[str, ...]
    left: dict[str, str] = field(default_factory=dict)


def back_up(db: Database, target: Path, stored: FileSet | None = None, *, with_files: bool = True) -> Backup:
    """Copy database and files into the new folder `target` while the service runs.

    `stored`: where the files lie, by default in the data folder. Without files, their hashes are noted.
    Raises Conflict if the folder exists, StorageFull if the disk is full, Unavailable if a store does not answer.
    """
    if target.exists():
        raise Conflict(f"{target} exists; choose a new folder for the backup.")
    stored = stored or FolderFiles(db.data_dir)
    temporary = target.with_name(f"{target.name}.partial")
    with translate_faults(db.dialect.translate), replace_folder(target, temporary=temporary) as partial:
        db.dialect.save(partial / DATABASE)
        paths = [path for one in referenced_in(partial / DATABASE) for path in stored.expand(one)]
        left = {} if with_files else {path: digest for path in paths if (digest := stored.sha256(path)) is not None}
        found = {path for path in paths if _saved(stored, path, partial)} if with_files else left.keys()
        files = {name: file_sha256(partial / name) for name in sorted(_files(partial))}
        missing = tuple(sorted(set(paths) - found))
        backup = Backup(datetime.now(UTC).isoformat(timespec="seconds"), files, missing, left)
        (partial / MANIFEST).write_text(json.dumps({"format": FORMAT, **asdict(backup)}, indent=1))
    _record(db, AuditAction.BACKUP_MADE, target, files=len(backup.files))
    return backup


def restore(source: Path, data_dir: Path, url: str = "", stored: FileSet | None = None) -> Backup:
    """Restore a backup into the empty folder `data_dir` and the empty database of `url`, by default a file in it.

    `stored`: where the files go, by default into the folder. Files that a backup left where they are must be there.
    Raises InvalidRequest if the backup is damaged, Conflict if anything is there already or a file is not.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise Conflict(f"{data_dir} is not empty; restore into a new folder and point LORACLE_DATA_DIR at it.")
    backup = verify(source)
    stored = stored or FolderFiles(data_dir)
    if lost := [path for path, digest in backup.left.items() if stored.sha256(path) != digest]:
        raise Conflict(
            f"The backup was made without files, and {len(lost)} of them are not in the storage as they were, "
            f"{lost[0]} first. Set LORACLE_BLOB_STORE and LORACLE_S3_* to where they lie, or use another backup."
        )
    with closing(open_database(data_dir, url)) as db, translate_faults(db.dialect.translate):
        db.dialect.load(source / DATABASE)
        for name in backup.files.keys() - {DATABASE}:
            stored.load(name, source / name)
        fsync_tree(data_dir)
        _record(db, AuditAction.BACKUP_RESTORED, source, made_at=backup.created_at)
    return backup


def verify(source: Path) -> Backup:
    """Read the manifest and check every hash and the database. Raises InvalidRequest if the backup is damaged."""
    try:
        content = json.loads((source / MANIFEST).read_text())
        if content.pop("format") != FORMAT:
            raise InvalidRequest(f"{source} is a backup of another format; use the Loracle that made it.")
        left = dict(content.get("left", {}))
        backup = Backup(content["created_at"], dict(content["files"]), tuple(content["missing"]), left)
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidRequest(f"{source} holds no whole backup: its {MANIFEST} is missing or damaged.") from None
    for name, digest in backup.files.items():
        path = source / name
        if not path.resolve().is_relative_to(source.resolve()) or not path.is_file() or file_sha256(path) != digest:
            raise InvalidRequest(f"The backup is damaged: {name} is missing or was changed. Use another backup.")
    if (problem := integrity(source / DATABASE)) != "ok":
        raise InvalidRequest(f"The backup's database is damaged ({problem}). Use another backup.")
    return backup


def _record(db: Database, action: AuditAction, folder: Path, **details: Any) -> None:
    """Note it in the audit log; a database of an earlier version has none."""
    with db.write() as session:
        if schema_current(session):
            record_audit(session, action, "backup", folder.name, tenant_id=None, **details)


def _saved(stored: FileSet, path: str, target: Path) -> bool:
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    return stored.save(path, target / path)


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
