"""The rules about documents that are there: listed, read, cancelled, deleted. Uploads are in `uploads`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.documents import (
    Chunk,
    Document,
    DocumentSort,
    DocumentStatus,
    ListedVersion,
    PageRange,
    page_ranges,
)
from app.domain.pagination import Order, Page
from app.errors import Conflict
from app.storage.blobs.base import BlobStore
from app.storage.blobs.download import Download, download_of
from app.storage.database import Database

DELETED_AT_ONCE = 50  # documents of one transaction


@dataclass(frozen=True, slots=True)
class DeletedDocuments:
    """What became of the ids of documents that were to be deleted."""

    deleted: Sequence[str]
    unknown: Sequence[str]  # there is no such document


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """The extracted text of one version; `pages` are spans of it."""

    document_id: str
    text: str
    pages: tuple[PageRange, ...]


class DocumentService:
    """Lists, reads, cancels and deletes the documents of a tenant. Thread-safe; blocks on the disk."""

    def __init__(self, db: Database, blobs: BlobStore) -> None:
        self._db = db
        self._blobs = blobs

    def list(
        self,
        tenant_id: str,
        *,
        collection: str | None = None,
        status: DocumentStatus | None = None,
        batch: str | None = None,
        q: str | None = None,
        sort: DocumentSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Document]:
        """`q`: words of the filename."""
        with self._db.read_tenant(tenant_id) as store:
            return store.documents.page(
                collection=collection,
                status=status,
                batch=batch,
                q=q,
                sort=sort,
                limit=limit,
                after=after,
                order=order,
            )

    def get(self, tenant_id: str, document_id: str) -> Document:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.documents.get(document_id)

    def delete(self, tenant_id: str, document_id: str) -> None:
        """Delete a document with its chunks, then its files. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            blobs = store.documents.delete(document_id)
        for blob in blobs:
            self._blobs.delete(blob)

    def delete_many(self, tenant_id: str, document_ids: Sequence[str]) -> DeletedDocuments:
        """Delete documents with their files, in parts, so that other writers get their turn."""
        wanted = list(dict.fromkeys(document_ids))
        deleted: set[str] = set()
        for start in range(0, len(wanted), DELETED_AT_ONCE):
            blobs: set[str] = set()
            with self._db.write_tenant(tenant_id) as store:
                there = store.documents.known(wanted[start : start + DELETED_AT_ONCE])
                for document_id in there:
                    blobs.update(store.documents.delete(document_id))
            for blob in blobs:
                self._blobs.delete(blob)
            deleted |= there
        return DeletedDocuments(
            [document_id for document_id in wanted if document_id in deleted],
            [document_id for document_id in wanted if document_id not in deleted],
        )

    def cancel(self, tenant_id: str, document_id: str) -> Document:
        """Cancel the ingestion of the latest version. Raises NotFound, and Conflict if it is finished."""
        with self._db.write_tenant(tenant_id) as store:
            document = store.documents.get(document_id)
            if document.finished or document.latest.job_id is None:
                raise Conflict(f"The document is {document.latest.status}: there is nothing to cancel.")
            store.document_versions.cancel(document.latest.id)
            return store.documents.get(document_id)

    def chunks(
        self,
        tenant_id: str,
        document_id: str,
        *,
        q: str | None = None,
        enabled: bool | None = None,
        limit: int,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[Chunk]:
        """The live chunks in reading order. `q`: words of their text. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            store.documents.get(document_id)
            return store.chunks.of_document(document_id, q=q, enabled=enabled, limit=limit, after=after, order=order)

    def chunk(self, tenant_id: str, document_id: str, chunk_id: str) -> Chunk:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            store.documents.get(document_id)
            return store.chunks.get(document_id, chunk_id)

    def versions(
        self, tenant_id: str, document_id: str, *, limit: int, after: str | None = None, order: Order = "desc"
    ) -> Page[ListedVersion]:
        """The versions that are kept. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.documents.versions(document_id, limit=limit, after=after, order=order)

    def content(self, tenant_id: str, document_id: str, version: int | None = None) -> DocumentContent:
        """The text of a version, or of the live one. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            found = store.documents.text(document_id, version)
        return DocumentContent(document_id, found.text, page_ranges(found.text, found.pages))

    def original_file(self, tenant_id: str, document_id: str, *, redirect: bool = False) -> Download:
        """The file that was uploaded last, or where the client gets it if it follows a redirect.

        If that one cannot be read and was not kept, the one that answers. Raises NotFound.
        """
        document = self.get(tenant_id, document_id)
        kept = document.latest if document.latest.blob or document.live is None else document.live
        return download_of(self._blobs, kept.blob, document.filename, redirect=redirect)
