"""Idempotency keys: an equal request gets the answer of the first one. Reserve the key, work, complete."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from anyio import CancelScope
from anyio.to_thread import run_sync

from app.domain.idempotency import KeyLease, StoredAnswer
from app.storage.sqlite.database import Database


class IdempotencyService:
    """Reserves the idempotency keys of requests and stores their answers."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def reserve(self, tenant_id: str, key: str | None, route: str, digest: str) -> Reservation | StoredAnswer:
        """Reserve the key for this request, or get the answer that an equal request got.

        `digest` is the sha256 of what the request asks for. Raises InvalidRequest if the key was used with another
        request, Conflict while an equal request is at work.
        """
        if key is None:
            return Reservation(self._db, tenant_id, None)
        reserved = await run_sync(self._reserve, tenant_id, key, route, digest)
        return reserved if isinstance(reserved, StoredAnswer) else Reservation(self._db, tenant_id, reserved)

    def _reserve(self, tenant_id: str, key: str, route: str, digest: str) -> KeyLease | StoredAnswer:
        with self._db.read_tenant(tenant_id) as store:  # repeats do not wait for the one writer
            stored = store.idempotency.get(key, route, digest)
        if stored is not None:
            return stored
        with self._db.write_tenant(tenant_id) as store:
            return store.idempotency.reserve(key, route, digest)


class Reservation:
    """The key of a request at work, as an async context: it frees the key if the work ends without an answer.

    A request without a key has a reservation too, which does nothing.
    """

    def __init__(self, db: Database, tenant_id: str, lease: KeyLease | None) -> None:
        self._db = db
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
        with self._db.write_tenant(self._tenant_id) as store:
            store.idempotency.complete(lease, status, body)

    def _release(self, lease: KeyLease) -> None:
        with self._db.write_tenant(self._tenant_id) as store:
            store.idempotency.release(lease)
