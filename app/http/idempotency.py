"""Idempotency keys: the same request again gets the first answer again. Reserve, work, complete."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from anyio import CancelScope
from anyio.to_thread import run_sync

from app.bootstrap.runtime import Runtime
from app.storage.sql.repositories.idempotency import KeyLease, StoredAnswer


class Reservation:
    """The key of a request at work, as an async context: left without an answer, the key is free again.

    A request without a key has a reservation too, which does nothing.
    """

    def __init__(self, runtime: Runtime, tenant_id: str, lease: KeyLease | None) -> None:
        self._runtime = runtime
        self._tenant_id = tenant_id
        self._lease = lease

    async def complete(self, status: int, body: dict[str, Any]) -> None:
        """Store the answer for equal requests."""
        if self._lease is not None:
            await run_sync(self._store, self._lease, status, body)
            self._lease = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lease is not None:
            with CancelScope(shield=True):  # a client that went away frees its key too
                await run_sync(self._release, self._lease)

    def _store(self, lease: KeyLease, status: int, body: dict[str, Any]) -> None:
        with self._runtime.storage.db.write_tenant(self._tenant_id) as store:
            store.idempotency.complete(lease, status, body)

    def _release(self, lease: KeyLease) -> None:
        with self._runtime.storage.db.write_tenant(self._tenant_id) as store:
            store.idempotency.release(lease)


async def reserve(
    runtime: Runtime, tenant_id: str, key: str | None, route: str, digest: str
) -> Reservation | StoredAnswer:
    """Reserve the key for this request, or get the answer that an equal request got.

    Raises InvalidRequest if the key was used with another request, Conflict while an equal request is at work.
    """
    if key is None:
        return Reservation(runtime, tenant_id, None)
    held = await run_sync(_reserve, runtime, tenant_id, key, route, digest)
    return held if isinstance(held, StoredAnswer) else Reservation(runtime, tenant_id, held)


def _reserve(runtime: Runtime, tenant_id: str, key: str, route: str, digest: str) -> KeyLease | StoredAnswer:
    with runtime.storage.db.read_tenant(tenant_id) as store:  # repeats do not wait for the one writer
        stored = store.idempotency.get(key, route, digest)
    if stored is not None:
        return stored
    with runtime.storage.db.write_tenant(tenant_id) as store:
        return store.idempotency.reserve(key, route, digest)
