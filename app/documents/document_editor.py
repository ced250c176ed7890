"""The rules about documents that are stored: their metadata, name and collection change, and they are read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.documents.access import check_access
from app.documents.ingestion.reindexing import Reindexing
from app.domain.documents import Chunk, Document
from app.domain.jobs import JobKind
from app.domain.quotas import Quota
from app.domain.visibility import Access
from app.errors import Conflict, NotFound
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.storage.database import Database

DOCUMENTS_PER_TRANSACTION = 50  # other writers get their turn between two transactions


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """New values; None leaves the value as it is."""

    metadata: dict[str, Any] | None = None
    filename: str | None = None
    collection: str | None = None
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class CollectionReparse:
    """How many documents of a collection are read again."""

    name: str
    documents: int


class DocumentEditor:
    """Changes the documents of a tenant and has their files read again."""

    def __init__(self, db: Database, reindexing: Reindexing, quotas: TenantQuotas = NO_QUOTAS) -> None:
        self._db = db
        self._reindexing = reindexing
        self._quotas = quotas

    def update(self, tenant_id: str, document_id: str, changes: DocumentChanges) -> Document:
        """Change metadata, name, collection and access list at once; nothing is embedded.

        A document that moves to a collection with other chunk settings is split again in the background; the collection
        that it leaves stays, empty or not. Raises NotFound, Conflict if the collection has another document of that
        name, Forbidden if the caller may not use the collection, and InvalidRequest for groups that the caller is not
        in: then nothing changes.
        """
        with self._db.write_tenant(tenant_id) as store:
            document = store.documents.get(document_id)
            collection, filename = changes.collection or document.collection, changes.filename or document.filename
            check_access(store, collection, changes.access)
            if collection != document.collection:
                store.collections.keep(document.collection)
            document = store.documents.move(document_id, collection, filename)
            if changes.metadata is not None:
                document = store.documents.update_metadata(document_id, changes.metadata)
            if changes.access is not None:
                document = store.documents.update_access(document_id, changes.access)
        if changes.collection is not None:
            self._reindexing.queue_outdated(tenant_id, document.collection)
        return document

    def set_chunk_enabled(self, tenant_id: str, document_id: str, chunk_id: str, enabled: bool) -> Chunk:
        """Let searches find a chunk of the version that answers, or not. Raises NotFound, QuotaExceeded."""
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.CHUNKS):
            store.documents.get(document_id)
            return store.chunks.set_enabled(document_id, chunk_id, enabled)

    def reparse(self, tenant_id: str, document_id: str) -> Document:
        """Read the file that was uploaded last again, as a new version. The live version answers until it is ready.

        Raises NotFound, RateLimited if too many wait, and Conflict if the document is being read already or its file
        was not kept.
        """
        with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.QUEUED_DOCUMENTS):
            document = store.documents.get(document_id)
            if not document.finished:
                raise Conflict(f"The document is {document.latest.status}: it is being read already.")
            store.document_versions.read_again(document_id, JobKind.INGEST)
            return store.documents.get(document_id)

    def reparse_collection(self, tenant_id: str, name: str) -> CollectionReparse:
        """Read every document of a collection again that is ready or failed, after all new documents.

        Raises NotFound.
        """
        with self._db.read_tenant(tenant_id) as store:
            if name not in store.collections.names():
                raise NotFound("No such collection.")
            found = store.documents.readable_again(name)
        queued = 0
        for start in range(0, len(found), DOCUMENTS_PER_TRANSACTION):
            with self._db.write_tenant(tenant_id) as store:
                there = store.documents.known(found[start : start + DOCUMENTS_PER_TRANSACTION])
                finished = [document_id for document_id in sorted(there) if store.documents.get(document_id).finished]
                for document_id in finished:
                    store.document_versions.read_again(document_id, JobKind.REINDEX)
                queued += len(finished)
        return CollectionReparse(name, queued)
