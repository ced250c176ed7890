"""Tokens in the store: their end, their count, the origins they name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.tenants import TenantStatus
from app.domain.tokens import Token, TokenGrant
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tokens import KEPT, READABLE, TokenCheck
from app.storage.sql.tables import TokenRow, now

pytestmark = pytest.mark.both_databases

PAGE = "https://www.example.org"


@pytest.fixture
def key_id(db: Database, tenant_id: str) -> str:
    with db.write() as session:
        return Keys(session).create(tenant_id, "front end", ["read", "write"])[0].id


def create(db: Database, tenant_id: str, key_id: str, **grant: object) -> tuple[Token, str]:
    with db.write_tenant(tenant_id) as store:
        return store.tokens.create(key_id, TokenGrant(**grant), ttl_s=60)


def end(db: Database, token: Token, ago: timedelta) -> None:
    with db.write() as session:
        session.execute(update(TokenRow).where(TokenRow.id == token.id).values(expires_at=now() - ago))


def test_token_without_a_user_is_of_one_that_no_other_has(db: Database, tenant_id: str, key_id: str) -> None:
    first, second = (create(db, tenant_id, key_id)[0] for _ in range(2))
    assert first.user == first.id != second.user


def test_secret_finds_its_token_until_its_key_is_revoked(db: Database, tenant_id: str, key_id: str) -> None:
    token, secret = create(db, tenant_id, key_id, user="ana", collections=("laws",), groups=frozenset({"staff"}))
    with db.write() as session:
        assert TokenCheck(session).find(secret) == (TenantStatus.ACTIVE, token)
        assert TokenCheck(session).find(secret[:-1] + "?") is None
        Keys(session).revoke(key_id)
        assert TokenCheck(session).find(secret) is None


def test_requests_are_counted_up_to_their_bound(db: Database, tenant_id: str, key_id: str) -> None:
    token, _ = create(db, tenant_id, key_id, max_requests=2)
    with db.write_tenant(tenant_id) as store:
        assert [TokenCheck(store.session).count_request(token.id) for _ in range(3)] == [True, True, False]
        assert store.tokens.get(token.id).requests == 2


def test_origin_counts_while_a_token_names_it_and_shortly_after(db: Database, tenant_id: str, key_id: str) -> None:
    token, _ = create(db, tenant_id, key_id, origins=(PAGE,))

    def is_named(origin: str = PAGE) -> bool:
        with db.read() as session:
            return TokenCheck(session).named_origins([origin, "https://third.example"]) == {origin}

    assert is_named()
    assert not is_named("https://elsewhere.example")
    end(db, token, READABLE / 2)
    assert is_named()
    end(db, token, READABLE * 2)
    assert not is_named()
    other, _ = create(db, tenant_id, key_id, origins=(PAGE,))
    assert is_named()
    with db.write_tenant(tenant_id) as store:
        store.tokens.revoke(other.id)
    assert not is_named()


def test_tokens_that_ended_long_ago_are_deleted(db: Database, tenant_id: str, key_id: str) -> None:
    old, _ = create(db, tenant_id, key_id, user="ana")
    recent, _ = create(db, tenant_id, key_id, user="rui")
    end(db, old, KEPT * 2)
    end(db, recent, KEPT / 2)
    new, _ = create(db, tenant_id, key_id, user="eva")
    with db.read_tenant(tenant_id) as store:
        assert {token.id for token in store.tokens.page().data} == {recent.id, new.id}
        assert [token.id for token in store.tokens.page("rui").data] == [recent.id]
        assert [token.user for token in store.tokens.page(q="EV").data] == ["eva"]
