"""Processes that tell in the database that they live."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app import __version__
from app.domain.processes import LOST_AFTER, ProcessKind, ProcessStatus
from app.operations.processes.diagnosis import diagnose_processes
from app.operations.processes.heartbeat import Heartbeat
from app.operations.processes.service import ProcessService
from app.storage.database import Database
from app.storage.sql.processes import FORGOTTEN_AFTER, Processes
from app.storage.sql.tables import ProcessRow

pytestmark = pytest.mark.both_databases


def last_seen(db: Database, process_id: str, at: datetime) -> None:
    with db.write() as session:
        session.execute(update(ProcessRow).where(ProcessRow.id == process_id).values(seen_at=at))


def statuses(db: Database) -> dict[str, str]:
    return {process.node: process.status for process in ProcessService(db).list()}


def test_process_is_listed_while_it_lives(db: Database) -> None:
    with Heartbeat(db, ProcessKind.WORKER, "north") as heartbeat:
        (process,) = ProcessService(db).list()
        assert (process.id, process.kind, process.node) == (heartbeat.process_id, ProcessKind.WORKER, "north")
        assert (process.version, process.status) == (__version__, ProcessStatus.RUNNING)
        assert heartbeat.is_healthy
    assert ProcessService(db).list() == []


def test_draining_is_shown_at_once(db: Database) -> None:
    with Heartbeat(db, ProcessKind.SERVE, "north") as heartbeat:
        heartbeat.drain()
        for _ in range(100):
            if statuses(db) == {"north": ProcessStatus.DRAINING}:
                return
            time.sleep(0.05)
    raise AssertionError(statuses(db))


def test_process_without_a_sign_of_life_is_lost_and_forgotten_in_the_end(db: Database) -> None:
    with Heartbeat(db, ProcessKind.WORKER, "south") as killed, Heartbeat(db, ProcessKind.SERVE, "north", interval_s=99):
        last_seen(db, killed.process_id, datetime.now(UTC) - 2 * LOST_AFTER)
        assert statuses(db) == {"north": ProcessStatus.RUNNING, "south": ProcessStatus.LOST}
        with db.read() as session:
            assert not Processes(session).lives(killed.process_id)
        last_seen(db, killed.process_id, datetime.now(UTC) - 2 * FORGOTTEN_AFTER)
        with Heartbeat(db, ProcessKind.TRAINER, "west"):
            assert set(statuses(db)) == {"north", "west"}


def test_heartbeat_goes_on_after_the_database_was_away(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.errors import Unavailable

    beats = 0
    record = Processes.record

    def fails_once(*arguments: object, **more: object) -> None:
        nonlocal beats
        beats += 1
        if beats == 2:
            raise Unavailable("away")
        record(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Processes, "record", fails_once)
    with Heartbeat(db, ProcessKind.WORKER, "north", interval_s=0.05):
        for _ in range(200):
            if beats > 3:
                return
            time.sleep(0.02)
    raise AssertionError(beats)


def test_doctor_names_what_is_lost_and_what_nobody_does(db: Database) -> None:
    service = ProcessService(db)
    workers = frozenset({ProcessKind.WORKER})
    (idle,) = diagnose_processes(service, workers)
    assert (idle.text, idle.ok) == ("none runs now", True)
    with Heartbeat(db, ProcessKind.SERVE, "north"), Heartbeat(db, ProcessKind.TRAINER, "west") as trainer:
        running, missing = diagnose_processes(service, workers)
        assert (running.text, running.ok) == ("1 serve, 1 trainer", True)
        assert (missing.text, missing.ok) == ("`serve` leaves its work to a `loracle worker`: start one", False)
        last_seen(db, trainer.process_id, datetime.now(UTC) - 2 * LOST_AFTER)
        (lost,) = diagnose_processes(service, frozenset())
        assert (lost.text, lost.ok) == ("1 serve; lost within the hour: trainer on west", False)


def test_doctor_warns_of_a_second_serve_where_the_database_is_for_one(db: Database) -> None:
    service = ProcessService(db)
    with Heartbeat(db, ProcessKind.SERVE, "north"):
        (alone,) = diagnose_processes(service, frozenset(), one_serve=True)
        with Heartbeat(db, ProcessKind.SERVE, "north"):
            (both,) = diagnose_processes(service, frozenset(), one_serve=True)
            (shared,) = diagnose_processes(service, frozenset())
    assert [alone.warning, both.warning, shared.warning] == [False, True, False]
    assert "PostgreSQL" in both.text
