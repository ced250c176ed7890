"""Idempotency keys: the same request again gets the first answer again."""

from __future__ import annotations

from typing import Any

from app.errors import InvalidRequest
from app.runtime import Runtime
from app.store.idempotency import StoredAnswer


def replay(runtime: Runtime, tenant_id: str, key: str | None, route: str, digest: str) -> StoredAnswer | None:
    """The kept answer of this key, if there is one. Raises InvalidRequest if the request was another."""
    if key is None:
        return None
    with runtime.storage.db.read_tenant(tenant_id) as store:
        kept = store.idempotency.get(key, route)
    if kept is not None and kept.body_hash != digest:
        raise InvalidRequest(
            "This Idempotency-Key was used with another request; use a new key for a new request.",
            param="Idempotency-Key",
            code="idempotency_mismatch",
        )
    return kept


def store_answer(
    runtime: Runtime, tenant_id: str, key: str | None, route: str, digest: str, status: int, body: dict[str, Any]
) -> None:
    if key is not None:
        with runtime.storage.db.write_tenant(tenant_id) as store:
            store.idempotency.save(key, route, StoredAnswer(digest, status, body))
