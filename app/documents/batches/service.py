"""The rules about batches: uploads of many files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.documents.access import check_access
from app.documents.batches.batch_upload import BatchLimits, BatchUpload
from app.documents.incoming_files import IncomingFile
from app.documents.uploads import UploadService
from app.domain.documents import Batch
from app.domain.visibility import EVERYBODY, Access
from app.storage.database import Database


class BatchService:
    """Uploads, reads and cancels the batches of a tenant. Thread-safe; blocks on the disk."""

    def __init__(self, db: Database, uploads: UploadService, limits: BatchLimits) -> None:
        self._db = db
        self._uploads = uploads
        self._limits = limits

    def upload(
        self,
        tenant_id: str,
        files: Iterable[IncomingFile],
        *,
        collection: str,
        metadata: dict[str, Any],
        unpack: bool,
        access: Access | None = None,
    ) -> Batch:
        """Upload every file that can be parsed, in their order; a fault of one file does not affect the others.

        With `unpack`, the members of a ZIP archive are uploaded instead of the archive. Raises StorageFull or
        Unavailable if nothing could be recorded; after a part was recorded, the remaining files are refused instead.
        Raises Forbidden if the caller may not use the collection, InvalidRequest for groups that it is not in.
        """
        with self._db.read_tenant(tenant_id) as store:
            check_access(store, collection, access)
        upload = BatchUpload(self._uploads, self._limits, tenant_id, collection, metadata, access)
        for file in files:
            upload.add(file, unpack=unpack)
        upload.record()
        with self._db.write_tenant(tenant_id) as store:
            batch_id = upload.batch_id or store.batches.create(collection, access or EVERYBODY)
            store.batches.add(batch_id, (), upload.refused)
            return store.batches.get(batch_id)

    def get(self, tenant_id: str, batch_id: str) -> Batch:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.batches.get(batch_id)

    def cancel(self, tenant_id: str, batch_id: str) -> Batch:
        """Cancel the ingestion of all documents that are not finished. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            for version_id in store.batches.unfinished(batch_id):
                store.document_versions.cancel(version_id)
            return store.batches.get(batch_id)
