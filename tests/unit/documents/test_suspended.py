"""The ingestion of a tenant that is suspended meanwhile."""

from __future__ import annotations

import pytest

from app.documents.ingestion.progress import ProgressReporter
from app.domain.documents import DocumentStatus
from app.domain.jobs import JobKind
from app.domain.tenants import TenantStatus
from app.jobs.signals import JobSuspended
from app.jobs.turn import Turn
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.tenants import Tenants
from tests.support.storage_factories import uploaded

pytestmark = pytest.mark.both_databases


def set_status(db: Database, tenant_id: str, status: TenantStatus) -> None:
    with db.write() as session:
        Tenants(session).set_status(tenant_id, status)


def test_it_stops_at_its_next_stage_and_evaluations_at_their_next_case(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    with db.write() as session:
        job = JobQueue(session).claim([JobKind.INGEST], lease_s=60, max_attempts=3)
    assert job is not None
    progress = ProgressReporter(db, job, document.latest.id, ready=False)
    progress.begin(DocumentStatus.PARSING)
    set_status(db, tenant_id, TenantStatus.SUSPENDED)
    with pytest.raises(JobSuspended):
        progress.begin(DocumentStatus.CHUNKING)
    with pytest.raises(JobSuspended):
        Turn(db, [JobKind.EVALUATE], tenant_id).end_if_awaited()
    set_status(db, tenant_id, TenantStatus.ACTIVE)
    progress.begin(DocumentStatus.CHUNKING)


def test_its_waiting_jobs_are_not_seen_by_workers(db: Database, tenant_id: str) -> None:
    uploaded(db, tenant_id)
    kinds = [JobKind.INGEST]

    def seen() -> tuple[bool, bool, int]:
        with db.read() as session:
            queue = JobQueue(session)
            return queue.has_claimable(kinds), queue.others_wait(kinds, "ten_other"), len(queue.upcoming(kinds, 5))

    assert seen() == (True, True, 1)
    set_status(db, tenant_id, TenantStatus.SUSPENDED)
    assert seen() == (False, False, 0)
    with db.write() as session:
        assert JobQueue(session).claim(kinds, lease_s=60, max_attempts=3) is None
    set_status(db, tenant_id, TenantStatus.ACTIVE)
    assert seen() == (True, True, 1)
