"""Locks that a transaction holds until it ends, across processes. SQLite has one writer at a time and needs none."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.storage.postgres import locks

CLAIM = "claim"  # of a job


def lock(session: Session, purpose: str, name: str = "") -> None:
    """Hold a lock until the transaction ends. A transaction may take the same one twice."""
    if session.get_bind().dialect.name == "postgresql":
        locks.lock(session, purpose, name)


def lock_tenant(session: Session, tenant_id: str) -> None:
    """Let no other transaction write for the tenant until this one ends."""
    lock(session, "tenant", tenant_id)
