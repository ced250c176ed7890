"""What of a sign-in counts once: its state, and the ticket with which the page gets the token."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta

from app.domain.tenants import Scope
from app.storage.database import Database
from app.storage.sql.one_time_values import OneTimeValues
from app.tenants.sign_in.access import Person
from app.tenants.sign_in.flow import LIFETIME_S, Flow

RANDOM_BYTES = 32
TICKET_S = 60  # from the issuer's answer to the page's request for the token


class UsedFlows:
    """The sign-ins that have ended. All processes know them, and an answer of the issuer counts at one alone."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def claim(self, flow: Flow, now: float) -> bool:
        """End the sign-in; False if it has ended before. `now`: seconds since 1970."""
        moment = datetime.fromtimestamp(now, UTC)
        ends_at = moment + timedelta(seconds=LIFETIME_S)
        with self._db.write() as session:
            return OneTimeValues(session).claim(f"flow:{flow.state}", b"", now=moment, ends_at=ends_at)


class Tickets:
    """Names for people whom the issuer has named, each good once, for TICKET_S seconds, at any process."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, person: Person, now: float) -> str:
        """The new ticket. `now`: seconds since 1970."""
        ticket, moment = secrets.token_urlsafe(RANDOM_BYTES), datetime.fromtimestamp(now, UTC)
        ends_at = moment + timedelta(seconds=TICKET_S)
        with self._db.write() as session:
            OneTimeValues(session).claim(f"ticket:{ticket}", _written(person), now=moment, ends_at=ends_at)
        return ticket

    def take(self, ticket: str, now: float) -> Person | None:
        """The person, whose ticket is then gone; None if there is none."""
        with self._db.write() as session:
            content = OneTimeValues(session).take(f"ticket:{ticket}", now=datetime.fromtimestamp(now, UTC))
        return None if content is None else _read(content)


def _written(person: Person) -> bytes:
    scopes, groups = sorted(person.scopes), sorted(person.groups)
    return json.dumps([person.tenant, person.user, person.name, scopes, groups]).encode()


def _read(content: bytes) -> Person:
    tenant, user, name, scopes, groups = json.loads(content)
    return Person(tenant, user, name, frozenset(map(Scope, scopes)), frozenset(groups))
