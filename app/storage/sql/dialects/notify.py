"""Telling other processes what a transaction changed, when it commits."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.storage.notifications.channels import CHANGE_CHANNEL


def tell_change(session: Session, tenant_id: str) -> None:
    """Tell that rows of the tenant change. SQLite tells nobody: who waits polls.

    PostgreSQL lets transactions that tell something commit one after the other: it is for jobs, not for every write.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(CHANGE_CHANNEL, tenant_id)))
