"""The job table: claims are exclusive, leases fence, failures are tried again, no tenant starves another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.jobs import Job
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.retry_backoff import backoff_s
from app.storage.sql.tables import JobRow, now
from tests.support.storage_factories import uploaded

pytestmark = pytest.mark.both_databases


def claim(db: Database, lease_s: float = 60, **more: int) -> Job | None:
    with db.write() as session:
        return JobQueue(session).claim(["ingest"], lease_s=lease_s, max_attempts=more.pop("max_attempts", 3), **more)


def lease(job: Job) -> Lease:
    return Lease(job.id, job.lease_token or "")


def expire(db: Database, job: Job) -> None:
    with db.write() as session:
        session.execute(update(JobRow).where(JobRow.id == job.id).values(lease_until=now() - timedelta(seconds=1)))


def make_due(db: Database) -> None:
    with db.write() as session:
        session.execute(update(JobRow).values(run_after=now() - timedelta(seconds=1)))


def status(db: Database, job: Job) -> str:
    with db.read_tenant(job.tenant_id) as store:
        return store.jobs.get(job.id).status


def test_job_is_claimed_once(db: Database, tenant_id: str) -> None:
    for i in range(8):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(lambda _: claim(db, per_tenant=100), range(16)))
    ids = [job.id for job in claimed if job is not None]
    assert len(ids) == len(set(ids)) == 8


def test_expired_lease_is_claimed_again_and_the_first_token_is_invalid(db: Database, tenant_id: str) -> None:
    uploaded(db, tenant_id)
    first = claim(db)
    assert first is not None
    assert claim(db) is None
    expire(db, first)
    second = claim(db)
    assert second is not None
    assert second.id == first.id
    assert second.attempts == 2
    with db.write() as session:
        queue = JobQueue(session)
        assert not queue.heartbeat(lease(first), 60)
        assert not queue.finish(lease(first))
        assert queue.heartbeat(lease(second), 60)
        assert queue.finish(lease(second))
    assert status(db, first) == "succeeded"


def test_job_whose_workers_die_too_often_fails_with_a_reason(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    for _ in range(3):
        job = claim(db)
        assert job is not None
        expire(db, job)
    assert claim(db) is None
    with db.read_tenant(tenant_id) as store:
        assert store.jobs.get(job.id).error_code == "lost_worker"
        assert store.documents.get(document.id).latest.status == "failed"


def test_failed_job_is_retried_after_a_backoff_and_then_fails(db: Database, tenant_id: str) -> None:
    uploaded(db, tenant_id)
    for attempt in (1, 2, 3):
        job = claim(db)
        assert job is not None
        with db.write() as session:
            now = JobQueue(session).fail(lease(job), "x", "why", retry=True, max_attempts=3)
            late = JobQueue(session).fail(lease(job), "y", "later", retry=True, max_attempts=3)
        assert (now, late) == ("queued" if attempt < 3 else "failed", None)
        assert claim(db) is None  # backing off
        make_due(db)
    assert status(db, job) == "failed"
    assert claim(db) is None


def test_backoff_doubles_up_to_a_limit_with_jitter() -> None:
    assert 2.5 <= backoff_s(1) <= 10
    assert all(backoff_s(20) <= 600 for _ in range(20))
    assert len({backoff_s(3) for _ in range(5)}) > 1


def test_released_job_does_not_count_as_an_attempt(db: Database, tenant_id: str) -> None:
    uploaded(db, tenant_id)
    job = claim(db)
    assert job is not None
    with db.write() as session:
        JobQueue(session).release(lease(job))
    again = claim(db)
    assert again is not None
    assert again.attempts == 1


def test_tenants_take_turns(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    for i in range(5):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    uploaded(db, other)
    order = []
    for _ in range(3):
        job = claim(db)
        if job is not None:
            order.append(job.tenant_id)
    assert sorted(order) == sorted([tenant_id, other])  # one each at a time, whoever has more


def test_only_a_job_of_another_tenant_that_may_start_ends_a_turn(db: Database, tenant_id: str) -> None:
    def others_wait() -> bool:
        with db.read() as session:
            return JobQueue(session).others_wait(["ingest"], tenant_id)

    with db.write() as session:
        other = Tenants(session).create("other").id
    for i in range(2):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    assert not others_wait()
    uploaded(db, other)
    assert others_wait()
    with db.write() as session:
        JobQueue(session).pause(other)
    assert not others_wait()
    with db.write() as session:
        JobQueue(session).resume(other)
    uploaded(db, other, "second.txt", b"second")
    claimed = [claim(db), claim(db)]
    assert {job.tenant_id for job in claimed if job is not None} == {tenant_id, other}
    assert not others_wait()  # its second job starts after its first


def test_tenant_at_its_limit_of_running_jobs_has_no_waiting_job(db: Database, tenant_id: str) -> None:
    def waiting(per_tenant: int) -> bool:
        with db.read() as session:
            return JobQueue(session).has_claimable(["ingest"], per_tenant)

    for i in range(3):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    assert waiting(1)
    first = claim(db)
    assert first is not None
    assert (waiting(1), waiting(2)) == (False, True)
    expire(db, first)
    assert waiting(1)


def test_job_cancelled_in_the_queue_is_never_claimed(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    with db.write_tenant(tenant_id) as store:
        assert store.jobs.cancel(document.latest.job_id or "").status == "cancelled"
    assert claim(db) is None


def test_same_idempotency_key_returns_the_same_job(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        one = store.jobs.create("export", {}, "key")
        assert store.jobs.create("export", {}, "key").id == one.id
        assert store.jobs.create("export", {}, "other").id != one.id


@pytest.mark.parametrize("kinds", [["train"], []])
def test_claim_returns_only_the_given_kinds(db: Database, tenant_id: str, kinds: list[str]) -> None:
    uploaded(db, tenant_id)
    with db.write() as session:
        assert JobQueue(session).claim(kinds, lease_s=1, max_attempts=3) is None
        assert not JobQueue(session).has_claimable(kinds)
        assert JobQueue(session).has_claimable(["ingest"])


def test_tenants_take_turns_however_many_jobs_one_of_them_has(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    for i in range(6):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    order = []
    for _ in range(3):
        uploaded(db, other, f"{len(order)}.txt", bytes([len(order)]))
        for _ in range(2):
            job = claim(db)
            assert job is not None
            order.append(job.tenant_id)
            with db.write() as session:
                assert JobQueue(session).finish(lease(job))
    assert order.count(tenant_id) == order.count(other) == 3
    assert all({first, second} == {tenant_id, other} for first, second in zip(order[::2], order[1::2], strict=True))


def test_two_jobs_on_one_document_never_run_at_once(db: Database, tenant_id: str) -> None:
    uploaded(db, tenant_id, "same.txt", b"first version")
    first = claim(db, per_tenant=100)
    uploaded(db, tenant_id, "same.txt", b"second version")
    uploaded(db, tenant_id, "another.txt", b"another")
    another = claim(db, per_tenant=100)
    assert first is not None
    assert another is not None
    assert first.payload["document_id"] != another.payload["document_id"]
    assert claim(db, per_tenant=100) is None
    with db.write() as session:
        JobQueue(session).finish(lease(first))
    second = claim(db, per_tenant=100)
    assert second is not None
    assert second.payload["document_id"] == first.payload["document_id"]


def test_upcoming_lists_jobs_in_the_order_of_claim(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    for i in range(3):
        uploaded(db, tenant_id, f"{i}.txt", bytes([i]))
    uploaded(db, other, "single.txt", b"single")
    first = claim(db)
    assert first is not None
    with db.read() as session:
        coming = [job.id for job in JobQueue(session).upcoming(["ingest"], 10)]
    claimed = []
    while (job := claim(db, per_tenant=100)) is not None:
        claimed.append(job.id)
        with db.write() as session:
            JobQueue(session).finish(lease(job))
        if len(claimed) == 1:
            with db.write() as session:
                JobQueue(session).finish(lease(first))
    assert coming == claimed
    assert len(coming) == 3
