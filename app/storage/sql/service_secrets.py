"""Secrets that all processes of the service share: made by the first that needs one, then kept in the database."""

from __future__ import annotations

import secrets

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.storage.sql.tables import ServiceSecretRow

RANDOM_BYTES = 32


def get_secret(session: Session, name: str) -> str | None:
    """None if no process has made it yet."""
    row = session.get(ServiceSecretRow, name)
    return None if row is None else row.secret


def get_or_create_secret(session: Session, name: str) -> str:
    """The secret of that name; of two processes that make it at once, one wins."""
    found = get_secret(session, name)
    if found is not None:
        return found
    made = ServiceSecretRow(name=name, secret=secrets.token_urlsafe(RANDOM_BYTES))
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        session.expire_all()
        return get_or_create_secret(session, name)
    return made.secret
