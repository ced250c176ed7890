"""The rules about files: kept as they are until a vector store takes them in; rows to train on are datasets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import BinaryIO

from app.documents.incoming_files import checked_filename
from app.documents.uploads import UploadService
from app.domain.documents import Document
from app.domain.files import File, FilePurpose, IdPage, IdWindow
from app.domain.quotas import Quota
from app.domain.training import Dataset
from app.metering.meter import take_upload
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds
from app.storage.blobs.base import BlobStore
from app.storage.blobs.download import Download, download_of
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore
from app.storage.streams import read_pieces
from app.text.normalisation import folded
from app.training.datasets.service import DatasetService

UPLOAD = UploadNeeds((Quota.STORED_BYTES,))
ROWS_TYPE = "application/jsonl"
DOCUMENT_PREFIX = "doc_"
MOST_NAME_CHARS = 56  # of a dataset's name that is made of a file's


class FileService:
    """Files of all tenants; with a `user`, those of that end user alone. Thread-safe; blocks on the disk."""

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        uploads: UploadService,
        datasets: DatasetService,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        self._db = db
        self._quotas = quotas
        self._blobs = blobs
        self._uploads = uploads
        self._datasets = datasets

    def create(
        self, tenant_id: str, name: str | None, content: BinaryIO, purpose: FilePurpose, user: str | None = None
    ) -> File:
        """Store a file; nothing is read of it but its type, or the rows to train on, which become a dataset.

        Raises InvalidRequest (no name, no content, wrong rows), PayloadTooLarge, UnsupportedMedia, RateLimited,
        QuotaExceeded, StorageFull.
        """
        filename = checked_filename(name or "")
        if purpose == FilePurpose.FINE_TUNE:
            return self._create_rows(tenant_id, filename, content, user)
        with self._db.read_tenant(tenant_id) as store:
            room = self._quotas.room(store, UPLOAD, self._uploads.max_bytes)
        room.check(1)
        take_upload()
        staged = self._uploads.stage(filename, room.counted(read_pieces(content)))
        try:
            with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, Quota.STORED_BYTES):
                return store.files.of_user(user).create(
                    filename=filename,
                    purpose=purpose,
                    size_bytes=staged.blob.size_bytes,
                    sha256=staged.blob.sha256,
                    media_type=staged.media_type,
                    blob=staged.blob.name,
                )
        except BaseException:
            self._uploads.discard([staged])
            raise

    def list(
        self, tenant_id: str, window: IdWindow, purpose: FilePurpose | None = None, user: str | None = None
    ) -> IdPage[File]:
        """Uploaded files by their ids, which is the order of their uploads."""
        with self._db.read_tenant(tenant_id) as store:
            return store.files.of_user(user).window(window, purpose)

    def get(self, tenant_id: str, file_id: str, user: str | None = None) -> File:
        """An uploaded file, or a document as one. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return _found(store, file_id, user)

    def content(self, tenant_id: str, file_id: str, user: str | None = None, *, redirect: bool = False) -> Download:
        """The bytes as they were uploaded, or where the client gets them if it follows a redirect. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            file = _found(store, file_id, user)
            blob = file.blob or store.datasets.get(file.dataset_id or "").blob
        return download_of(self._blobs, blob, file.filename, redirect=redirect)

    def delete(self, tenant_id: str, file_id: str, user: str | None = None) -> None:
        """Delete a file, and with it the documents that vector stores have of it, or its dataset. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            blobs = _delete(store, _found(store, file_id, user))
        for blob in blobs:
            self._blobs.delete(blob)

    def _create_rows(self, tenant_id: str, filename: str, content: BinaryIO, user: str | None) -> File:
        dataset = self._datasets.upload(tenant_id, dataset_name(filename), content)
        try:
            return self._record_rows(tenant_id, filename, dataset, user)
        except BaseException:
            self._datasets.delete(tenant_id, dataset.id)
            raise

    def _record_rows(self, tenant_id: str, filename: str, dataset: Dataset, user: str | None) -> File:
        with self._db.write_tenant(tenant_id) as store:
            return store.files.of_user(user).create(
                filename=filename,
                purpose=FilePurpose.FINE_TUNE,
                size_bytes=dataset.size_bytes,
                sha256=dataset.sha256,
                media_type=ROWS_TYPE,
                dataset_id=dataset.id,
            )


def dataset_name(filename: str) -> str:
    """The name of the dataset that is made of a file: "My rows (2).jsonl" is "file-my-rows-2"."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(PurePosixPath(filename).stem))
    return f"file-{words.strip('-')}"[:MOST_NAME_CHARS].rstrip("-")


def _found(store: TenantStore, file_id: str, user: str | None) -> File:
    if file_id.startswith(DOCUMENT_PREFIX):
        return _as_file(store.documents.get(file_id))
    return store.files.of_user(user).get(file_id)


def _as_file(document: Document) -> File:
    latest = document.latest
    return File(
        id=document.id,
        tenant_id=document.tenant_id,
        filename=document.filename,
        purpose=FilePurpose.ASSISTANTS,
        size_bytes=latest.size_bytes,
        sha256=latest.sha256,
        media_type=latest.media_type,
        blob=latest.blob,
        dataset_id=None,
        user=None,
        created_at=document.created_at,
    )


def _delete(store: TenantStore, file: File) -> Iterable[str]:
    """Delete the rows. Returns the blobs to unlink after the commit."""
    if file.dataset_id is not None:
        return store.datasets.delete(file.dataset_id)
    if file.id.startswith(DOCUMENT_PREFIX):
        return store.documents.delete(file.id)
    blobs: set[str] = set()
    for document_id in store.vector_store_files.of_file(file.id):
        blobs.update(store.documents.delete(document_id))
    return blobs.union(store.files.delete(file.id))
