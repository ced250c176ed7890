"""Origins that tokens name: what is asked before anybody is authenticated costs few reads of the database."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.tokens import TokenGrant
from app.errors import Unavailable
from app.http import named_origins
from app.http.named_origins import NamedOrigins
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tokens import TokenCheck

PAGE, ELSEWHERE = "https://www.example.org", "https://elsewhere.example"


class Counted(NamedOrigins):
    """Notes which origins each read asks for."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.reads: list[list[str]] = []

    def _named_among(self, origins: list[str]) -> set[str]:
        self.reads.append(origins)
        return super()._named_among(origins)


def make_token(db: Database, tenant_id: str, origin: str) -> None:
    with db.write_tenant(tenant_id) as store:
        key, _ = Keys(store.session).create(tenant_id, "k", ["read"])
        store.tokens.create(key.id, TokenGrant(origins=(origin,)), ttl_s=60)


async def test_many_requests_of_foreign_origins_cost_few_reads(db: Database) -> None:
    origins = Counted(db)
    found = await asyncio.gather(*(origins.names(f"https://{number}.example") for number in range(2000)))
    assert not any(found)
    assert len(origins.reads) == 1
    assert len(origins.reads[0]) == named_origins.MOST_AT_ONCE
    for _ in range(3):
        assert not any(await asyncio.gather(*(origins.names(ELSEWHERE) for _ in range(500))))
    assert origins.reads[1:] == [[ELSEWHERE]] * 3


async def test_reads_follow_each_other_with_a_pause(db: Database) -> None:
    origins, loop = Counted(db), asyncio.get_running_loop()
    began = loop.time()
    for _ in range(4):
        assert not await origins.names(ELSEWHERE)
    assert loop.time() - began >= 3 * named_origins.PAUSE_S


async def test_named_origin_is_known_at_once_and_then_without_a_read(db: Database, tenant_id: str) -> None:
    origins = Counted(db)
    assert not await origins.names(PAGE)
    make_token(db, tenant_id, PAGE)
    assert all(await asyncio.gather(*(origins.names(PAGE) for _ in range(100))))
    assert await origins.names(PAGE)
    assert origins.reads == [[PAGE], [PAGE]]


async def test_busy_database_names_nobody_and_is_asked_again(
    db: Database, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_token(db, tenant_id, PAGE)
    origins = NamedOrigins(db)

    def busy(*_: object) -> set[str]:
        raise Unavailable("The database is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(TokenCheck, "named_origins", busy)
        assert not await origins.names(PAGE)
    assert await origins.names(PAGE)


async def test_request_that_is_given_up_holds_nobody_up(db: Database, tenant_id: str) -> None:
    make_token(db, tenant_id, PAGE)
    origins = NamedOrigins(db)
    given_up = asyncio.create_task(origins.names(PAGE))
    other = asyncio.create_task(origins.names(PAGE))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await other
