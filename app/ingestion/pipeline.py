"""The document story: parse, split, embed, save."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from app.encoders.embedder import Embedder, Vectors
from app.errors import DocumentFailure, NotFound
from app.ingestion.chunking import ChunkSettings, chunk, contextual_text
from app.ingestion.limits import ParserLimits
from app.ingestion.parsed import ParsedDocument
from app.ingestion.sandbox import parse_sandboxed
from app.store.blobs import Blobs
from app.store.jobs import JobQueue, Lease
from app.store.records import Document, DocumentStatus, DocumentText, DocumentVersion, Job, NewChunk
from app.store.session import Database

CHUNKS_PER_BATCH = 64
STATUS_EVERY_S = 0.5
# Share of the whole that is done when a stage begins.
STARTS: dict[DocumentStatus, float] = {"parsing": 0.02, "chunking": 0.1, "embedding": 0.15}


class Cancelled(Exception):
    """Someone asked for the job to stop, or deleted its document."""


class Task:
    """One document version on its way: says how far it got and hears whether to stop."""

    def __init__(self, db: Database, job: Job, document: Document, version: DocumentVersion) -> None:
        self.job = job
        self.document = document
        self.version = version
        self.lease = Lease(job.id, job.lease_token or "")
        self._db = db
        self._told = 0.0

    def begin(self, stage: DocumentStatus, pages: int | None = None) -> None:
        """Raises Cancelled if the job was cancelled, Conflict if another worker has it."""
        self._stop_if_cancelled()
        self._tell(stage, STARTS[stage], pages)

    def advance(self, stage: DocumentStatus, share: float) -> None:
        """`share` of the stage is done; told at most twice a second."""
        if time.monotonic() - self._told >= STATUS_EVERY_S:
            self._stop_if_cancelled()
            self._tell(stage, STARTS[stage] + (1 - STARTS[stage]) * share * 0.99)

    def _tell(self, stage: DocumentStatus, progress: float, pages: int | None = None) -> None:
        with self._db.write_tenant(self.job.tenant_id) as store:
            store.documents.set_status(self.version.id, stage, progress, pages=pages, lease=self.lease)
        self._told = time.monotonic()

    def _stop_if_cancelled(self) -> None:
        with self._db.read() as session:
            if JobQueue(session).cancel_requested(self.job.id):
                raise Cancelled


class Ingestor:
    """Takes in one document version per job."""

    def __init__(
        self, db: Database, blobs: Blobs, embedder: Embedder, *, limits: ParserLimits, chunking: ChunkSettings
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._embedder = embedder
        self._limits = limits
        self._chunking = chunking

    def ingest(self, job: Job, report: Callable[[Task], None] = lambda _: None) -> None:
        """Make the version of `job` findable. All of it is saved in one transaction at the end, or nothing.

        Raises DocumentFailure for what lies in the file, Cancelled, Conflict if the lease was lost.
        """
        task = self._task(job)
        report(task)
        parsed = self._parse(task)
        chunks = self._split(task, parsed)
        vectors = self._embed(task, parsed, chunks)
        self._save(task, parsed, chunks, vectors)

    def _task(self, job: Job) -> Task:
        try:
            with self._db.read_tenant(job.tenant_id) as store:
                document = store.documents.get(job.payload["document_id"])
                version = store.documents.version(job.payload["version_id"])
        except NotFound:
            raise Cancelled from None  # deleted meanwhile
        return Task(self._db, job, document, version)

    def _parse(self, task: Task) -> ParsedDocument:
        task.begin("parsing")
        path = self._blobs.path(task.version.blob)
        if not path.is_file():
            raise DocumentFailure("file_missing", "The stored file is gone; upload the document again.")
        return parse_sandboxed(path, task.version.media_type, self._limits)

    def _split(self, task: Task, parsed: ParsedDocument) -> list[NewChunk]:
        task.begin("chunking", pages=len(parsed.pages) or None)
        return chunk(parsed, token_spans=self._embedder.token_spans, settings=self._chunking)

    def _embed(self, task: Task, parsed: ParsedDocument, chunks: Sequence[NewChunk]) -> Vectors:
        task.begin("embedding")
        title = parsed.title or task.document.filename
        texts = [contextual_text("" if piece.heading.startswith(title) else title, piece) for piece in chunks]
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)  # like lengths: little padding
        vectors = np.empty((len(texts), self._embedder.dimension), np.float32)
        for start in range(0, len(texts), CHUNKS_PER_BATCH):
            batch = order[start : start + CHUNKS_PER_BATCH]
            vectors[batch] = self._embedder.embed_passages([texts[i] for i in batch])
            task.advance("embedding", (start + len(batch)) / len(texts))
        return vectors

    def _save(self, task: Task, parsed: ParsedDocument, chunks: Sequence[NewChunk], vectors: Vectors) -> None:
        text = DocumentText(parsed.text, parsed.pages)
        with self._db.write_tenant(task.job.tenant_id) as store:
            store.documents.commit_ready(
                task.version.id, text, chunks, vectors, self._embedder.fingerprint, lease=task.lease
            )
