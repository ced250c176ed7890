"""Faults that are planted in the product to see that the crash harness finds them.

Each mutant replaces functions of the running process; functions are given as references, so a rename breaks it.
"""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.documents.ingestion.reindexing import Reindexing
from app.index import checkpoint
from app.index.flat import FlatIndex
from app.index.tenant_index import TenantIndex
from app.storage.blobs.local import LocalBlobs
from app.storage.database import Database
from app.storage.sql import chunk_writer
from app.storage.sql.change_log import ChangeLog, log_change
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.repositories import embeddings
from app.storage.sql.repositories.documents import Documents
from app.storage.sql.tables import ChangeRow, DocumentRow
from tests.reliability.function_patch import replace_function


def plant(mutant: str) -> None:
    MUTANTS[mutant]()


def _delete_without_log() -> None:
    """A removed version leaves no line in the change log."""
    replace_function(ChunkWriter.log_removal, lambda _self, _version: None)


def _add_without_log() -> None:
    """Chunks are added, and their line of the change log is deleted again."""

    def silent(session: Any, tenant_id: str, kind: Any, version_id: int) -> tuple[int, int] | None:
        ids = log_change(session, tenant_id, kind, version_id)
        if kind == "add":
            session.query(ChangeRow).filter_by(version_id=version_id, kind="add").delete()
        return ids

    replace_function(log_change, silent, seen_in=chunk_writer)


def _live_before_chunks() -> None:
    """The version goes live in a transaction of its own, before its chunks exist."""
    add_chunks = ChunkWriter.add_chunks

    def early(self: Any, version: Any, *rest: Any) -> None:
        document = self._session.get(DocumentRow, version.document_id)
        document.live_version_id = version.id
        self._session.flush()
        self._session.connection().exec_driver_sql("COMMIT")
        self._session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        add_chunks(self, version, *rest)

    replace_function(add_chunks, early)


def _unlink_before_commit() -> None:
    """A delete removes the file first: a crash leaves a document without its file."""
    delete = Documents.delete

    def early(self: Any, document_id: str) -> list[str]:
        names = delete(self, document_id)
        blobs = LocalBlobs(Path(self._session.get_bind().url.database).parent / "blobs")
        for name in names:
            blobs.delete(name)
        os.kill(os.getpid(), signal.SIGKILL)
        return names

    replace_function(delete, early)


def _no_hash_check() -> None:
    """Damage goes unnoticed: the harness damages an index file every few cycles."""
    replace_function(checkpoint.is_intact, lambda path, _sha256: path.is_file())


def _checkpoint_ahead() -> None:
    """Checkpoints that claim to be newer than they are: changes in between are never replayed."""
    record = ChangeLog.record_checkpoint

    def ahead(self: Any, *, seq: int, **more: Any) -> list[str]:
        return record(self, seq=max(seq, self.max_seq() + 3), **more)

    replace_function(record, ahead)


def _removals_ignored() -> None:
    """Deleted passages stay in the index."""
    replace_function(FlatIndex.remove_range, lambda _self, _first, _last: None)


def _applied_twice() -> None:
    """Each line of the change log is applied twice, and adding is no longer idempotent."""
    apply = TenantIndex._apply

    def twice(self: Any, *change: Any) -> None:
        apply(self, *change)
        apply(self, *change)

    replace_function(apply, twice)
    replace_function(FlatIndex.remove, lambda _self, _ids: None)


def _acknowledged_before_commit() -> None:
    """Some transactions end without a commit, and the caller gets no error."""
    write, count = Database.write_tenant, itertools.count(1)

    @contextmanager
    def careless(self: Any, tenant_id: str) -> Iterator[Any]:
        with suppress(_RolledBack), write(self, tenant_id) as store:
            yield store
            if next(count) % 9 == 0:
                raise _RolledBack

    replace_function(write, careless)


class _RolledBack(Exception):
    """Rolls a transaction back."""


def _live_files_collected() -> None:
    """Garbage collection treats every file as an orphan."""
    sweep = LocalBlobs.sweep
    replace_function(sweep, lambda self, _referenced: sweep(self, (), -1.0))


def _switched_early() -> None:
    """All searches change to another embedding model before its vectors exist."""
    replace_function(Reindexing._unfinished, lambda _self, _store: False)


def _vectors_without_log() -> None:
    """Vectors of another model are added without a line for its index."""
    replace_function(log_change, lambda *_: None, seen_in=embeddings)


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
