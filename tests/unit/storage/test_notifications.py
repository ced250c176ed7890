"""Workers hear of queued jobs, and go on when the connection that tells them breaks."""

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
from app.storage.sql.tables import JobRow

LONG_S = 20.0


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture
def notifications(db: Database) -> Iterator[JobNotifications]:
    with closing(db.dialect.job_notifications()) as opened:
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
