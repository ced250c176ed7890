"""Workers hear of queued jobs, streams of changed ones, and both go on when the connection that tells them breaks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text

from app.domain.jobs import JobKind
from app.storage.database import Database
from app.storage.notifications.base import JobNotifications
from app.storage.notifications.polling import Polling
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.storage.sql.tables import JobRow

LONG_S = 20.0


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture
def notifications(db: Database) -> Iterator[JobNotifications]:
    with closing(db.notifications()) as opened:
        opened.wait(LONG_S)  # for the first notification: it listens
        yield opened


def queue_job(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        session.add(JobRow(tenant_id=tenant_id, kind=JobKind.INGEST, payload={}))


def waited_s(notifications: JobNotifications) -> float:
    started = time.monotonic()
    notifications.wait(LONG_S)
    return time.monotonic() - started


def test_queued_job_ends_the_wait_of_every_thread(
    db: Database, tenant_id: str, notifications: JobNotifications
) -> None:
    waits: list[float] = []
    threads = [threading.Thread(target=lambda: waits.append(waited_s(notifications))) for _ in range(3)]
    for thread in threads:
        thread.start()
    queue_job(db, tenant_id)
    for thread in threads:
        thread.join()
    assert max(waits) < LONG_S / 2


def test_job_queued_between_two_waits_is_not_missed(
    db: Database, tenant_id: str, notifications: JobNotifications
) -> None:
    queue_job(db, tenant_id)
    assert waited_s(notifications) < LONG_S / 2


def test_broken_connection_is_opened_again(db: Database, tenant_id: str, notifications: JobNotifications) -> None:
    with db.write() as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))
    assert waited_s(notifications) < LONG_S / 2  # it tells that it listens again
    queue_job(db, tenant_id)
    assert waited_s(notifications) < LONG_S / 2


def test_without_notifications_workers_look_themselves() -> None:
    assert waited_s(Polling(0.01)) < LONG_S / 2


def test_other_processes_hear_whose_job_was_claimed_and_ended(
    db: Database, tenant_id: str, notifications: JobNotifications
) -> None:
    heard, told = threading.Event(), list[str]()

    def listen(changed: str) -> None:
        told.append(changed)
        heard.set()

    db.changes.listen(listen)
    queue_job(db, tenant_id)
    with db.write() as session:
        job = JobQueue(session).claim([JobKind.INGEST], lease_s=60, max_attempts=1)
    assert job is not None
    assert heard.wait(LONG_S)
    heard.clear()
    with db.write() as session:
        assert JobQueue(session).finish(Lease(job.id, job.lease_token or ""))
    assert heard.wait(LONG_S)
    assert set(told) == {tenant_id}
