"""Where a process is killed, and faults that are planted to see that the checks find them.

A fail point is (module, class or None, function, when): the function is wrapped from outside and the process sends
itself SIGKILL before it runs or after it has run.
"""

from __future__ import annotations

import importlib
import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

BEFORE, AFTER = "before", "after"
FAIL_POINTS: dict[str, tuple[str, str | None, str, str]] = {
    "blob opened": ("app.storage.blobs", "BlobWriter", "__init__", AFTER),
    "blob partly written": ("app.storage.blobs", "BlobWriter", "write", AFTER),
    "blob before sync": ("app.storage.blobs", "BlobWriter", "commit", BEFORE),
    "blob durable, no row": ("app.storage.blobs", "BlobWriter", "commit", AFTER),
    "blob unlinked": ("app.storage.blobs", "Blobs", "delete", AFTER),
    "deleted, blob still there": ("app.storage.blobs", "Blobs", "delete", BEFORE),
    "upload before commit": ("app.storage.sql.repositories.documents", "Documents", "upload", AFTER),
    "version half recorded": ("app.storage.sql.repositories.document_versions", "DocumentVersions", "create", BEFORE),
    "delete before commit": ("app.storage.sql.repositories.documents", "Documents", "delete", AFTER),
    "removal logged, rows still there": ("app.storage.sql.chunk_writer", "ChunkWriter", "log_removal", AFTER),
    "ready before commit": (
        "app.storage.sql.repositories.document_versions",
        "DocumentVersions",
        "commit_ready",
        AFTER,
    ),
    "chunks inserted, not live": ("app.storage.sql.chunk_writer", "ChunkWriter", "add_chunks", AFTER),
    "before chunks": ("app.storage.sql.chunk_writer", "ChunkWriter", "add_chunks", BEFORE),
    "old chunks discarded": ("app.storage.sql.chunk_writer", "ChunkWriter", "discard_chunks", AFTER),
    "status told": ("app.storage.sql.repositories.document_versions", "DocumentVersions", "set_status", AFTER),
    "job being claimed": ("app.storage.sql.queue", "JobQueue", "claim", AFTER),
    "job finishing": ("app.storage.sql.queue", "JobQueue", "finish", BEFORE),
    "job finished before commit": ("app.storage.sql.queue", "JobQueue", "finish", AFTER),
    "ingestion begun": ("app.documents.ingestion.pipeline", "Ingestor", "ingest", BEFORE),
    "ingested, job open": ("app.documents.ingestion.pipeline", "Ingestor", "ingest", AFTER),
    "embedded, not saved": ("app.documents.ingestion.pipeline", "Ingestor", "_embed", AFTER),
    "index being loaded": ("app.index.tenant_index", "TenantIndex", "_load", AFTER),
    "index file half there": ("app.index.checkpoint", None, "file_sha256", BEFORE),
    "index file named, no row": ("app.index.tenant_index", "TenantIndex", "_record_checkpoint", BEFORE),
    "checkpoint row before commit": ("app.storage.sql.change_log", "ChangeLog", "record_checkpoint", AFTER),
    "checkpoint done": ("app.index.tenant_index", "TenantIndex", "checkpoint", AFTER),
    "compact index trained": ("app.index.ivf_builder", None, "train", AFTER),
    "compact index filled": ("app.index.ivf_builder", None, "fill", AFTER),
    "vectors of another model not saved": ("app.storage.sql.repositories.embeddings", "Embeddings", "add", BEFORE),
    "vectors beside before commit": ("app.storage.sql.repositories.embeddings", "Embeddings", "add", AFTER),
    "about to switch models": ("app.storage.sql.repositories.embeddings", "Embeddings", "set_active", BEFORE),
    "switched before commit": ("app.storage.sql.repositories.embeddings", "Embeddings", "set_active", AFTER),
    "vectors settled before commit": ("app.storage.sql.repositories.embeddings", "Embeddings", "promote", AFTER),
    "migrating": ("app.storage.sqlite.migrate", None, "_revision", AFTER),
}


def kill_at(point: str, occurrence: int) -> None:
    """Kill this process at the `occurrence`-th time it comes to the point."""
    module, owner, name, when = FAIL_POINTS[point]
    holder: Any = importlib.import_module(module)
    holder = getattr(holder, owner) if owner else holder
    original = getattr(holder, name)
    left = occurrence

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(holder, name, wrapped)


def _delete_without_log() -> None:
    from app.storage.sql.chunk_writer import ChunkWriter

    ChunkWriter.log_removal = lambda _self, _version: None  # type: ignore[method-assign]


def _add_without_log() -> None:
    """Chunks come to be, and their line of the change log is gone again."""
    from app.storage.sql import chunk_writer
    from app.storage.sql.tables import ChangeRow

    log = chunk_writer.log_change

    def silent(session: Any, tenant_id: str, kind: Any, version_id: int) -> tuple[int, int] | None:
        ids = log(session, tenant_id, kind, version_id)
        if kind == "add":
            session.query(ChangeRow).filter_by(version_id=version_id, kind="add").delete()
        return ids

    chunk_writer.log_change = silent  # type: ignore[assignment]


