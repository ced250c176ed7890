"""Idempotency keys: reserved once, completed or released, free again after the lease and after 24 hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.idempotency import LEASE, KeyLease, KeyUse, StoredAnswer
from app.errors import Conflict, InvalidRequest
from app.storage.database import Database
from app.storage.sql.tables import IdempotencyRow, now
from app.storage.sql.tenant_store import TenantStore

pytestmark = pytest.mark.both_databases


@pytest.fixture
def store(db: Database, tenant_id: str) -> Iterator[TenantStore]:
    with db.write_tenant(tenant_id) as store:
        yield store


USE = KeyUse("key_1", "chat", "once")


def reserved(store: TenantStore) -> KeyLease:
    lease = store.idempotency.reserve(USE, "digest")
    assert isinstance(lease, KeyLease)
    return lease


def shift(store: TenantStore, **columns: timedelta) -> None:
    """Move columns of all keys to that long before now."""
    moved = {name: now() - age for name, age in columns.items()}
    store.session.execute(update(IdempotencyRow).values(**moved))
    store.session.expire_all()


def test_answer_is_stored_for_24_hours(store: TenantStore) -> None:
    store.idempotency.complete(reserved(store), 200, "application/json", b"1")
    shift(store, created_at=timedelta(hours=23, minutes=59))
    assert store.idempotency.get(USE, "digest") == StoredAnswer("digest", 200, "application/json", b"1")
    shift(store, created_at=timedelta(hours=24, seconds=1))
    assert store.idempotency.get(USE, "digest") is None
    assert isinstance(store.idempotency.reserve(USE, "another"), KeyLease)


def test_equal_request_during_the_work_conflicts(store: TenantStore) -> None:
    reserved(store)
    with pytest.raises(Conflict) as refused:
        store.idempotency.reserve(USE, "digest")
    assert (refused.value.code, refused.value.retry_after) == ("idempotency_in_progress", 1)


def test_other_request_under_the_key_is_refused_before_and_after_the_answer(store: TenantStore) -> None:
    lease = reserved(store)
    with pytest.raises(InvalidRequest, match="another request"):
        store.idempotency.reserve(USE, "other")
    store.idempotency.complete(lease, 200, "application/json", b"{}")
    with pytest.raises(InvalidRequest, match="another request"):
        store.idempotency.reserve(USE, "other")


def test_released_key_is_free(store: TenantStore) -> None:
    store.idempotency.release(reserved(store))
    reserved(store)


def test_expired_lease_frees_the_key_and_a_late_answer_is_not_stored(store: TenantStore) -> None:
    first = reserved(store)
    shift(store, lease_until=timedelta(seconds=1))
    second = reserved(store)
    assert not store.idempotency.complete(first, 200, "application/json", b"first")
    store.idempotency.release(first)
    assert store.idempotency.complete(second, 200, "application/json", b"second")
    assert store.idempotency.get(USE, "digest") == StoredAnswer("digest", 200, "application/json", b"second")


def test_renewed_lease_holds_the_key_and_a_lost_one_is_not_renewed(store: TenantStore) -> None:
    first = reserved(store)
    shift(store, lease_until=-timedelta(seconds=1))
    assert store.idempotency.renew(first)
    held_until = store.session.scalars(select(IdempotencyRow.lease_until)).one()
    assert held_until is not None
    assert held_until > now() + LEASE / 2
    shift(store, lease_until=timedelta(seconds=1))
    reserved(store)
    assert not store.idempotency.renew(first)


def test_key_of_another_caller_or_operation_is_another_key(store: TenantStore) -> None:
    reserved(store)
    for use in (replace(USE, caller="key_2"), replace(USE, operation="add_feedback")):
        assert isinstance(store.idempotency.reserve(use, "other"), KeyLease)
