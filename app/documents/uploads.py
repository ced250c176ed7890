"""Uploads: how a file becomes a document. Every entrance uses the same functions: one file, many files, or a URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.documents.access import check_access
from app.documents.incoming_files import IncomingFile, StagedFile, Uploaded, checked_filename
from app.documents.parsing.media_types import detect_media_type
from app.documents.url_fetch import fetch, resolve_addresses
from app.domain.quotas import Known, Quota
from app.domain.visibility import Access
from app.errors import AppError, Forbidden, InvalidRequest, QuotaExceeded, RateLimited
from app.metering.meter import take_upload
from app.metering.quotas import NO_QUOTAS, TenantQuotas
from app.metering.upload_room import UploadNeeds, UploadRoom
from app.storage.blobs.base import BlobStore, HeldFile, StagedBlob
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore

Refuse = Callable[[StagedFile, AppError], None]  # what becomes of a file that is above a quota
MAX_SOURCE_URL_CHARS = 1000
UPLOAD = UploadNeeds((Quota.STORED_BYTES, Quota.DOCUMENTS, Quota.CHUNKS, Quota.QUEUED_DOCUMENTS), Known.DOCUMENTS)
DOCUMENT_QUOTAS = (Quota.STORED_BYTES, Quota.DOCUMENTS, Quota.QUEUED_DOCUMENTS)  # to which an upload adds


class UploadService:
    """Stages the files of a tenant and records them as documents. Thread-safe; blocks on the disk."""

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        *,
        max_bytes: int,
        url_timeout_s: float | None,
        quotas: TenantQuotas = NO_QUOTAS,
    ) -> None:
        """`max_bytes` bounds one file; with `url_timeout_s` None no document is fetched from a URL."""
        self._db = db
        self._blobs = blobs
        self.max_bytes = max_bytes
        self._url_timeout_s = url_timeout_s
        self._quotas = quotas

    def upload(
        self,
        tenant_id: str,
        file: IncomingFile,
        collection: str,
        metadata: dict[str, Any],
        access: Access | None = None,
    ) -> Uploaded:
        """Store a file and queue its ingestion. The last part of its name becomes a label, never a path.

        Raises InvalidRequest if it has no name or no content or for groups that the caller is not in, Forbidden if it
        may not use the collection, Conflict if it does not see the document of that name, PayloadTooLarge,
        UnsupportedMedia, RateLimited, QuotaExceeded, StorageFull.
        """
        name = checked_filename(file.name)
        room = self.room(tenant_id, collection, name)
        take_upload()
        staged = self.stage(name, room.counted(file.pieces))
        return self.record(tenant_id, [staged], collection, metadata, access)[0]

    def upload_from_url(
        self, tenant_id: str, url: str, collection: str, metadata: dict[str, Any], access: Access | None = None
    ) -> Uploaded:
        """Fetch a file and upload it; the metadata gets its `source_url`.

        Raises Forbidden if the operator has not allowed it, InvalidRequest if the URL is not public or does not
        deliver, and what `upload` raises.
        """
        if self._url_timeout_s is None:
            raise Forbidden(
                "This service does not fetch documents from URLs; upload the file, or ask the operator to set "
                "LORACLE_URL_INGESTION=true.",
                code="url_ingestion_disabled",
            )
        with self._db.read_tenant(tenant_id) as store:
            room = self._quotas.room(store, UPLOAD, self.max_bytes)
        room.check(1)  # before anything is fetched
        with fetch(url, timeout_s=self._url_timeout_s, resolve=resolve_addresses) as fetched:
            room.check(fetched.declared_bytes)
            fields = {**metadata, "source_url": fetched.url[:MAX_SOURCE_URL_CHARS]}
            return self.upload(tenant_id, IncomingFile(fetched.filename, fetched.pieces), collection, fields, access)

    def room(self, tenant_id: str, collection: str, filename: str) -> UploadRoom:
        """What a file of this name may have: for `stage` to refuse it as it comes.

        Raises QuotaExceeded if it would be one document too many.
        """
        with self._db.read_tenant(tenant_id) as store:
            room = self._quotas.room(store, UPLOAD, self.max_bytes)
            if room.no_document and not store.quotas.has_document_named(filename, collection):
                raise room.no_document
        return room

    def stage(self, filename: str, pieces: Iterable[bytes]) -> StagedFile:
        """Write a file to disk, durably, and detect its type. Raises as `upload`; nothing stays on disk then."""
        writer = self._blobs.writer(self.max_bytes)
        try:
            for piece in pieces:
                writer.write(piece)
        except BaseException:
            writer.abort()
            raise
        blob = writer.commit()
        try:
            if not blob.size_bytes:
                raise InvalidRequest("The file is empty.", param="file", code="empty_document")
            with self._blobs.hold(blob.name) as path:
                return StagedFile(filename, blob, detect_media_type(path, filename))
        except BaseException:
            self._blobs.delete(blob.name)
            raise

    def record(
        self,
        tenant_id: str,
        files: Sequence[StagedFile],
        collection: str,
        metadata: dict[str, Any],
        access: Access | None = None,
        *,
        on_record: Callable[[TenantStore, Sequence[Uploaded]], None] = lambda _store, _uploaded: None,
        prepare: Callable[[TenantStore], None] = lambda _store: None,
        refuse: Refuse | None = None,
    ) -> Sequence[Uploaded]:
        """Record staged files as documents with their jobs, all in one transaction: `prepare`, the files, `on_record`.

        Deletes the files that no document needs: those with known bytes, and all of them if the transaction fails.
        With `refuse`, it fails not for a file above a quota: that one is refused alone.
        """
        try:
            usable = self._usable_blobs(tenant_id, files)
            with self._db.write_tenant(tenant_id) as store, self._quotas.keep(store, *DOCUMENT_QUOTAS):
                check_access(store, collection, access)
                prepare(store)
                uploaded: list[Uploaded] = []
                for file in files:
                    uploaded += self._record_or_refuse(store, file, refuse, collection, metadata, usable, access)
                on_record(store, uploaded)
        except BaseException:
            self.discard(files)
            raise
        kept = {one.document.latest.blob for one in uploaded}
        self.discard(file for file in files if file.blob.name not in kept)
        return uploaded

    def record_stored(
        self, store: TenantStore, file: StagedFile, collection: str, metadata: dict[str, Any], file_id: str
    ) -> Uploaded:
        """Record a file that is stored for good, and has this id, as a document: in a transaction of the caller's.

        Raises Forbidden if the caller may not use the collection, Conflict as `upload` does.
        """
        check_access(store, collection)
        with self._quotas.keep(store, *DOCUMENT_QUOTAS):
            return self._record(store, file, collection, metadata, {file.blob.name}, file_id=file_id)

    def hidden_names(self, tenant_id: str, collection: str, filenames: Sequence[str]) -> set[str]:
        """Those of `filenames` that are taken by documents which the caller does not see."""
        with self._db.read_tenant(tenant_id) as store:
            return store.documents.hidden_names(collection, filenames)

    def discard(self, files: Iterable[StagedFile]) -> None:
        """Delete staged files that are not recorded."""
        for file in files:
            self._blobs.delete(file.blob.name)

    def hold(self, file: StagedFile) -> HeldFile:
        """A staged file at a local path."""
        return self._blobs.hold(file.blob.name)

    def _record_or_refuse(
        self, store: TenantStore, file: StagedFile, refuse: Refuse | None, *given: Any
    ) -> Sequence[Uploaded]:
        """Record a file as `_record` does. With `refuse`, one above a quota is refused, and nothing of it recorded."""
        if refuse is None:
            return [self._record(store, file, *given)]
        try:
            with store.savepoint(), self._quotas.keep(store, *DOCUMENT_QUOTAS):
                return [self._record(store, file, *given)]
        except (QuotaExceeded, RateLimited) as fault:
            refuse(file, fault)
            return []

    def _record(
        self,
        store: TenantStore,
        file: StagedFile,
        collection: str,
        metadata: dict[str, Any],
        usable: set[str],
        access: Access | None = None,
        *,
        file_id: str | None = None,
    ) -> Uploaded:
        document, created = store.documents.upload(
            collection=collection,
            filename=file.filename,
            metadata=metadata,
            sha256=file.blob.sha256,
            size_bytes=file.blob.size_bytes,
            media_type=file.media_type,
            blob=_stored_blob(store, file.blob, usable),
            access=access,
            file_id=file_id,
        )
        if created:
            self._quotas.check(store, Quota.CHUNKS)
        return Uploaded(document, created)

    def _usable_blobs(self, tenant_id: str, files: Sequence[StagedFile]) -> set[str]:
        """The names of these files and of the tenant's files with the same bytes, as far as the store has them."""
        with self._db.read_tenant(tenant_id) as store:
            known = {store.document_versions.blob_of(file.blob.sha256, file.blob.size_bytes) for file in files}
        return {file.blob.name for file in files} | {name for name in known if name and self._blobs.exists(name)}


def _stored_blob(store: TenantStore, staged: StagedBlob, usable: set[str]) -> str:
    """The name of the tenant's file with the same bytes if there is a usable one, else of the staged file."""
    known = store.document_versions.blob_of(staged.sha256, staged.size_bytes)
    return known if known in usable else staged.name
