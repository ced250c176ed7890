"""Secrets that all processes of the service share: made by the first that needs one, then kept in the database."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import ServiceSecretRow

RANDOM_BYTES = 32


def get_secret(session: Session, name: str) -> str | None:
    """None if no process has made it yet."""
    row = session.get(ServiceSecretRow, name)
    return None if row is None else row.secret


def get_or_create_secret(session: Session, name: str) -> str:
    """The secret of that name; of two processes that make it at once, one wins."""
    new = insert_into(session, ServiceSecretRow.__table__)
    made = new.values(name=name, secret=secrets.token_urlsafe(RANDOM_BYTES))
    session.execute(made.on_conflict_do_nothing())
    return session.get_one(ServiceSecretRow, name).secret
