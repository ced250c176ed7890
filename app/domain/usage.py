"""What callers may use in a minute, and what they used on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Resource(StrEnum):
    """What is limited and counted."""

    REQUESTS = "requests"  # every authenticated one
    TOKENS = "tokens"  # of prompts and answers, and of texts that are embedded
    UPLOADS = "uploads"  # files that become documents, datasets or adapters


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The most that one caller uses in a minute; None: no limit."""

    requests: int | None = None
    tokens: int | None = None
    uploads: int | None = None

    def of(self, resource: Resource) -> int | None:
        limit: int | None = getattr(self, resource)
        return limit

    def or_else(self, others: RateLimits) -> RateLimits:
        """These limits, and those of `others` where these say nothing."""
        return RateLimits(*(self.of(one) if self.of(one) is not None else others.of(one) for one in Resource))


@dataclass(frozen=True, slots=True)
class TenantLimits:
    """Limits of a tenant as a whole, of each of its keys and of each of its tokens."""

    tenant: RateLimits = field(default_factory=RateLimits)
    key: RateLimits = field(default_factory=RateLimits)
    token: RateLimits = field(default_factory=RateLimits)

    def or_else(self, others: TenantLimits) -> TenantLimits:
        """These limits, and those of `others` where these say nothing."""
        return TenantLimits(
            self.tenant.or_else(others.tenant), self.key.or_else(others.key), self.token.or_else(others.token)
        )


@dataclass(frozen=True, slots=True)
class RateState:
    """How much of a limit is left now."""

    limit: int  # a minute
    remaining: int
    reset_s: float  # until all of it is there again


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was used."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    uploads: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.uploads + other.uploads,
        )


@dataclass(frozen=True, slots=True)
class UsageDay:
    """What a tenant, or one end user of it, used on a day (UTC)."""

    date: date
    user: str | None  # None: of all users, or of requests that name none
    amounts: Amounts
