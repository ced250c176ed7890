"""Reads of a request end with its deadline, in the middle of a statement; writes never do."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.deadline import Deadline, limited_by
from app.errors import ClientGone, RequestTimedOut
from app.storage import read_watch
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants

pytestmark = pytest.mark.both_databases

ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"
)
SHORT = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n")
LONG_S = 600.0


def read(db: Database, deadline: Deadline, statement: object = ENDLESS) -> object:
    with limited_by(deadline), db.read() as session:
        return session.scalar(statement)  # type: ignore[call-overload]


def begun(seconds: float = LONG_S, read_seconds: float = LONG_S) -> Deadline:
    deadline = Deadline(seconds, read_seconds)
    deadline.begin()
    return deadline


@pytest.mark.parametrize("limits", [(0.2, LONG_S), (LONG_S, 0.2)])
def test_statement_ends_when_the_time_is_over(db: Database, limits: tuple[float, float]) -> None:
    with pytest.raises(RequestTimedOut, match=r"0\.2 seconds") as ended:
        read(db, begun(*limits))
    assert (ended.value.status, ended.value.code, ended.value.retry_after) == (503, "request_timeout", 5)
    with db.read() as session:  # its connection serves the next one
        assert session.scalar(SHORT) == 300_000


def test_statement_ends_when_the_client_is_gone(db: Database) -> None:
    deadline = begun()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, db, deadline)
        time.sleep(0.3)
        assert not reading.done()
        deadline.client_gone()
        with pytest.raises(ClientGone):
            reading.result(60)
    with pytest.raises(ClientGone):
        read(db, deadline, text("SELECT 1"))


def test_only_the_reads_of_that_request_end(db: Database) -> None:
    gone, stays = begun(), begun()
    with ThreadPoolExecutor(2) as pool:
        endless = pool.submit(read, db, gone)
        gone.client_gone()
        numbers = [read(db, stays, SHORT) for _ in range(5)]
        with pytest.raises(ClientGone):
            endless.result(60)
    assert numbers == [300_000] * 5


def test_a_stream_may_last_but_none_of_its_reads(db: Database) -> None:
    deadline = begun(0.05, 0.3)
    deadline.answer_begun()
    time.sleep(0.1)
    assert read(db, deadline, text("SELECT 1")) == 1
    with pytest.raises(RequestTimedOut):
        read(db, deadline)


def test_a_write_is_carried_through_with_all_that_follows_from_it(db: Database) -> None:
    deadline = begun(0.01)
    deadline.client_gone()
    time.sleep(0.05)
    with limited_by(deadline):
        with db.write() as session:
            session.scalar(SHORT)
            tenant = Tenants(session).create("written").id
        with db.read() as session:
            assert Tenants(session).get(tenant).name == "written"


def test_work_without_a_request_has_no_deadline_and_no_watch(db: Database) -> None:
    with db.read() as session:
        assert session.scalar(text("SELECT 1")) == 1
    assert not db._watch._running


def test_the_watch_ends_when_nothing_is_read(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_watch, "IDLE_S", 0.0)
    assert read(db, begun(), text("SELECT 1")) == 1
    until = time.monotonic() + 60
    while db._watch._running and time.monotonic() < until:
        time.sleep(0.05)
    assert not db._watch._running
    assert read(db, begun(), text("SELECT 2")) == 2
    assert db._watch._running


def test_an_error_of_a_statement_is_no_deadline(db: Database) -> None:
    with pytest.raises(DBAPIError):
        read(db, begun(), text("SELECT nothing FROM nowhere"))
