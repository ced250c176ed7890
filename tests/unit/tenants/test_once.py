"""What of a sign-in counts once, at whichever process of the service comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.domain.tenants import Scope
from app.storage.database import Database
from app.storage.sql.service_secrets import get_or_create_secret
from app.storage.sql.tables import OneTimeValueRow
from app.tenants.sign_in.access import Person
from app.tenants.sign_in.flow import LIFETIME_S, begin
from app.tenants.sign_in.once import TICKET_S, Tickets, UsedFlows

PERSON = Person("acme", "ana", "Ana É", frozenset({Scope.READ, Scope.WRITE}), frozenset({"staff", "board"}))


def test_ticket_of_one_process_is_taken_at_another_once_and_for_a_short_time(db: Database) -> None:
    ticket = Tickets(db).put(PERSON, 1000)
    elsewhere = Tickets(db)
    assert (elsewhere.take(ticket, 1001), elsewhere.take(ticket, 1001)) == (PERSON, None)
    late = Tickets(db).put(PERSON, 1000)
    assert elsewhere.take(late, 1000 + TICKET_S) is None


def test_sign_in_ends_once_until_it_would_be_too_old_anyway(db: Database) -> None:
    flow = begin(1000)
    assert [UsedFlows(db).claim(flow, at) for at in (1000, 1000 + LIFETIME_S - 1, 1000 + LIFETIME_S)] == [
        True,
        False,
        True,
    ]
    assert UsedFlows(db).claim(replace(flow, state="another"), 1000)


def test_of_many_at_once_one_ends_the_sign_in(db: Database) -> None:
    flow = begin(1000)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: UsedFlows(db).claim(flow, 1000), range(8))) == 1


def test_database_has_no_ticket_that_could_be_used(db: Database) -> None:
    ticket = Tickets(db).put(PERSON, 1000)
    with db.read() as session:
        assert ticket not in session.query(OneTimeValueRow).one().name_hash


def test_processes_share_one_secret(db: Database) -> None:
    def secret(_: int) -> str:
        with db.write() as session:
            return get_or_create_secret(session, "sign-in")

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(secret, range(4)))
    assert len(made) == 1
    assert len(made.pop()) == 43
