"""The document story: parse, split, embed, save."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from app.documents.ingestion.chunking import ChunkSettings, chunk, contextual_text, made_with
from app.documents.ingestion.embedding_queue import EmbeddingQueue
from app.documents.ingestion.prefetch import OnPages, ReadAhead
from app.documents.parsing.limits import ParserLimits
from app.documents.parsing.parsed import ParsedDocument
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

AHEAD = 6  # documents that wait parsed
LATER = 10  # niceness of reading what is not urgent: it takes what time the embedder and others leave
CHARS_PER_TOKEN = 4  # of titles and headings, roughly
STATUS_EVERY_S = 0.5
# Share of the whole that is done when a stage begins, and when it ends.
SHARES: dict[DocumentStatus, tuple[float, float]] = {
    DocumentStatus.PARSING: (0.02, 0.3),
    DocumentStatus.CHUNKING: (0.3, 0.32),
    DocumentStatus.EMBEDDING: (0.32, 0.99),
}


class Task:
    """One document version on its way: says how far it got and hears whether to stop."""

    def __init__(
        self, db: Database, job: Job, document: Document, version: DocumentVersion, chunking: ChunkSettings
    ) -> None:
        self.job = job
        self.chunking = chunking
        self.document = document
        self.version = version
        self.lease = Lease(job.id, job.lease_token or "")
        self._db = db
        self._told = 0.0
        self._began = 0.0

    def begin(self, stage: DocumentStatus, pages: int | None = None) -> None:
        """Raises JobCancelled if the job was cancelled, Conflict if another worker has it.

        The first stage is told at once, a later one unless something was told just before.
        """
        self._stop_if_cancelled()
        self._began = time.monotonic()
        if stage == DocumentStatus.PARSING or self._told_long_ago():
            self._tell(stage, SHARES[stage][0], pages=pages)

    def on_pages(self, done: int, pages: int) -> None:
        """So many pages are read."""
        eta = self._eta(done / pages if pages else 0)
        self._advance(DocumentStatus.PARSING, StageProgress(StageUnit.PAGES, done, pages, eta_s=eta))

    def on_chunks(self, done: int, chunks: int, tokens: int, all_tokens: int) -> None:
        """So many chunks are embedded, of so many tokens: those say how much is left."""
        speed = tokens / max(time.monotonic() - self._began, 1e-3)
        eta = self._eta(tokens / all_tokens if all_tokens else 1)
        progress = StageProgress(StageUnit.CHUNKS, done, chunks, round(speed, 1), eta)
        self._advance(DocumentStatus.EMBEDDING, progress)

    def _eta(self, share: float) -> float | None:
        """Seconds until the stage ends, if the rest goes as what is done went."""
        if share <= 0:
            return None
        return round((time.monotonic() - self._began) * (1 - share) / share, 1)

    def _advance(self, status: DocumentStatus, stage: StageProgress) -> None:
        """Told at most twice a second."""
        if not self._told_long_ago():
            return
        self._stop_if_cancelled()
        start, end = SHARES[status]
        self._tell(status, start + (end - start) * stage.done / max(stage.total, 1), stage=stage)

    def _told_long_ago(self) -> bool:
        return time.monotonic() - self._told >= STATUS_EVERY_S

    def _tell(
        self, status: DocumentStatus, progress: float, *, stage: StageProgress | None = None, pages: int | None = None
    ) -> None:
        self._told = time.monotonic()
        if self.job.kind in {JobKind.REINDEX, JobKind.REEMBED}:  # the version answers meanwhile: its status is ready
            return
        with self._db.write_tenant(self.job.tenant_id) as store:
            store.document_versions.set_status(
                self.version.id, status, progress, stage=stage, pages=pages, lease=self.lease
            )

    def _stop_if_cancelled(self) -> None:
        with self._db.read() as session:
            if JobQueue(session).cancel_requested(self.job.id):
                raise JobCancelled


class Ingestor:
    """Takes in one document version per job. Thread-safe: workers that share one share batches of the embedder."""

    def __init__(
        self, db: Database, blobs: Blobs, embedders: EmbeddingModelSet, *, limits: ParserLimits, chunking: ChunkSettings
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._embedders = embedders
        self._limits = limits
        self._chunking = chunking
        self._ahead = ReadAhead(self._read_later, self._upcoming)
        self._queue = EmbeddingQueue()

    def ingest(self, job: Job, report: Callable[[Task], None] = lambda _: None) -> None:
        """Make the version of `job` findable. All of it is saved in one transaction at the end, or nothing.

        Raises DocumentFailure for what lies in the file, JobCancelled, Conflict if the lease was lost.
        """
        task = self._task(job)
        report(task)
        with self._queue.document(job.tenant_id):
            parsed = self._parse(task)
            chunks = self._split(task, parsed)
            text = DocumentText(parsed.text, parsed.pages, parsed.title or task.document.filename)
            saved = False
            while not saved:
                embedder = self._embedders.get(self._searched_by(task))
                vectors = self._embed(task, text.title, chunks, embedder)
                saved = self._save(task, text, chunks, vectors, embedder)

    def embed_anew(self, job: Job, report: Callable[[Task], None] = lambda _: None) -> None:
        """Make vectors of the current model beside those that the version of `job` is searched by.

        Chunks that the model would cut are made anew first. Raises as `ingest` does.
        """
        task = self._task(job)
        report(task)
        model = self._embedders.current
        pieces = self._missing(task)
        if any(len(model.token_spans(piece.text)) > model.max_tokens for piece in pieces):
            self.ingest(job)
            pieces = self._missing(task)
        with self._queue.document(job.tenant_id):
            vectors = self._embed(task, pieces[0].title if pieces else "", pieces, model)
        ids, chunking = [piece.id for piece in pieces], task.chunking.fingerprint
        with self._db.write_tenant(job.tenant_id) as store:
            store.embeddings.add(task.version.id, ids, vectors, model.fingerprint, chunking=chunking, lease=task.lease)

    def _task(self, job: Job) -> Task:
        try:
            with self._db.read_tenant(job.tenant_id) as store:
                document = store.documents.get(job.payload["document_id"])
                version = store.document_versions.get(job.payload["version_id"])
                chunking = self._chunking.of(store.collections.settings(document.collection))
        except NotFound:
            raise JobCancelled from None  # deleted meanwhile
        return Task(self._db, job, document, version, chunking)

    def _parse(self, task: Task) -> ParsedDocument:
        task.begin(DocumentStatus.PARSING)
        self._ahead.start()
        alone = self._queue.at_work(task.job.tenant_id) == 1  # someone may be waiting for this very document
        return self._ahead.parsed(task.version, task.on_pages, self._read if alone else self._read_later)

    def _read_later(self, version: DocumentVersion, on_pages: OnPages) -> ParsedDocument:
        return self._read(version, on_pages, LATER)

    def _read(self, version: DocumentVersion, on_pages: OnPages, niceness: int = 0) -> ParsedDocument:
        path = self._blobs.path(version.blob)
        if not path.is_file():
            raise DocumentFailure("file_missing", "The stored file is gone; upload the document again.")
        return parse_sandboxed(path, version.media_type, replace(self._limits, niceness=niceness), on_pages)

    def _upcoming(self) -> list[DocumentVersion]:
        """Of tenants with a document at work: another's is claimed at once, and then read without standing back."""
        with self._db.read() as session:
            found = []
            for job in JobQueue(session).upcoming(PARSING_JOBS, AHEAD):
                if not self._queue.at_work(job.tenant_id):
                    continue
                with suppress(NotFound):  # its version is gone: the job will say so
                    found.append(TenantStore(session, job.tenant_id).document_versions.get(job.payload["version_id"]))
            return found

    def _split(self, task: Task, parsed: ParsedDocument) -> list[NewChunk]:
        task.begin(DocumentStatus.CHUNKING, pages=len(parsed.pages) or None)
        return chunk(parsed, token_spans=self._embedders.current.token_spans, settings=task.chunking)

    def _searched_by(self, task: Task) -> str | None:
        with self._db.read_tenant(task.job.tenant_id) as store:
            return store.embeddings.fingerprint()

    def _missing(self, task: Task) -> list[ChunkText]:
        with self._db.read_tenant(task.job.tenant_id) as store:
            return store.embeddings.missing(task.version.id, self._embedders.current.fingerprint)

    def _embed(self, task: Task, title: str, chunks: Sequence[NewChunk | ChunkText], embedder: Embedder) -> Vectors:
        task.begin(DocumentStatus.EMBEDDING)
        texts = [contextual_text(title, piece) for piece in chunks]
        tokens = [
            piece.tokens + (len(text) - len(piece.text)) // CHARS_PER_TOKEN
            for piece, text in zip(chunks, texts, strict=True)
        ]

        def on_progress(done: int, tokens_done: int) -> None:
            task.on_chunks(done, len(texts), tokens_done, sum(tokens))

        return self._queue.embed(task.job.tenant_id, embedder, texts, tokens, on_progress)

    def _save(
        self, task: Task, text: DocumentText, chunks: Sequence[NewChunk], vectors: Vectors, embedder: Embedder
    ) -> bool:
        """False, and nothing saved, if the tenant is searched by another model since the vectors were made."""
        with self._db.write_tenant(task.job.tenant_id) as store:
            searched_by = store.embeddings.fingerprint()
            if searched_by is not None and self._embedders.get(searched_by) is not embedder:
                return False
            if searched_by is None:
                store.embeddings.set_active(embedder.fingerprint)
            store.document_versions.commit_ready(
                task.version.id,
                text,
                chunks,
                vectors,
                embedder.fingerprint,
                chunking=made_with(embedder.fingerprint, task.chunking),
                lease=task.lease,
            )
            return True
