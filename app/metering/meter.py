"""The meter of a request: whatever answers it charges here what it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from app.domain.usage import REQUEST_LIMITS, TOKEN_LIMITS, Amounts, RateState, Resource
from app.metering.rate_limiter import Owner, RateLimiter
from app.metering.usage_log import UsageLog

_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


class Meter:
    """Charges one request to its tenant, to its key or token, and to its end user."""

    def __init__(
        self, limiter: RateLimiter, usage: UsageLog, tenant_id: str, owners: Sequence[Owner], user: str | None
    ) -> None:
        self._limiter = limiter
        self._usage = usage
        self._tenant_id = tenant_id
        self._owners = owners
        self._user = user

    async def begin(self, threads: CapacityLimiter | None = None) -> None:
        """Charge the request itself. Raises RateLimited, and Unavailable if the limits are out of reach.

        `threads`: in which it may wait for a database.
        """
        await self._run(self._begin, threads)
        self._count(Amounts(requests=1))

    def assign(self, user: str) -> None:
        """Charge the request to this end user from now on, with the request itself."""
        if user != self._user:
            self._count(Amounts(requests=-1))
            self._user = user
            self._count(Amounts(requests=1))

    async def check_tokens(self) -> None:
        """Raises as `begin` does if no tokens are left for this minute or day."""
        await self._run(self._check_tokens)

    def add_tokens(self, prompt: int, completion: int) -> None:
        for resource in TOKEN_LIMITS:
            self._limiter.charge(self._owners, resource, prompt + completion)
        self._count(Amounts(prompt_tokens=prompt, completion_tokens=completion))

    def take_upload(self) -> None:
        """Raises RateLimited if no upload is left for this minute."""
        self._limiter.take(self._owners, Resource.UPLOADS)
        self._count(Amounts(uploads=1))

    def state(self, resources: Sequence[Resource]) -> RateState | None:
        """What is left of the limit that has the least left; None if no limit holds."""
        states = [state for one in resources if (state := self._limiter.state(self._owners, one)) is not None]
        return min(states, key=lambda state: (state.remaining, -state.reset_s), default=None)

    def _begin(self) -> None:
        for resource in REQUEST_LIMITS:
            self._limiter.take(self._owners, resource)

    def _check_tokens(self) -> None:
        for resource in TOKEN_LIMITS:
            self._limiter.check(self._owners, resource)

    async def _run(self, work: Callable[[], None], threads: CapacityLimiter | None = None) -> None:
        """In a thread only if the limiter may wait there: threads are scarce when many requests come."""
        if self._limiter.may_wait:
            await run_sync(work, limiter=threads)
        else:
            work()

    def _count(self, amounts: Amounts) -> None:
        self._usage.add(self._tenant_id, self._user, amounts)


@contextmanager
def metered(meter: Meter) -> Iterator[None]:
    """What runs within, in threads and tasks too, is charged to `meter`."""
    token = _meter.set(meter)
    try:
        yield
    finally:
        _meter.reset(token)


def current_meter() -> Meter | None:
    """The meter of the request at work; None outside of requests: background jobs and commands are not charged."""
    return _meter.get()


def assign_user(user: str | None) -> None:
    """Charge the request to the end user it names. None: as it was."""
    meter = current_meter()
    if meter is not None and user is not None:
        meter.assign(user)


async def check_tokens() -> None:
    """Call before work that uses tokens. Raises RateLimited if none are left for this minute or day."""
    meter = current_meter()
    if meter is not None:
        await meter.check_tokens()


def add_tokens(*, prompt: int, completion: int) -> None:
    """Charge tokens that were used."""
    meter = current_meter()
    if meter is not None:
        meter.add_tokens(prompt, completion)


def take_upload() -> None:
    """Charge a file that is taken in. Raises RateLimited if no upload is left for this minute."""
    meter = current_meter()
    if meter is not None:
        meter.take_upload()