def _live_before_chunks() -> None:
    """The version goes live in a transaction of its own."""
    from app.storage.sql.chunk_writer import ChunkWriter
    from app.storage.sql.tables import DocumentRow

    insert = ChunkWriter.add_chunks

    def early(self: Any, version: Any, *rest: Any) -> None:
        document = self._session.get(DocumentRow, version.document_id)
        document.live_version_id = version.id
        self._session.flush()
        self._session.connection().exec_driver_sql("COMMIT")
        self._session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        insert(self, version, *rest)

    ChunkWriter.add_chunks = early  # type: ignore[method-assign]


def _unlink_before_commit() -> None:
    """A delete removes the file first: a crash leaves a document without its file."""
    from app.storage.blobs import Blobs
    from app.storage.sql.repositories.documents import Documents

    delete = Documents.delete

    def early(self: Any, document_id: str) -> list[str]:
        blobs = delete(self, document_id)
        folder = Blobs(_data_dir(self._session) / "blobs")
        for blob in blobs:
            folder.delete(blob)
        os.kill(os.getpid(), signal.SIGKILL)
        return blobs

    Documents.delete = early  # type: ignore[method-assign]


def _data_dir(session: Any) -> Any:
    from pathlib import Path

    return Path(session.get_bind().url.database).parent


def _no_hash_check() -> None:
    """Damage goes unnoticed: the harness flips a bit of an index file now and then."""
    from app.index import checkpoint

    checkpoint.is_intact = lambda path, _sha256: path.is_file()  # type: ignore[assignment]


def _checkpoint_ahead() -> None:
    """Checkpoints that claim to be newer than they are: changes in between are never replayed."""
    from app.storage.sql.change_log import ChangeLog

    note = ChangeLog.record_checkpoint

    def ahead(self: Any, *, seq: int, **more: Any) -> list[str]:
        return note(self, seq=max(seq, self.max_seq() + 3), **more)

    ChangeLog.record_checkpoint = ahead  # type: ignore[method-assign]


def _removals_ignored() -> None:
    """Deleted passages stay in the index."""
    from app.index.flat import FlatIndex

    FlatIndex.remove_range = lambda _self, _first, _last: None  # type: ignore[method-assign]


def _applied_twice() -> None:
    """Each line of the change log counts twice, and adding is no longer the same twice."""
    from app.index.flat import FlatIndex
    from app.index.tenant_index import TenantIndex

    apply = TenantIndex._apply

    def twice(self: Any, *change: Any) -> None:
        apply(self, *change)
        apply(self, *change)

    TenantIndex._apply = twice  # type: ignore[method-assign]
    FlatIndex.remove = lambda _self, _ids: None  # type: ignore[method-assign]


def _acknowledged_before_commit() -> None:
    """Some transactions end without a commit, and nobody is told."""
    from app.storage.sqlite.database import Database

    write, count = Database.write_tenant, itertools.count(1)

    @contextmanager
    def careless(self: Any, tenant_id: str) -> Iterator[Any]:
        with suppress(_Lost), write(self, tenant_id) as store:
            yield store
            if next(count) % 9 == 0:
                raise _Lost

    Database.write_tenant = careless  # type: ignore[method-assign]


class _Lost(Exception):
    pass


def _live_files_collected() -> None:
    """Garbage collection that takes every file for an orphan."""
    from app.storage.blobs import Blobs

    sweep = Blobs.sweep
    Blobs.sweep = lambda self, _referenced: sweep(self, (), -1.0)  # type: ignore[method-assign]


def _switched_early() -> None:
    """All searches change to another embedding model before its vectors are there."""
    from app.documents.ingestion.reindexing import Upkeep

    Upkeep._unfinished = lambda _self, _store: False  # type: ignore[method-assign]


def _vectors_without_log() -> None:
    """Vectors of another model come to be without a line for its index."""
    from app.storage.sql.repositories import embeddings

    embeddings.log_change = lambda *_: None  # type: ignore[assignment]


MUTANTS: dict[str, Callable[[], None]] = {
    "delete-without-log": _delete_without_log,
    "add-without-log": _add_without_log,
    "live-before-chunks": _live_before_chunks,
    "unlink-before-commit": _unlink_before_commit,
    "no-hash-check": _no_hash_check,
    "checkpoint-ahead": _checkpoint_ahead,
    "removals-ignored": _removals_ignored,
    "applied-twice": _applied_twice,
    "acknowledged-before-commit": _acknowledged_before_commit,
    "live-files-collected": _live_files_collected,
    "switched-early": _switched_early,
    "vectors-without-log": _vectors_without_log,
}


def plant(mutant: str) -> None:
    MUTANTS[mutant]()
