"""Answers kept for 24 hours, so that a repeated request gets the first one's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.store.models import IdempotencyRow, now

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    body_hash: str  # sha256 of the request that got this answer
    status: int
    body: dict[str, Any]


class Idempotency:
    """One tenant's stored answers."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def get(self, key: str, route: str) -> StoredAnswer | None:
        row = self._session.scalar(
            select(IdempotencyRow).where(
                IdempotencyRow.tenant_id == self._tenant_id,
                IdempotencyRow.key == key,
                IdempotencyRow.route == route,
                IdempotencyRow.created_at > now() - KEPT,
            )
        )
        return None if row is None else StoredAnswer(row.body_hash, row.status, dict(row.body))

    def save(self, key: str, route: str, answer: StoredAnswer) -> None:
        """Keep an answer; the tenant's outdated ones go."""
        self._session.execute(
            delete(IdempotencyRow).where(
                IdempotencyRow.tenant_id == self._tenant_id, IdempotencyRow.created_at <= now() - KEPT
            )
        )
        self._session.merge(
            IdempotencyRow(
                tenant_id=self._tenant_id,
                key=key,
                route=route,
                body_hash=answer.body_hash,
                status=answer.status,
                body=answer.body,
            )
        )
        self._session.flush()
