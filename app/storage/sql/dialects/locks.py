"""Advisory locks: names that one transaction at a time holds, whichever process it runs in.

SQLite has one writer at a time and needs none.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

CLAIM = "claim"  # of a job


def lock_key(purpose: str, name: str = "") -> int:
    """The 64-bit key of a lock, the same in every process."""
    digest = hashlib.blake2b(f"{purpose}:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def lock(session: Session | Connection, purpose: str, name: str = "") -> None:
    """Hold a lock until the transaction ends. A transaction may take the same one twice."""
    dialect = session.dialect if isinstance(session, Connection) else session.get_bind().dialect
    if dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(lock_key(purpose, name))))


def lock_tenant(session: Session, tenant_id: str) -> None:
    """Let no other transaction write for the tenant until this one ends."""
    lock(session, "tenant", tenant_id)
