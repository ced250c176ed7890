"""Refuses what would bring a tenant above one of its quotas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from app.domain.quotas import QUEUES, Quota, Quotas, QuotaState
from app.errors import AppError, QuotaExceeded, RateLimited
from app.metering.upload_room import UploadNeeds, UploadRoom
from app.storage.sql.tenant_store import TenantStore

QUEUE_WAIT_S = 30  # that a caller is told to wait for a place in a full queue
HAVE = {
    Quota.STORED_BYTES: ("may store {:,} bytes", "Delete documents, files, datasets or adapters"),
    Quota.DOCUMENTS: ("may have {:,} documents", "Delete some"),
    Quota.CHUNKS: ("may have {:,} chunks of documents", "Delete documents"),
    Quota.ADAPTERS: ("may have {:,} adapter versions", "Delete some"),
    Quota.DATASETS: ("may have {:,} dataset versions", "Delete some"),
    Quota.QUEUED_DOCUMENTS: ("may have {:,} documents waiting to be read", "Wait until some are ready"),
    Quota.QUEUED_TRAININGS: ("may have {:,} trainings waiting or running", "Wait until one has ended"),
    Quota.QUEUED_EVALUATIONS: ("may have {:,} evaluations waiting or running", "Wait until one has ended"),
}


class TenantQuotas:
    """The quotas of all tenants: what was set for each, else the service's defaults.

    They are read and compared in the transaction that adds something, which is the tenant's only one: requests that
    come at once, in whichever process, never have more together than a quota allows, and what fails has taken nothing.
    """

    def __init__(self, defaults: Quotas) -> None:
        """`defaults` hold where a tenant has no quotas of its own."""
        self._defaults = defaults

    def in_force(self, store: TenantStore) -> Quotas:
        return store.quotas.own().or_else(self._defaults)

    def states(self, store: TenantStore) -> dict[Quota, QuotaState]:
        """How much of each quota the tenant uses."""
        limits, used = self.in_force(store), store.quotas.used(tuple(Quota))
        return {quota: QuotaState(limits.of(quota), used[quota]) for quota in Quota}

    @contextmanager
    def keep(self, store: TenantStore, *quotas: Quota) -> Iterator[None]:
        """Raise at the end if what was done within brings the tenant above one of these quotas: roll it back then.

        What does not add to it may be done although the tenant is above it. Raises QuotaExceeded where something must
        be deleted first, RateLimited where waiting helps.
        """
        limits = self._limits(store, quotas)
        before = store.quotas.used(tuple(limits))
        yield
        after = store.quotas.used(tuple(limits))
        for quota, limit in limits.items():
            if after[quota] > limit and after[quota] > before[quota]:
                raise exceeded(quota, limit, before[quota], after[quota] - before[quota])

    def check(self, store: TenantStore, *quotas: Quota, stored_bytes: int = 1) -> None:
        """Raise as `keep` does if there is no room for one more of each, before work that would be in vain.

        `stored_bytes`: the least that will be stored.
        """
        limits = self._limits(store, quotas)
        for quota, used in store.quotas.used(tuple(limits)).items():
            more = stored_bytes if quota == Quota.STORED_BYTES else 1
            if used + more > limits[quota]:
                raise exceeded(quota, limits[quota], used, more)

    def room(self, store: TenantStore, needs: UploadNeeds, at_most: int) -> UploadRoom:
        """What one more file may have, before work that would be in vain. Whatever it is, `keep` decides in the end.

        `at_most`: bytes that it can have.
        """
        limits = self._limits(store, needs.quotas)
        used = store.quotas.used(tuple(limits))
        full = [quota for quota, limit in limits.items() if used[quota] >= limit]
        refusals = {quota: partial(_no_room, quota, limit, used[quota]) for quota, limit in limits.items()}
        no_document = refusals[Quota.DOCUMENTS](1) if Quota.DOCUMENTS in full else None
        first = next((quota for quota in full if quota != Quota.DOCUMENTS), Quota.STORED_BYTES)
        if first not in limits:
            return UploadRoom(None, 0, partial(_no_room, Quota.STORED_BYTES, 0, 0), no_document)
        left = 0 if first in full else limits[first] - used[first]
        known = store.quotas.largest_known(needs.known, at_most) if left < at_most else 0
        return UploadRoom(left, known, refusals[first], no_document)

    def _limits(self, store: TenantStore, quotas: tuple[Quota, ...]) -> dict[Quota, int]:
        """Those of the quotas that are limited."""
        in_force = self.in_force(store)
        return {quota: limit for quota in quotas if (limit := in_force.of(quota)) is not None}


NO_QUOTAS = TenantQuotas(Quotas())


def _no_room(quota: Quota, limit: int, used: int, size_bytes: int) -> AppError:
    """The error of a file of at least so many bytes."""
    if quota == Quota.STORED_BYTES:
        return exceeded(quota, limit, used, size_bytes, need="at least ")
    return exceeded(quota, limit, used, 1)


def exceeded(quota: Quota, limit: int, used: int, more: int, *, need: str = "") -> AppError:
    """The error of a tenant that has `used` and would have so many more."""
    may, remedy = HAVE[quota]
    message = (
        f"Your tenant {may.format(limit)} and has {used:,}; this needs {need}{more:,} more. {remedy}, or ask the "
        f"operator to raise the quota."
    )
    if quota in QUEUES:
        return RateLimited(message, param=quota, code=QuotaExceeded.code, retry_after=QUEUE_WAIT_S)
    return QuotaExceeded(message, param=quota)
