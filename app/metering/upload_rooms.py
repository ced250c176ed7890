"""Looks in the database whether a tenant has room for an upload, before the upload is read."""

from __future__ import annotations

from app.errors import AppError
from app.metering.quotas import TenantQuotas
from app.metering.upload_room import UploadNeeds, UploadRoom
from app.storage.database import Database


class UploadRooms:
    """The room of all tenants for uploads. Thread-safe; blocks on the database."""

    def __init__(self, db: Database, quotas: TenantQuotas) -> None:
        self._db = db
        self._quotas = quotas

    def look(self, tenant_id: str, needs: UploadNeeds, at_most: int) -> UploadRoom:
        """What a file of at most so many bytes may have."""
        with self._db.read_tenant(tenant_id) as store:
            return self._quotas.room(store, needs, at_most)

    def check_name(self, tenant_id: str, filename: str, no_document: AppError) -> None:
        """Raises `no_document` unless a document has this name: a file of it is then a new version."""
        with self._db.read_tenant(tenant_id) as store:
            if not store.quotas.has_document_named(filename):
                raise no_document

    def is_repeat(self, tenant_id: str, caller: str, key: str) -> bool:
        """Whether the caller used this idempotency key: the answer that it got then takes no room."""
        with self._db.read_tenant(tenant_id) as store:
            return store.idempotency.is_used(caller, key)
