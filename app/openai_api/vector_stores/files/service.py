"""The rules about files of vector stores: to put a file into a store is to make a document of it in the collection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.documents.collections.service import CollectionService
from app.documents.incoming_files import StagedFile
from app.documents.ingestion.chunking import ChunkSettings
from app.documents.service import DocumentService
from app.documents.uploads import UploadService
from app.domain.documents import Batch, Document, DocumentStatus
from app.domain.files import File, FilePurpose, IdPage, IdWindow
from app.errors import InvalidRequest, NotFound
from app.storage.blobs.base import BlobStore, StagedBlob
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that goes into a store."""

    file_id: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a store, with how it is split."""

    document: Document
    store_id: str
    chunking: ChunkSettings


@dataclass(frozen=True, slots=True)
class StoreBatch:
    """Files that one request put into a store."""

    batch: Batch
    store_id: str


class VectorStoreFileService:
    """Puts files into vector stores, lists them and takes them out; every call names its tenant and its store.

    With a `user`, only files of that end user can be put in.
    """

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        documents: DocumentService,
        uploads: UploadService,
        collections: CollectionService,
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._documents = documents
        self._uploads = uploads
        self._collections = collections

    def attach(self, tenant_id: str, store_id: str, file: AttachedFile, user: str | None = None) -> StoredDocument:
        """Put a file into a store; what it has of that name gets a new version. Raises NotFound, InvalidRequest."""
        with self._db.write_tenant(tenant_id) as store:
            collection = store.vector_stores.collection_of(store_id)
            document = self._attach(store, collection, file, user)
        return self._stored(tenant_id, store_id, collection, document)

    def attach_all(
        self, tenant_id: str, store_id: str, files: Sequence[AttachedFile], user: str | None = None
    ) -> StoreBatch:
        """Put files into a store, all of them or none. Raises NotFound, InvalidRequest, QuotaExceeded, RateLimited."""
        with self._db.write_tenant(tenant_id) as store:
            return self._attach_all(store, store_id, files, user)

    def filling(
        self, files: Sequence[AttachedFile], user: str | None = None
    ) -> Callable[[TenantStore, str], StoreBatch]:
        """What puts files into a store in a transaction of the caller's. Raises as `attach_all` does."""
        return lambda store, store_id: self._attach_all(store, store_id, files, user)

    def get(self, tenant_id: str, store_id: str, file_id: str) -> StoredDocument:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            collection = store.vector_stores.collection_of(store_id)
            document = store.vector_store_files.get(collection, file_id)
        return self._stored(tenant_id, store_id, collection, document)

    def list(
        self,
        tenant_id: str,
        store_id: str,
        window: IdWindow,
        statuses: Collection[DocumentStatus] = (),
        batch_id: str | None = None,
    ) -> IdPage[StoredDocument]:
        """The files of a store, or of one batch of it. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            collection = store.vector_stores.collection_of(store_id)
            if batch_id is not None:
                _batch(store, collection, batch_id)
            page = store.vector_store_files.window(collection, window, statuses=statuses, batch=batch_id)
        chunking = self._collections.get(tenant_id, collection).chunking
        return IdPage([StoredDocument(one, store_id, chunking) for one in page.data], page.has_more)

    def set_attributes(self, tenant_id: str, store_id: str, file_id: str, attributes: dict[str, Any]) -> StoredDocument:
        """Replace the metadata that filters use. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            collection = store.vector_stores.collection_of(store_id)
            document_id = store.vector_store_files.get(collection, file_id).id
            document = store.documents.update_metadata(document_id, attributes)
        return self._stored(tenant_id, store_id, collection, document)

    def detach(self, tenant_id: str, store_id: str, file_id: str) -> None:
        """Delete the document; the file stays. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            collection = store.vector_stores.collection_of(store_id)
            blobs = store.documents.delete(store.vector_store_files.get(collection, file_id).id)
        for blob in blobs:
            self._blobs.delete(blob)

    def text(self, tenant_id: str, store_id: str, file_id: str) -> str:
        """The text that searches find. Raises NotFound, also until the file is read."""
        document = self.get(tenant_id, store_id, file_id).document
        return self._documents.content(tenant_id, document.id).text

    def batch(self, tenant_id: str, store_id: str, batch_id: str) -> StoreBatch:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return StoreBatch(_batch(store, store.vector_stores.collection_of(store_id), batch_id), store_id)

    def cancel_batch(self, tenant_id: str, store_id: str, batch_id: str) -> StoreBatch:
        """Cancel the ingestion of all files that are not finished. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            _batch(store, store.vector_stores.collection_of(store_id), batch_id)
            for version_id in store.batches.unfinished(batch_id):
                store.document_versions.cancel(version_id)
            return StoreBatch(store.batches.get(batch_id), store_id)

    def _attach_all(
        self, store: TenantStore, store_id: str, files: Sequence[AttachedFile], user: str | None
    ) -> StoreBatch:
        collection = store.vector_stores.collection_of(store_id)
        made = [self._attach(store, collection, file, user) for file in files]
        batch_id = store.batches.create(collection)
        store.batches.add(batch_id, [document.latest.id for document in made])
        return StoreBatch(store.batches.get(batch_id), store_id)

    def _attach(self, store: TenantStore, collection: str, wanted: AttachedFile, user: str | None) -> Document:
        file = _searchable(store, wanted.file_id, user)
        blob = StagedBlob(file.blob or "", file.sha256, file.size_bytes)
        stored = StagedFile(file.filename, blob, file.media_type)
        return self._uploads.record_stored(store, stored, collection, wanted.attributes, file.id).document

    def _stored(self, tenant_id: str, store_id: str, collection: str, document: Document) -> StoredDocument:
        return StoredDocument(document, store_id, self._collections.get(tenant_id, collection).chunking)


def _searchable(store: TenantStore, file_id: str, user: str | None) -> File:
    """The file. Raises NotFound, and InvalidRequest if it is to train on."""
    file = store.files.of_user(user).get(file_id)
    if file.purpose == FilePurpose.FINE_TUNE:
        message = f"{file_id} is to train on; upload it with the purpose `assistants` to search it."
        raise InvalidRequest(message, param="file_id")
    return file


def _batch(store: TenantStore, collection: str, batch_id: str) -> Batch:
    """Raises NotFound, also if it is of another collection."""
    batch = store.batches.get(batch_id)
    if batch.collection != collection:
        raise NotFound("No such batch.")
    return batch
