"""Idempotency keys: how long they count, and their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

RETENTION = timedelta(hours=24)  # a repeated request gets the first answer until then
LEASE = timedelta(minutes=5)  # a reservation whose process died is free again after this


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer that the first request with a key got."""

    body_hash: str  # sha256 of that request
    status: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyLease:
    """The right to do the work of one key and to store its answer."""

    key: str
    route: str
    token: str
