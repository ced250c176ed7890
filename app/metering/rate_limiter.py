"""Limits of requests, tokens and uploads: of each tenant, each of its keys and each of its tokens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.usage import DAY_S, RateLimits, RateState, Resource
from app.errors import RateLimited

# What a refusal says: "Your tenant may ... 600 ... a minute".
WORDS = {
    Resource.REQUESTS: ("make", "requests"),
    Resource.TOKENS: ("use", "tokens"),
    Resource.UPLOADS: ("make", "uploads"),
    Resource.REQUESTS_PER_DAY: ("make", "requests"),
    Resource.TOKENS_PER_DAY: ("use", "tokens"),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a limit: a request has several owners, and all of their limits hold for it."""

    kind: str  # "tenant", "key" or "token"
    id: str
    limits: RateLimits


class RateLimiter(Protocol):
    """Holds a bucket for each owner and resource. Thread-safe.

    `take` and `check` may wait for a database where `may_wait` says so; both then raise Unavailable if it cannot be
    reached. Elsewhere they may be called on the event loop.
    """

    may_wait: bool

    def take(self, owners: Sequence[Owner], resource: Resource, amount: int = 1) -> None:
        """Take out `amount` for every owner, or nothing at all. Raises RateLimited if one of them has less."""

    def check(self, owners: Sequence[Owner], resource: Resource) -> None:
        """Raises RateLimited if one of the owners has nothing left."""

    def charge(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        """Take out what is used already, whether it is there or not. Never waits."""

    def state(self, owners: Sequence[Owner], resource: Resource) -> RateState | None:
        """What is left to the owner with the least; None if no limit holds. Never waits."""

    def settle(self) -> None:
        """Tell other processes what was charged. Raises Unavailable; it is then told the next time."""


def refused(owner: Owner, resource: Resource, wait_s: float) -> RateLimited:
    """The error of an owner that has to wait so many seconds."""
    seconds = max(1, math.ceil(wait_s))
    verb, noun = WORDS[resource]
    daily = resource.period_s == DAY_S
    return RateLimited(
        f"Your {owner.kind} may {verb} {owner.limits.of(resource):,} {noun} a {'day' if daily else 'minute'}; "
        f"try again in {seconds:,} s.",
        param=resource if daily else None,
        code="quota_exceeded" if daily else None,
        retry_after=seconds,
    )
