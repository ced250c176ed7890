"""Idempotency keys: how long they count, and their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

RETENTION = timedelta(hours=24)  # a repeated request gets the first answer until then
LEASE = timedelta(seconds=30)  # renewed while the request is at work: that of a dead process is free after it


@dataclass(frozen=True, slots=True)
class KeyUse:
    """An idempotency key as one caller uses it for one operation: the same key elsewhere is another one."""

    caller: str  # id of the API key or of the token
    operation: str
    key: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer that the first request with a key got."""

    body_hash: str  # sha256 of that request
    status: int
    media_type: str
    body: bytes  # sealed by the caller's secret: an answer may show a secret, which is stored nowhere


@dataclass(frozen=True, slots=True)
class KeyLease:
    """The right to do the work of one key and to store its answer."""

    use: KeyUse
    token: str
