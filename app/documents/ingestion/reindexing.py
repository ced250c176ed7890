"""Reindexing: jobs for outdated documents, the change to another embedding model, deletion of former versions.

The change to another model has three steps. Each document gets vectors of the new model beside those in use. When
all documents of a tenant have them, `cutover` builds the new index and changes one row, which names the model that
searches use. Later, `finalize` deletes the former vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import structlog

from app.documents.ingestion.chunking import ChunkSettings, ingestion_fingerprint
from app.documents.parsing.parser_versions import parser_versions
from app.domain.documents import OutdatedVersion
from app.domain.jobs import DOCUMENT_JOBS, Job, JobKind
from app.domain.visibility import EVERYTHING
from app.errors import NotFound
from app.storage.blobs.base import BlobStore
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import seeing

log = structlog.get_logger(__name__)
ALL_TENANTS = 1_000_000
FEW_JOBS = 16  # unfinished jobs of a tenant, from which on the end of each job tries the cutover
VECTORS_PER_TRANSACTION = 2000


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Brings documents up to date with the settings. Safe to run at any time, in several processes."""

    db: Database
    blobs: BlobStore
    chunking: ChunkSettings  # default of collections
    keep_versions: int | None  # default of collections; None keeps all
    embeddings: str  # fingerprint of the embedding model in the settings
    build_index: Callable[[str], None]  # writes the index of a tenant's vectors of that model to disk

    def run_all(self) -> None:
        """Queue, purge, cut over and finalize for every tenant."""
        with self.db.read() as session:
            tenants = [tenant.id for tenant in Tenants(session).page(limit=ALL_TENANTS).data]
        for tenant_id in tenants:
            with self.db.read_tenant(tenant_id) as store:
                names = list(store.collections.names())
            for name in names:
                self.queue_outdated(tenant_id, name)
                self.purge(tenant_id, name)
            self.cutover(tenant_id)
            self.finalize(tenant_id)

    def queue_outdated(self, tenant_id: str, collection: str) -> int:
        """Queue a job for each document with text, chunks or vectors of another parser, setting or model.

        The old chunks answer until the new ones do. Returns how many jobs are new. A document whose job failed for
        good is not tried again with the same settings.
        """
        with seeing(EVERYTHING):  # a caller who changes settings changes them for documents it does not see, too
            with self.db.read_tenant(tenant_id) as store:
                if not any(True for _ in self._outdated(store, collection)):
                    return 0
            with self.db.write_tenant(tenant_id) as store:
                return self._queue(store, collection)

    def cutover(self, tenant_id: str) -> None:
        """Let searches use the new model once every document has its vectors, except those whose job failed."""
        with self.db.read_tenant(tenant_id) as store:
            if store.embeddings.fingerprint() in {None, self.embeddings} or self._unfinished(store):
                return
        self.build_index(tenant_id)
        with self.db.write_tenant(tenant_id) as store:
            if self._unfinished(store):  # a document arrived while the index was built
                return
            store.embeddings.set_active(self.embeddings)
        log.info("embedding_model_switched", tenant_id=tenant_id, fingerprint=self.embeddings)

    def on_ingested(self, job: Job) -> None:
        """Queue a document again if settings or the embedding model changed meanwhile, and try the cutover."""
        with self.db.read_tenant(job.tenant_id) as store:
            changing = store.embeddings.fingerprint() not in {None, self.embeddings}
        if job.kind == JobKind.INGEST or (changing and job.kind == JobKind.REINDEX):
            self._queue_version(job)
        if not changing:
            return
        with self.db.read_tenant(job.tenant_id) as store:
            # Several jobs may end at once, and each still counts the others: so do not wait for zero.
            few = store.jobs.unfinished(DOCUMENT_JOBS) <= FEW_JOBS
        if few:
            self.cutover(job.tenant_id)

    def finalize(self, tenant_id: str) -> None:
        """After a cutover, replace the former vectors of chunks by the new ones."""
        with self.db.read_tenant(tenant_id) as store:
            if store.embeddings.fingerprint() != self.embeddings or not store.embeddings.has_secondary():
                return
        moved = VECTORS_PER_TRANSACTION
        while moved == VECTORS_PER_TRANSACTION:
            with self.db.write_tenant(tenant_id) as store:
                moved = store.embeddings.promote(self.embeddings, VECTORS_PER_TRANSACTION)

    def purge(self, tenant_id: str, collection: str) -> int:
        """Delete former versions beyond those that the collection keeps. Returns how many."""
        with seeing(EVERYTHING):
            with self.db.read_tenant(tenant_id) as store:
                own = store.collections.settings(collection).keep_versions
                keep = self.keep_versions if own is None else own
                if keep is None or not store.collections.former_versions(collection, keep):
                    return 0
            with self.db.write_tenant(tenant_id) as store:
                former = store.collections.former_versions(collection, keep)
                blobs = store.collections.purge(former)
        for blob in blobs:
            self.blobs.delete(blob)
        return len(former)

    def count_outdated(self, store: TenantStore, collection: str) -> int:
        """The number of documents that `queue_outdated` is about."""
        return sum(1 for _ in self._outdated(store, collection))

    def _queue(self, store: TenantStore, collection: str, version_id: int | None = None) -> int:
        """Queue jobs for the outdated versions of a collection, or for one version. Returns how many are new."""
        return sum(
            store.jobs.create_again(kind, {"document_id": one.document_id, "version_id": one.version_id}, key)
            for one, kind, key in self._outdated(store, collection, version_id)
        )

    def _queue_version(self, job: Job) -> None:
        """Queue a job for the version of `job` if it is outdated. Does nothing if the document is deleted."""
        document_id, version_id = job.payload["document_id"], job.payload["version_id"]
        with suppress(NotFound):
            with self.db.read_tenant(job.tenant_id) as store:
                collection = store.documents.get(document_id).collection
                if not any(True for _ in self._outdated(store, collection, version_id)):
                    return
            with self.db.write_tenant(job.tenant_id) as store:
                self._queue(store, store.documents.get(document_id).collection, version_id)

    def _unfinished(self, store: TenantStore) -> bool:
        return any(
            not store.jobs.failed(kind, key)
            for name in store.collections.names()
            for _, kind, key in self._outdated(store, name)
        )

    def _outdated(
        self, store: TenantStore, collection: str, version_id: int | None = None
    ) -> Iterator[tuple[OutdatedVersion, JobKind, str]]:
        """Outdated versions, each with the kind and the key of the job that brings it up to date.

        A version whose file could not be read again gets vectors of another model all the same.
        """
        chunking = self.chunking.for_collection(store.collections.settings(collection))
        current = ingestion_fingerprint(self.embeddings, chunking)
        parsers = parser_versions()
        for one in store.collections.outdated(collection, current, parsers, version_id):
            parser = parsers.get(one.media_type, one.parser)
            key = f"{one.version_id}-{current}-{parser}"
            same_chunks = one.chunking.endswith(f"-{chunking.fingerprint}")
            reread = parser != one.parser and (one.chunking == current or not store.jobs.failed(JobKind.REINDEX, key))
            yield one, JobKind.REINDEX if reread or not same_chunks else JobKind.REEMBED, key
