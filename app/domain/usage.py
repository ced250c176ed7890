"""What callers may use in a minute and in a day, and what they used on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.quotas import Quotas

MINUTE_S, DAY_S = 60.0, 86_400.0


class Resource(StrEnum):
    """What is limited and counted."""

    REQUESTS = "requests"  # every authenticated one
    TOKENS = "tokens"  # of prompts and answers, and of texts that are embedded
    UPLOADS = "uploads"  # files that become documents, datasets or adapters
    REQUESTS_PER_DAY = "requests_per_day"  # the same requests, of a day
    TOKENS_PER_DAY = "tokens_per_day"  # the same tokens, of a day

    @property
    def period_s(self) -> float:
        """Seconds for which its limit holds."""
        return DAY_S if self in {Resource.REQUESTS_PER_DAY, Resource.TOKENS_PER_DAY} else MINUTE_S


# What is charged together: of a minute first, so that what it refuses does not use up the day.
REQUEST_LIMITS = (Resource.REQUESTS, Resource.REQUESTS_PER_DAY)
TOKEN_LIMITS = (Resource.TOKENS, Resource.TOKENS_PER_DAY)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The most that one caller uses in a minute, and in a day; None: no limit."""

    requests: int | None = None
    tokens: int | None = None
    uploads: int | None = None
    requests_per_day: int | None = None
    tokens_per_day: int | None = None

    def of(self, resource: Resource) -> int | None:
        limit: int | None = getattr(self, resource)
        return limit

    def or_else(self, others: RateLimits) -> RateLimits:
        """These limits, and those of `others` where these say nothing."""
        return RateLimits(*(self.of(one) if self.of(one) is not None else others.of(one) for one in Resource))


@dataclass(frozen=True, slots=True)
class TenantLimits:
    """Limits of a tenant as a whole, of each of its keys and of each of its tokens, and what the tenant may have."""

    tenant: RateLimits = field(default_factory=RateLimits)
    key: RateLimits = field(default_factory=RateLimits)
    token: RateLimits = field(default_factory=RateLimits)
    quotas: Quotas = field(default_factory=Quotas)

    def or_else(self, others: TenantLimits) -> TenantLimits:
        """These limits, and those of `others` where these say nothing."""
        return TenantLimits(
            self.tenant.or_else(others.tenant),
            self.key.or_else(others.key),
            self.token.or_else(others.token),
            self.quotas.or_else(others.quotas),
        )


@dataclass(frozen=True, slots=True)
class RateState:
    """How much of a limit is left now."""

    limit: int  # a minute, or a day
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
