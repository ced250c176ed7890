"""Idempotency keys: reserved before the work and stored with the response, which repeated requests get for 24 hours."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.domain.idempotency import LEASE, RETENTION, KeyLease, KeyUse, StoredAnswer
from app.errors import Conflict, InvalidRequest
from app.storage.sql.dialects.clock import moment
from app.storage.sql.records import record_from
from app.storage.sql.tables import IdempotencyRow, now

RETRY_AFTER_S = 1


class Idempotency:
    """Reserves and completes the idempotency keys of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def get(self, use: KeyUse, body_hash: str) -> StoredAnswer | None:
        """The stored answer of this key; None if the key is free.

        Raises InvalidRequest if the key belongs to another request, Conflict while an equal request is at work.
        """
        row = self._row(use)
        if row is None or row.created_at <= now() - RETENTION:
            return None
        if row.body_hash != body_hash:
            raise InvalidRequest(
                "This Idempotency-Key was used with another request; use a new key for a new request.",
                param="Idempotency-Key",
                code="idempotency_mismatch",
            )
        if row.lease_until is None:
            return record_from(row, StoredAnswer)
        if row.lease_until > self._now():
            raise Conflict(
                "A request with this Idempotency-Key is being answered; send it again for the same answer.",
                param="Idempotency-Key",
                code="idempotency_in_progress",
                retry_after=RETRY_AFTER_S,
            )
        return None

    def is_used(self, caller: str, key: str) -> bool:
        """Whether the caller sent a request of any kind with this key lately."""
        mine = IdempotencyRow.tenant_id == self._tenant_id, IdempotencyRow.caller == caller
        found = select(IdempotencyRow.key).where(*mine, IdempotencyRow.key == key).limit(1)
        return self._session.scalar(found.where(IdempotencyRow.created_at > now() - RETENTION)) is not None

    def reserve(self, use: KeyUse, body_hash: str) -> KeyLease | StoredAnswer:
        """Reserve a free key for LEASE; the stored answer if there is one. The tenant's outdated keys are deleted.

        Raises what `get` raises.
        """
        stored = self.get(use, body_hash)
        if stored is not None:
            return stored
        self._session.execute(
            delete(IdempotencyRow).where(
                IdempotencyRow.tenant_id == self._tenant_id, IdempotencyRow.created_at <= now() - RETENTION
            )
        )
        lease = KeyLease(use, secrets.token_hex(16))
        self._session.merge(
            IdempotencyRow(
                tenant_id=self._tenant_id,
                caller=use.caller,
                operation=use.operation,
                key=use.key,
                body_hash=body_hash,
                status=0,
                media_type="",
                body=b"",
                lease_token=lease.token,
                lease_until=self._now() + LEASE,
                created_at=now(),
            )
        )
        self._session.flush()
        return lease

    def complete(self, lease: KeyLease, status: int, media_type: str, body: bytes) -> bool:
        """Store the answer; False if the lease expired and another request holds the key."""
        row = self._row(lease.use)
        if row is None or row.lease_token != lease.token:
            return False
        row.status, row.media_type, row.body = status, media_type, body
        row.lease_token = row.lease_until = None
        self._session.flush()
        return True

    def renew(self, lease: KeyLease) -> bool:
        """Hold the key for another LEASE from now; False if another request holds it."""
        renewed = self._session.scalar(
            update(IdempotencyRow)
            .where(*self._is(lease.use), IdempotencyRow.lease_token == lease.token)
            .values(lease_until=self._now() + LEASE)
            .returning(IdempotencyRow.key)
        )
        return renewed is not None

    def release(self, lease: KeyLease) -> None:
        """Free the key of work that failed; without effect if the lease is no longer held."""
        self._session.execute(
            delete(IdempotencyRow).where(*self._is(lease.use), IdempotencyRow.lease_token == lease.token)
        )

    def _now(self) -> datetime:
        """By the clock that all processes share: each holds leases that others look at."""
        return self._session.scalars(select(moment())).one()

    def _row(self, use: KeyUse) -> IdempotencyRow | None:
        return self._session.scalar(select(IdempotencyRow).where(*self._is(use)))

    def _is(self, use: KeyUse) -> tuple[ColumnElement[bool], ...]:
        return (
            IdempotencyRow.tenant_id == self._tenant_id,
            IdempotencyRow.caller == use.caller,
            IdempotencyRow.operation == use.operation,
            IdempotencyRow.key == use.key,
        )
