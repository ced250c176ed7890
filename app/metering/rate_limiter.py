"""Limits of requests, tokens and uploads a minute: of each tenant, each of its keys and each of its tokens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.usage import RateLimits, RateState, Resource
from app.errors import RateLimited

VERBS = {Resource.REQUESTS: "make", Resource.TOKENS: "use", Resource.UPLOADS: "make"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a limit: a request has several owners, and all of their limits hold for it."""

    kind: str  # "tenant", "key" or "token"
    id: str
    limits: RateLimits


class RateLimiter(Protocol):
    """Holds a bucket for each owner and resource. Thread-safe; `take` and `check` may wait for a database.

    Both then raise Unavailable if it cannot be reached.
    """

    may_wait: bool  # for a database: call `take` and `check` in a thread

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
    return RateLimited(
        f"Your {owner.kind} may {VERBS[resource]} {owner.limits.of(resource):,} {resource} a minute; "
        f"try again in {seconds} s.",
        retry_after=seconds,
    )
