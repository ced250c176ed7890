"""Advisory locks: names that one transaction at a time holds, whichever process it runs in."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session


def lock_key(purpose: str, name: str = "") -> int:
    """The 64-bit key of a lock, the same in every process."""
    digest = hashlib.blake2b(f"{purpose}:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def lock(session: Session | Connection, purpose: str, name: str = "") -> None:
    """Hold a lock until the transaction ends. A transaction may take the same one twice."""
    session.execute(select(func.pg_advisory_xact_lock(lock_key(purpose, name))))
