"""The ingestion pipeline: parse the file, split the text into chunks, embed the chunks, save them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from app.documents.ingestion.chunking import ChunkSettings, chunk, contextual_text, ingestion_fingerprint
from app.documents.ingestion.embedding_queue import EmbeddingQueue
from app.documents.ingestion.prefetch import BACKGROUND_NICENESS, OnPages, Prefetcher
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.sandbox import parse_sandboxed
from app.domain.documents import (
    ChunkText,
    Document,
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    NewChunk,
    StageProgress,
    StageUnit,
)
from app.domain.jobs import PARSING_JOBS, Job, JobKind
from app.embeddings.base import Embedder, Vectors
from app.embeddings.model_set import EmbeddingModelSet
from app.errors import DocumentFailure, NotFound
from app.jobs.signals import JobCancelled
from app.storage.blobs import Blobs
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database

MAX_PREFETCHED = 6  # documents
CHARS_PER_TOKEN = 4  # estimate for titles and headings
STATUS_INTERVAL_S = 0.5
# Progress of the whole when a stage starts, and when it ends.
STAGE_SHARES: dict[DocumentStatus, tuple[float, float]] = {
    DocumentStatus.PARSING: (0.02, 0.3),
    DocumentStatus.CHUNKING: (0.3, 0.32),
    DocumentStatus.EMBEDDING: (0.32, 0.99),
}


class ProgressReporter:
    """Records how far a job is with its document version, and raises JobCancelled once the job is cancelled."""

    def __init__(self, db: Database, job: Job, version_id: int) -> None:
        self._db = db
        self._job = job
        self._version_id = version_id
        self._recorded_at = 0.0  # monotonic seconds
        self._stage_started_at = 0.0

    def begin(self, stage: DocumentStatus, pages: int | None = None) -> None:
        """Start a stage. Raises JobCancelled if the job was cancelled, Conflict if another worker has it.

        The start of parsing is always recorded, that of another stage at most every STATUS_INTERVAL_S.
        """
        self._stop_if_cancelled()
        self._stage_started_at = time.monotonic()
        if stage == DocumentStatus.PARSING or self._is_due():
            self._record(stage, STAGE_SHARES[stage][0], pages=pages)

    def on_pages(self, done: int, pages: int) -> None:
        """`done` of `pages` pages are parsed."""
        eta = self._eta_s(done / pages if pages else 0)
        self._advance(DocumentStatus.PARSING, StageProgress(StageUnit.PAGES, done, pages, eta_s=eta))

    def on_chunks(self, done: int, chunks: int, tokens: int, all_tokens: int) -> None:
        """`done` of `chunks` chunks are embedded; the remaining time follows from their tokens."""
        speed = tokens / max(time.monotonic() - self._stage_started_at, 1e-3)
        eta = self._eta_s(tokens / all_tokens if all_tokens else 1)
        progress = StageProgress(StageUnit.CHUNKS, done, chunks, round(speed, 1), eta)
        self._advance(DocumentStatus.EMBEDDING, progress)

    def _eta_s(self, share: float) -> float | None:
        """Seconds until the stage ends at its speed so far."""
        if share <= 0:
            return None
        return round((time.monotonic() - self._stage_started_at) * (1 - share) / share, 1)

    def _advance(self, status: DocumentStatus, stage: StageProgress) -> None:
        if not self._is_due():
            return
        self._stop_if_cancelled()
        start, end = STAGE_SHARES[status]
        self._record(status, start + (end - start) * stage.done / max(stage.total, 1), stage=stage)

    def _is_due(self) -> bool:
        return time.monotonic() - self._recorded_at >= STATUS_INTERVAL_S

    def _record(
        self, status: DocumentStatus, progress: float, *, stage: StageProgress | None = None, pages: int | None = None
    ) -> None:
        self._recorded_at = time.monotonic()
        if self._job.kind in {JobKind.REINDEX, JobKind.REEMBED}:  # the version answers meanwhile: it stays ready
            return
        with self._db.write_tenant(self._job.tenant_id) as store:
            store.document_versions.set_status(
                self._version_id, status, progress, stage=stage, pages=pages, lease=lease_of(self._job)
            )

    def _stop_if_cancelled(self) -> None:
        with self._db.read() as session:
            if JobQueue(session).cancel_requested(self._job.id):
                raise JobCancelled


@dataclass(frozen=True, slots=True)
class Ingestion:
    """One run of a job: the document version, how to split it, and the reporter of its progress."""

    job: Job
    document: Document
    version: DocumentVersion
    chunking: ChunkSettings
    progress: ProgressReporter


class Ingestor:
    """Ingests one document version per job. Thread-safe: workers that share one share batches of the embedder."""

    def __init__(
        self, db: Database, blobs: Blobs, embedders: EmbeddingModelSet, *, limits: ParserLimits, chunking: ChunkSettings
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._embedders = embedders
        self._limits = limits
        self._chunking = chunking
        self._prefetcher = Prefetcher(self._parse_version, self._upcoming)
        self._queue = EmbeddingQueue()

    def ingest(self, job: Job, on_start: Callable[[Ingestion], None] = lambda _: None) -> None:
        """Make the version of `job` findable. One transaction at the end saves all of it, or nothing.

        Raises DocumentFailure for a fault of the file, JobCancelled, Conflict if the lease was lost.
        """
        run = self._start(job)
        on_start(run)
        with self._queue.document(job.tenant_id):
            parsed = self._parse(run)
            chunks = self._split(run, parsed)
            text = DocumentText(parsed.text, parsed.pages, parsed.title or run.document.filename)
            saved = False
            while not saved:
                embedder = self._embedders.get(self._active_model(run))
                vectors = self._embed(run, text.title, chunks, embedder)
                saved = self._save(run, text, chunks, vectors, embedder)

    def reembed(self, job: Job) -> None:
        """Add vectors of the current model to the version of `job`, beside those that searches use.

        A version with chunks that the model would truncate is ingested again first. Raises as `ingest` does.
        """
        run = self._start(job)
        model = self._embedders.current
        pieces = self._without_vectors(run)
        if any(len(model.token_spans(piece.text)) > model.max_tokens for piece in pieces):
            self.ingest(job)
            pieces = self._without_vectors(run)
        with self._queue.document(job.tenant_id):
            vectors = self._embed(run, pieces[0].title if pieces else "", pieces, model)
        ids, chunking = [piece.id for piece in pieces], run.chunking.fingerprint
        with self._db.write_tenant(job.tenant_id) as store:
            store.embeddings.add(
                run.version.id, ids, vectors, model.fingerprint, chunking=chunking, lease=lease_of(job)
            )

    def _start(self, job: Job) -> Ingestion:
        try:
            with self._db.read_tenant(job.tenant_id) as store:
                document = store.documents.get(job.payload["document_id"])
                version = store.document_versions.get(job.payload["version_id"])
                chunking = self._chunking.for_collection(store.collections.settings(document.collection))
        except NotFound:
            raise JobCancelled from None  # the document is deleted
        return Ingestion(job, document, version, chunking, ProgressReporter(self._db, job, version.id))

    def _parse(self, run: Ingestion) -> ParsedDocument:
        run.progress.begin(DocumentStatus.PARSING)
        self._prefetcher.start()
        alone = self._queue.active_documents(run.job.tenant_id) == 1  # a user may wait for this document
        return self._prefetcher.get(run.version, run.progress.on_pages, 0 if alone else BACKGROUND_NICENESS)

    def _parse_version(self, version: DocumentVersion, on_pages: OnPages, niceness: int) -> ParsedDocument:
        path = self._blobs.path(version.blob)
        if not path.is_file():
            raise DocumentFailure("file_missing", "The stored file is gone; upload the document again.")
        return parse_sandboxed(path, version.media_type, replace(self._limits, niceness=niceness), on_pages)

    def _upcoming(self) -> list[DocumentVersion]:
        """The next versions, of tenants with an active document only: a job of another tenant is claimed at once."""
        with self._db.read() as session:
            found = []
            for job in JobQueue(session).upcoming(PARSING_JOBS, MAX_PREFETCHED):
                if not self._queue.active_documents(job.tenant_id):
                    continue
                with suppress(NotFound):  # the document is deleted: the job ends as cancelled
                    found.append(TenantStore(session, job.tenant_id).document_versions.get(job.payload["version_id"]))
            return found

    def _split(self, run: Ingestion, parsed: ParsedDocument) -> list[NewChunk]:
        run.progress.begin(DocumentStatus.CHUNKING, pages=len(parsed.pages) or None)
        return chunk(parsed, token_spans=self._embedders.current.token_spans, settings=run.chunking)

    def _active_model(self, run: Ingestion) -> str | None:
        """Fingerprint of the model that the tenant's searches use; None before the first document."""
        with self._db.read_tenant(run.job.tenant_id) as store:
            return store.embeddings.fingerprint()

    def _without_vectors(self, run: Ingestion) -> list[ChunkText]:
        """The chunks without vectors of the current model."""
        with self._db.read_tenant(run.job.tenant_id) as store:
            return store.embeddings.missing(run.version.id, self._embedders.current.fingerprint)

    def _embed(self, run: Ingestion, title: str, chunks: Sequence[NewChunk | ChunkText], embedder: Embedder) -> Vectors:
        run.progress.begin(DocumentStatus.EMBEDDING)
        texts = [contextual_text(title, piece) for piece in chunks]
        tokens = [
            piece.tokens + (len(text) - len(piece.text)) // CHARS_PER_TOKEN
            for piece, text in zip(chunks, texts, strict=True)
        ]

        def on_progress(done: int, tokens_done: int) -> None:
            run.progress.on_chunks(done, len(texts), tokens_done, sum(tokens))

        return self._queue.embed(run.job.tenant_id, embedder, texts, tokens, on_progress)

    def _save(
        self, run: Ingestion, text: DocumentText, chunks: Sequence[NewChunk], vectors: Vectors, embedder: Embedder
    ) -> bool:
        """Return False, and save nothing, if the tenant's searches use another model since the chunks were embedded."""
        with self._db.write_tenant(run.job.tenant_id) as store:
            active = store.embeddings.fingerprint()
            if active is not None and self._embedders.get(active) is not embedder:
                return False
            if active is None:
                store.embeddings.set_active(embedder.fingerprint)
            store.document_versions.commit_ready(
                run.version.id,
                text,
                chunks,
                vectors,
                embedder.fingerprint,
                chunking=ingestion_fingerprint(embedder.fingerprint, run.chunking),
                lease=lease_of(run.job),
            )
            return True


def lease_of(job: Job) -> Lease:
    return Lease(job.id, job.lease_token or "")
