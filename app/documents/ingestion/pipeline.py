"""The ingestion pipeline: read the file, split the text into chunks, embed the chunks, save them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import numpy as np

from app.documents.ingestion.chunking import ChunkSettings, chunk, contextual_text, ingestion_fingerprint
from app.documents.ingestion.embedding_queue import EmbeddingQueue
from app.documents.ingestion.known_content import KnownVectors, Reading, reading_of, vectors_of
from app.documents.ingestion.prefetch import BACKGROUND_NICENESS, OnPages, Prefetcher
from app.documents.ingestion.progress import ProgressReporter, lease_of
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.media_types import detect_media_type
from app.documents.parsing.parser_versions import parser_version
from app.documents.parsing.sandbox import parse_sandboxed
from app.domain.documents import (
    ChunkText,
    Document,
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    NewChunk,
    ReaderVersion,
)
from app.domain.jobs import PARSING_JOBS, Job, JobKind
from app.domain.quotas import Quota
from app.embeddings.base import Embedder, Vectors
from app.embeddings.model_set import EmbeddingModelSet
from app.errors import DocumentFailure, NotFound, QuotaExceeded, UnsupportedMedia
from app.jobs.signals import JobCancelled, JobSuspended
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.precedence import give_way
from app.storage.blobs.base import BlobStore
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.tenant_store import TenantStore

MAX_PREFETCHED = 6  # documents
CHARS_PER_TOKEN = 4  # estimate for titles and headings
NOTHING_KNOWN: KnownVectors = {}


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
        self,
        db: Database,
        blobs: BlobStore,
        embedders: EmbeddingModelSet,
        *,
        limits: ParserLimits,
        chunking: ChunkSettings,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        self._db = db
        self._quotas = quotas
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
            reading = self._read(run)
            saved = False
            while not saved:
                embedder = self._embedders.get(self._active_model(run))
                known = self._known_vectors(run, embedder)
                vectors = self._embed(run, reading.text.title, reading.chunks, embedder, known)
                saved = self._save(run, reading, vectors, embedder)

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
                recorded = store.document_versions.get(job.payload["version_id"])
                chunking = self._chunking.for_collection(store.collections.settings(document.collection))
        except NotFound:
            raise JobCancelled from None  # the document is deleted
        version = self._to_read(job, recorded, document.filename)
        ready = version.status == DocumentStatus.READY
        return Ingestion(job, document, version, chunking, ProgressReporter(self._db, job, version.id, ready=ready))

    def _to_read(self, job: Job, version: DocumentVersion, filename: str) -> DocumentVersion:
        """The version of a job. One that was read before has the media type that an upload of its file gets today."""
        if version.status == DocumentStatus.READY or job.payload.get("reread"):
            with suppress(UnsupportedMedia, NotFound), self._blobs.hold(version.blob) as path:
                return replace(version, media_type=detect_media_type(path, filename))
        return version

    def _read(self, run: Ingestion) -> Reading:
        """Read the file, or take the reading of a live version of the same bytes."""
        reader = ReaderVersion(run.version.media_type, parser_version(run.version.media_type))
        known = self._known_reading(run, reader)
        if known is not None:
            return known
        parsed = self._parse(run)
        chunks = self._split(run, parsed)
        title = parsed.title or run.document.filename
        return Reading(DocumentText(parsed.text, parsed.pages, title, parsed.warnings), chunks, reader)

    def _known_reading(self, run: Ingestion, reader: ReaderVersion) -> Reading | None:
        if run.job.payload.get("reread"):
            return None
        with self._db.read_tenant(run.job.tenant_id) as store:
            chunking = ingestion_fingerprint(store.embeddings.fingerprint() or "", run.chunking)
            twin = store.document_versions.twin(run.version.id, chunking, reader)
            return None if twin is None else reading_of(store, twin, reader, run.document.filename)

    def _known_vectors(self, run: Ingestion, embedder: Embedder) -> KnownVectors:
        """Vectors of the document's live version and of a live version of the same bytes."""
        with self._db.read_tenant(run.job.tenant_id) as store:
            live = store.document_versions.live_with_bytes(run.version.sha256)
            own = {run.document.live.id} if run.document.live is not None else set()
            return vectors_of(store, own | live, embedder.fingerprint)

    def _parse(self, run: Ingestion) -> ParsedDocument:
        run.progress.begin(DocumentStatus.PARSING)
        self._prefetcher.start()
        alone = self._queue.active_documents(run.job.tenant_id) == 1  # a user may wait for this document
        return self._prefetcher.get(run.version, run.progress.on_pages, 0 if alone else BACKGROUND_NICENESS)

    def _parse_version(self, version: DocumentVersion, on_pages: OnPages, niceness: int) -> ParsedDocument:
        try:
            held = self._blobs.hold(version.blob)
        except NotFound as fault:
            raise DocumentFailure("file_missing", fault.message) from fault
        with held as path:
            return parse_sandboxed(path, version.media_type, replace(self._limits, niceness=niceness), on_pages)

    def _upcoming(self) -> list[DocumentVersion]:
        """The next versions, of tenants with an active document only: a job of another tenant is claimed at once."""
        found = []
        with self._db.read() as session:
            for job in JobQueue(session).upcoming(PARSING_JOBS, MAX_PREFETCHED):
                if not self._queue.active_documents(job.tenant_id):
                    continue
                with suppress(NotFound):  # the document is deleted: the job ends as cancelled
                    store = TenantStore(session, job.tenant_id)
                    version = store.document_versions.get(job.payload["version_id"])
                    found.append((job, version, store.documents.get(version.document_id).filename))
        return [self._to_read(*one) for one in found]

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

    def _embed(
        self,
        run: Ingestion,
        title: str,
        chunks: Sequence[NewChunk | ChunkText],
        embedder: Embedder,
        known: KnownVectors = NOTHING_KNOWN,
    ) -> Vectors:
        """Vectors of the chunks, (n, dimension): the known ones, and new ones of the others."""
        run.progress.begin(DocumentStatus.EMBEDDING)
        all_texts = [contextual_text(title, piece) for piece in chunks]
        new = [place for place, text in enumerate(all_texts) if text not in known]
        texts = [all_texts[place] for place in new]
        tokens = [
            chunks[place].tokens + (len(text) - len(chunks[place].text)) // CHARS_PER_TOKEN
            for place, text in zip(new, texts, strict=True)
        ]

        def on_progress(done: int, tokens_done: int) -> None:
            run.progress.on_chunks(done, len(texts), tokens_done, sum(tokens))

        embedded = self._queue.embed(run.job.tenant_id, embedder, texts, tokens, on_progress)
        if len(new) == len(chunks):
            return embedded
        vectors = np.empty((len(chunks), embedder.dimension), np.float32)
        vectors[new] = embedded
        for place in set(range(len(chunks))).difference(new):
            vectors[place] = known[all_texts[place]]
        return vectors

    def _save(self, run: Ingestion, reading: Reading, vectors: Vectors, embedder: Embedder) -> bool:
        """Return False, and save nothing, if the tenant's searches use another model since the chunks were embedded.

        Raises JobCancelled: once a cancellation is accepted, the version does not become ready. Raises DocumentFailure
        if the tenant may not have so many chunks: what is read again for other settings has them already. Raises
        JobSuspended: nothing of a suspended tenant becomes ready.
        """
        give_way()
        kept = (Quota.CHUNKS,) if run.job.kind == JobKind.INGEST else ()
        with (
            _quota_as_failure(),
            self._db.write_tenant(run.job.tenant_id) as store,
            self._quotas.keep(store, *kept),
        ):
            queue = JobQueue(store.session)
            if queue.cancel_requested(run.job.id):
                raise JobCancelled
            if queue.is_suspended(run.job.tenant_id):
                raise JobSuspended
            active = store.embeddings.fingerprint()
            if active is not None and self._embedders.get(active) is not embedder:
                return False
            if active is None:
                store.embeddings.set_active(embedder.fingerprint)
            store.document_versions.commit_ready(
                run.version.id,
                reading.text,
                reading.chunks,
                vectors,
                embedder.fingerprint,
                chunking=ingestion_fingerprint(embedder.fingerprint, run.chunking),
                reader=reading.reader,
                lease=lease_of(run.job),
            )
            return True


@contextmanager
def _quota_as_failure() -> Iterator[None]:
    """A quota is a reason on the document: no caller waits here."""
    try:
        yield
    except QuotaExceeded as fault:
        raise DocumentFailure(fault.code, fault.message) from fault
