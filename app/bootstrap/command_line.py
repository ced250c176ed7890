"""Builds the services that the command line runs on a data folder, without any model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.adapters.removal import AdapterRemoval
from app.bootstrap.storage import Storage, open_storage
from app.errors import NotFound
from app.settings import Settings
from app.storage.database import check_database
from app.tenants.service import KeyService, TenantService

if TYPE_CHECKING:  # numpy stays out of commands that need no index and no queue
    from app.audit.service import AuditService
    from app.operations.index_service import IndexService
    from app.operations.queue.service import QueueService
    from app.usage.quota_service import QuotaService


@contextmanager
def opened_storage(settings: Settings) -> Iterator[Storage]:
    """Migrate and open the data folder; closed at the end."""
    storage = open_storage(settings)
    try:
        yield storage
    finally:
        storage.db.close()


@contextmanager
def opened_as_it_is(settings: Settings, *, may_make: bool = False) -> Iterator[Storage]:
    """Open a data folder whose database is there and of this version; closed at the end.

    `may_make`: make one where there is none. Raises NotFound if there is none, Conflict if it is of an earlier version,
    SchemaTooNew.
    """
    try:
        check_database(settings.data_dir, settings.database_url)
    except NotFound:
        if not may_make:
            raise
    with opened_storage(settings) as storage:
        yield storage


def build_tenant_service(storage: Storage) -> TenantService:
    """Build the service; on deletion it removes index files, and a running service drops its open indexes itself.

    Adapters' files that vLLM may still read are left to the service's sweep.
    """

    def drop_index(tenant_id: str) -> None:
        from app.index.index_cache import delete_index_files

        delete_index_files(storage.index_dir, tenant_id)

    replicas_read = storage.settings.generator == "vllm" and storage.settings.vllm_adapters == "load"
    removal = AdapterRemoval(storage.adapters, (lambda _adapter: False) if replicas_read else None)
    return TenantService(storage.db, storage.blobs, removal, drop_index, storage.trainings_dir)


def build_key_service(storage: Storage) -> KeyService:
    """Build what creates, lists and revokes API keys."""
    return KeyService(storage.db)


def build_audit_service(storage: Storage) -> AuditService:
    """Build what reads and exports the audit log."""
    from app.audit.service import AuditService

    return AuditService(storage.db, keep_days=storage.settings.audit_days)


def build_quota_service(storage: Storage) -> QuotaService:
    """Build what shows and sets the quotas of tenants."""
    from app.bootstrap.limits import tenant_limits
    from app.usage.quota_service import QuotaService

    return QuotaService(storage.db, tenant_limits(storage.settings).quotas)


def build_queue_service(storage: Storage) -> QueueService:
    """Build what pauses, drains and resumes the background jobs."""
    from app.operations.queue.service import QueueService

    return QueueService(storage.db)


def build_index_service(storage: Storage) -> IndexService:
    """Build what verifies and rebuilds the indexes, with the limits that the service has."""
    from app.bootstrap.vector_indexes import maintained_indexes
    from app.operations.index_service import IndexService

    return IndexService(storage.db, maintained_indexes(storage))
