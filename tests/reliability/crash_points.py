"""The named points at which the crash harness kills a process.

A fail point is a function of the product and a moment: the process sends itself SIGKILL before the function runs or
after it returned. Functions are given as references, so a rename breaks this module when it is imported.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.documents.ingestion.pipeline import Ingestor
from app.index import checkpoint, ivf_builder
from app.index.tenant_index import TenantIndex
from app.storage.blobs.base import BlobWriter
from app.storage.blobs.local import LocalBlobs
from app.storage.sql.change_log import ChangeLog
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.document_versions import DocumentVersions
from app.storage.sql.repositories.documents import Documents
from app.storage.sql.repositories.embeddings import Embeddings
from app.storage.sqlite import migrate
from tests.reliability.function_patch import replace_function

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class FailPoint:
    function: Callable[..., Any]
    when: str  # BEFORE or AFTER


FAIL_POINTS: dict[str, FailPoint] = {
    "blob opened": FailPoint(BlobWriter.__init__, AFTER),
    "blob partly written": FailPoint(BlobWriter.write, AFTER),
    "blob before sync": FailPoint(BlobWriter.commit, BEFORE),
    "blob durable, no row": FailPoint(BlobWriter.commit, AFTER),
    "blob unlinked": FailPoint(LocalBlobs.delete, AFTER),
    "deleted, blob still there": FailPoint(LocalBlobs.delete, BEFORE),
    "upload before commit": FailPoint(Documents.upload, AFTER),
    "version half recorded": FailPoint(DocumentVersions.create, BEFORE),
    "delete before commit": FailPoint(Documents.delete, AFTER),
    "removal logged, rows still there": FailPoint(ChunkWriter.log_removal, AFTER),
    "ready before commit": FailPoint(DocumentVersions.commit_ready, AFTER),
    "chunks inserted, not live": FailPoint(ChunkWriter.add_chunks, AFTER),
    "before chunks": FailPoint(ChunkWriter.add_chunks, BEFORE),
    "old chunks discarded": FailPoint(ChunkWriter.discard_chunks, AFTER),
    "status recorded": FailPoint(DocumentVersions.set_status, AFTER),
    "job being claimed": FailPoint(JobQueue.claim, AFTER),
    "job finishing": FailPoint(JobQueue.finish, BEFORE),
    "job finished before commit": FailPoint(JobQueue.finish, AFTER),
    "ingestion begun": FailPoint(Ingestor.ingest, BEFORE),
    "ingested, job open": FailPoint(Ingestor.ingest, AFTER),
    "embedded, not saved": FailPoint(Ingestor._embed, AFTER),
    "index being loaded": FailPoint(TenantIndex._load, AFTER),
    "index file half there": FailPoint(checkpoint.file_sha256, BEFORE),
    "index file named, no row": FailPoint(TenantIndex._record_checkpoint, BEFORE),
    "checkpoint row before commit": FailPoint(ChangeLog.record_checkpoint, AFTER),
    "checkpoint done": FailPoint(TenantIndex.checkpoint, AFTER),
    "compact index trained": FailPoint(ivf_builder.train, AFTER),
    "compact index filled": FailPoint(ivf_builder.fill, AFTER),
    "vectors of another model not saved": FailPoint(Embeddings.add, BEFORE),
    "vectors beside before commit": FailPoint(Embeddings.add, AFTER),
    "about to switch models": FailPoint(Embeddings.set_active, BEFORE),
    "switched before commit": FailPoint(Embeddings.set_active, AFTER),
    "vectors settled before commit": FailPoint(Embeddings.promote, AFTER),
    "migrating": FailPoint(migrate._revision, AFTER),
}


def kill_at(point: str, occurrence: int) -> None:
    """Make this process kill itself at the `occurrence`-th call of the point's function."""
    function, when = FAIL_POINTS[point].function, FAIL_POINTS[point].when
    left = occurrence

    def killing(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    replace_function(function, killing)
