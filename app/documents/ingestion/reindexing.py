"""Upkeep of what was taken in: what is outdated is made again, former versions go by policy.

Another embedding model comes beside the one in use: each document gets vectors of both, and when all of a tenant's
have them and the new index is built, one row says which model its questions are searched by from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import structlog

from app.documents.ingestion.chunking import ChunkSettings, made_with
from app.domain.documents import Outdated
from app.domain.jobs import DOCUMENT_JOBS, Job, JobKind
from app.errors import NotFound
from app.storage.blobs import Blobs
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database

log = structlog.get_logger(__name__)
EVERY_TENANT = 1_000_000
FEW = 16  # documents on their way: from here on each end looks whether it was the last
SETTLED_AT_ONCE = 2000  # vectors in one transaction


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Safe to run at any time, in several processes."""

    db: Database
    blobs: Blobs
    chunking: ChunkSettings  # of collections that set nothing themselves
    keep_versions: int | None  # the same; None keeps all
    embeddings: str  # fingerprint of the embedding model that is set
    build_index: Callable[[str], None]  # of a tenant's vectors of that model, on disk when it returns

    def everything(self) -> None:
        with self.db.read() as session:
            tenants = [tenant.id for tenant in Tenants(session).page(limit=EVERY_TENANT).data]
        for tenant_id in tenants:
            with self.db.read_tenant(tenant_id) as store:
                names = list(store.collections.names())
            for name in names:
                self.reindex(tenant_id, name)
                self.purge(tenant_id, name)
            self.switch(tenant_id)
            self.settle(tenant_id)

    def reindex(self, tenant_id: str, collection: str) -> int:
        """Queue a job for each document whose chunks are of other settings or whose vectors are of another model.

        The old ones answer until the new ones do. Returns how many were queued. One that failed for good is not
        tried again for the same settings.
        """
        with self.db.read_tenant(tenant_id) as store:
            if not any(True for _ in self._outdated(store, collection)):
                return 0
        with self.db.write_tenant(tenant_id) as store:
            return self._queue(store, collection)

    def switch(self, tenant_id: str) -> None:
        """Search the tenant by the new model once every document has its vectors, but for those that were given up."""
        with self.db.read_tenant(tenant_id) as store:
            if store.embeddings.fingerprint() in {None, self.embeddings} or self._unfinished(store):
                return
        self.build_index(tenant_id)
        with self.db.write_tenant(tenant_id) as store:
            if self._unfinished(store):  # a document came meanwhile
                return
            store.embeddings.set_active(self.embeddings)
        log.info("embedding_model_switched", tenant_id=tenant_id, fingerprint=self.embeddings)

    def follow(self, job: Job) -> None:
        """After a document was taken in or made anew: nothing to do unless another model is on its way.

        If it is, the document is to get vectors of it as well; and the last of many may switch.
        """
        with self.db.read_tenant(job.tenant_id) as store:
            if store.embeddings.fingerprint() in {None, self.embeddings}:
                return
        if job.kind != JobKind.REEMBED:
            with suppress(NotFound), self.db.write_tenant(job.tenant_id) as store:  # deleted meanwhile
                collection = store.documents.get(job.payload["document_id"]).collection
                self._queue(store, collection, job.payload["version_id"])
        with self.db.read_tenant(job.tenant_id) as store:
            # Others may be at this very point, so not only when none is left.
            few = store.jobs.unfinished(DOCUMENT_JOBS) <= FEW
        if few:
            self.switch(job.tenant_id)

    def settle(self, tenant_id: str) -> None:
        """Long after a switch: vectors beside chunks become the chunks' own, former ones go."""
        with self.db.read_tenant(tenant_id) as store:
            if store.embeddings.fingerprint() != self.embeddings or not store.embeddings.has_secondary():
                return
        moved = SETTLED_AT_ONCE
        while moved == SETTLED_AT_ONCE:
            with self.db.write_tenant(tenant_id) as store:
                moved = store.embeddings.promote(self.embeddings, SETTLED_AT_ONCE)

    def purge(self, tenant_id: str, collection: str) -> int:
        """Forget former versions beyond what the policy keeps. Returns how many."""
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

    def _queue(self, store: TenantStore, collection: str, version_id: int | None = None) -> int:
        """Jobs for what is outdated of a collection, or for that version if it is. Returns how many are new."""
        return sum(
            store.jobs.create_again(kind, {"document_id": one.document_id, "version_id": one.version_id}, key)
            for one, kind, key in self._outdated(store, collection, version_id)
        )

    def _unfinished(self, store: TenantStore) -> bool:
        return any(
            not store.jobs.failed(kind, key)
            for name in store.collections.names()
            for _, kind, key in self._outdated(store, name)
        )

    def _outdated(
        self, store: TenantStore, collection: str, version_id: int | None = None
    ) -> Iterator[tuple[Outdated, str, str]]:
        """Each with the kind of job that makes it anew, and that job's key."""
        chunking = self.chunking.of(store.collections.settings(collection))
        made_by = made_with(self.embeddings, chunking)
        for one in store.collections.outdated(collection, made_by, version_id):
            kind = JobKind.REEMBED if one.chunking.endswith(f"-{chunking.fingerprint}") else JobKind.REINDEX
            yield one, kind, f"{one.version_id}-{made_by}"
