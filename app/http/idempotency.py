"""Idempotency keys: an equal request gets the answer of the first one. Reserve the key, work, complete."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from anyio import CancelScope
from anyio.to_thread import run_sync

from app.domain.idempotency import LEASE, KeyLease, KeyUse, StoredAnswer
from app.errors import AppError
from app.http.kept_streams import KeptStreams
from app.http.sealing import seal, unseal
from app.storage.database import Database

RENEW_S = LEASE.total_seconds() / 3
MOST_KEPT_BYTES = 8 * 2**20  # of an answer: a longer one is not kept, and an equal request is done again


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request: the same idempotency key of another caller is another key."""

    tenant_id: str
    id: str  # of the API key or of the token
    secret: str  # the API key or the token itself


class IdempotencyService:
    """Reserves the idempotency keys of requests and stores their answers."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.streams = KeptStreams()

    async def reserve(self, caller: Caller, operation: str, key: str, digest: str) -> Reservation | StoredAnswer:
        """Reserve the key for this request, or get the answer that an equal request got.

        `digest` is the sha256 of what the request asks for. Raises InvalidRequest if the key was used with another
        request, Conflict while an equal request is at work.
        """
        use = KeyUse(caller.id, operation, key)
        reserved = await run_sync(self._reserve, caller.tenant_id, use, digest)
        if isinstance(reserved, StoredAnswer):
            return replace(reserved, body=unseal(caller.secret, reserved.body))
        return Reservation(self._db, caller, reserved)

    async def close(self) -> None:
        """End the streams that go on without their clients."""
        await self.streams.close()

    def _reserve(self, tenant_id: str, use: KeyUse, digest: str) -> KeyLease | StoredAnswer:
        with self._db.read_tenant(tenant_id) as store:  # repeats do not wait for the one writer
            stored = store.idempotency.get(use, digest)
        if stored is not None:
            return stored
        with self._db.write_tenant(tenant_id) as store:
            return store.idempotency.reserve(use, digest)


class Reservation:
    """The key of a request at work, as an async context: it frees the key if the work ends without an answer.

    It renews the lease of the key meanwhile, so that only the key of a process that died is free before the work ends.
    """

    def __init__(self, db: Database, caller: Caller, lease: KeyLease | None) -> None:
        self._db = db
        self._caller = caller
        self._lease = lease
        self._renewing: asyncio.Task[None] | None = None

    async def complete(self, status: int, media_type: str, body: bytes) -> None:
        """Store the answer for equal requests, unless it is longer than MOST_KEPT_BYTES."""
        if self._lease is not None and len(body) <= MOST_KEPT_BYTES:
            await run_sync(self._store, self._lease, status, media_type, body)
            self._lease = None

    def hand_over(self) -> Reservation:
        """The same reservation for work that goes on; this one then frees nothing."""
        taken = Reservation(self._db, self._caller, self._lease)
        self._lease = None
        return taken

    async def __aenter__(self) -> Self:
        self._renewing = asyncio.create_task(self._renew_regularly())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
        if self._lease is not None:
            with CancelScope(shield=True):  # a client that went away frees its key too
                await run_sync(self._release, self._lease)

    async def _renew_regularly(self) -> None:
        while self._lease is not None:
            await asyncio.sleep(RENEW_S)
            if self._lease is not None:
                with suppress(AppError):  # the database is away for a moment: it is tried again
                    await run_sync(self._renew, self._lease)

    def _renew(self, lease: KeyLease) -> None:
        with self._db.write_tenant(self._caller.tenant_id) as store:
            store.idempotency.renew(lease)

    def _store(self, lease: KeyLease, status: int, media_type: str, body: bytes) -> None:
        sealed = seal(self._caller.secret, body)
        with self._db.write_tenant(self._caller.tenant_id) as store:
            store.idempotency.complete(lease, status, media_type, sealed)

    def _release(self, lease: KeyLease) -> None:
        with self._db.write_tenant(self._caller.tenant_id) as store:
            store.idempotency.release(lease)
