"""Upkeep of what was taken in: outdated chunks are made again, former versions go by policy."""

from __future__ import annotations

from dataclasses import dataclass

from app.ingestion.chunking import ChunkSettings, made_with
from app.ingestion.pipeline import REINDEX
from app.store.blobs import Blobs
from app.store.session import Database
from app.store.tenants import Tenants

EVERY_TENANT = 1_000_000


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Safe to run at any time, in several processes."""

    db: Database
    blobs: Blobs
    chunking: ChunkSettings  # of collections that set nothing themselves
    keep_versions: int | None  # the same; None keeps all
    embeddings: str  # fingerprint of the embedding model that is set

    def everything(self) -> None:
        with self.db.read() as session:
            tenants = [tenant.id for tenant in Tenants(session).page(limit=EVERY_TENANT).data]
        for tenant_id in tenants:
            with self.db.read_tenant(tenant_id) as store:
                names = list(store.collections.names())
            for name in names:
                self.reindex(tenant_id, name)
                self.purge(tenant_id, name)

    def reindex(self, tenant_id: str, collection: str) -> int:
        """Queue a job for each document whose chunks are of other settings or another embedding model.

        The old ones answer until the new ones do; those of another model by full text alone.

        Returns how many were queued. One that failed for good is not tried again for the same settings.
        """
        with self.db.read_tenant(tenant_id) as store:
            made_by = made_with(self.embeddings, self.chunking.of(store.collections.settings(collection)))
            if not store.collections.outdated(collection, made_by):
                return 0
        with self.db.write_tenant(tenant_id) as store:
            return sum(
                store.jobs.create_again(
                    REINDEX, {"document_id": document_id, "version_id": version_id}, f"{version_id}-{made_by}"
                )
                for document_id, version_id in store.collections.outdated(collection, made_by)
            )

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
