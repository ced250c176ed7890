"""Tokens: short-lived secrets that a key makes for one end user, to be used where no key may be, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.tenants import Scope

DEFAULT_SECONDS = 3600
MOST_SECONDS = 24 * 3600
DEFAULT_REQUESTS = 1000
MOST_REQUESTS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenGrant:
    """What a token is for: whose it is, what it may do and see, from where and how often."""

    user: str | None = None  # end user; None: one that no other token has, named by the token's id
    scopes: frozenset[str] = frozenset({Scope.READ})
    groups: frozenset[str] = frozenset()  # of the user: with documents for everybody it sees those for these groups
    collections: tuple[str, ...] | None = None  # the only ones it sees; None: all
    adapter: str | None = None  # the only one it may name: "name", "name@version" or "base"; None: any
    origins: tuple[str, ...] = ()  # of the pages that may use it; none: any
    max_requests: int = DEFAULT_REQUESTS


@dataclass(frozen=True, slots=True)
class Token:
    id: str  # "tok_..."
    tenant_id: str
    key_id: str  # of the key that made it; it ends with the key
    user: str
    prefix: str  # how it begins, to recognise it by
    scopes: frozenset[str]
    groups: frozenset[str]
    collections: tuple[str, ...] | None
    adapter: str | None
    origins: tuple[str, ...]
    max_requests: int
    requests: int  # so far
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class CreatedToken(Token):
    token: str  # the secret, which is not stored
