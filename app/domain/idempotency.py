"""Records of idempotency keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
