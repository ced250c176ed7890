"""Watches: woken by commits, one read for all of a tenant's, an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import pytest

from app.domain.conversations import ConversationChanges
from app.domain.visibility import Visibility
from app.errors import NotFound
from app.http import watch
from app.http.watch import WatchService
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import seeing


@pytest.fixture(autouse=True)
def no_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only commits wake watches, and they are read at once."""
    monkeypatch.setattr(watch, "POLL_S", 60.0)
    monkeypatch.setattr(watch, "PAUSE_S", 0.0)
    monkeypatch.setattr(watch, "REST", 0)


@pytest.fixture
def conversation(db: Database, tenant_id: str) -> str:
    with db.write_tenant(tenant_id) as store:
        return store.conversations.create("first").id


def rename(db: Database, tenant_id: str, conversation_id: str, title: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.conversations.update(conversation_id, ConversationChanges(title=title))


def title_of(conversation_id: str) -> Callable[[TenantStore], str]:
    return lambda store: store.conversations.get(conversation_id).title


async def following(values: AsyncGenerator[str, None]) -> str:
    async with asyncio.timeout(10):
        return await anext(values)


async def test_watch_gives_the_value_and_each_other_one_after_a_commit(
    db: Database, tenant_id: str, conversation: str
) -> None:
    watches = WatchService(db)
    async with aclosing(await watches.watch(tenant_id, conversation, title_of(conversation))) as values:
        assert await following(values) == "first"
        await asyncio.to_thread(rename, db, tenant_id, conversation, "second")
        assert await following(values) == "second"


async def test_three_hundred_watches_of_one_record_read_it_once_for_a_commit(
    db: Database, tenant_id: str, conversation: str
) -> None:
    watches, reads = WatchService(db), 0

    def read(store: TenantStore) -> str:
        nonlocal reads
        reads += 1
        return store.conversations.get(conversation).title

    first = await watches.watch(tenant_id, conversation, read)
    assert await following(first) == "first"
    others = [await watches.watch(tenant_id, conversation, read) for _ in range(299)]
    for values in others:
        assert await following(values) == "first"
    before = reads
    pending = [asyncio.create_task(following(values)) for values in (first, *others)]
    await asyncio.sleep(0)
    await asyncio.to_thread(rename, db, tenant_id, conversation, "second")
    assert set(await asyncio.gather(*pending)) == {"second"}
    assert reads - before <= 2  # the first read of the group may still have been under way
    for values in (first, *others):
        await values.aclose()


async def test_records_of_a_tenant_are_read_in_one_transaction_and_others_commits_wake_nobody(
    db: Database, tenant_id: str, conversation: str
) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    with db.write_tenant(tenant_id) as store:
        second = store.conversations.create("first").id
    watches, transactions = WatchService(db), []
    streams = [await watches.watch(tenant_id, one, title_of(one)) for one in (conversation, second)]
    for values in streams:
        assert await following(values) == "first"
    await asyncio.sleep(0.05)
    read_tenant = db.read_tenant
    db.read_tenant = lambda tenant: transactions.append(tenant) or read_tenant(tenant)
    with db.write_tenant(other) as store:
        store.conversations.create("elsewhere")
    await asyncio.sleep(0.05)
    assert transactions == []
    with db.write_tenant(tenant_id) as store:
        store.conversations.update(conversation, ConversationChanges(title="new"))
        store.conversations.update(second, ConversationChanges(title="new"))
    for values in streams:
        assert await following(values) == "new"
    assert transactions == [tenant_id]
    for values in streams:
        await values.aclose()


async def test_what_is_gone_is_told_before_a_watch_and_ends_one(
    db: Database, tenant_id: str, conversation: str
) -> None:
    watches = WatchService(db)
    with pytest.raises(NotFound):
        await watches.watch(tenant_id, "none", title_of("none"))
    values = await watches.watch(tenant_id, conversation, title_of(conversation))
    assert await following(values) == "first"
    with db.write_tenant(tenant_id) as store:
        store.conversations.delete(conversation)
    with pytest.raises(NotFound):
        await following(values)
    assert (watches._groups, db.changes._listeners) == ({}, ())


async def test_callers_who_see_other_things_share_nothing(db: Database, tenant_id: str, conversation: str) -> None:
    watches = WatchService(db)
    values = await watches.watch(tenant_id, conversation, title_of(conversation))
    assert await following(values) == "first"
    with seeing(Visibility(user="ana")), pytest.raises(NotFound):
        await watches.watch(tenant_id, conversation, title_of(conversation))
    await values.aclose()
    assert (watches._groups, db.changes._listeners) == ({}, ())


async def test_a_stream_that_nobody_reads_leaves_nothing(db: Database, tenant_id: str, conversation: str) -> None:
    watches = WatchService(db)
    values = await watches.watch(tenant_id, conversation, title_of(conversation))
    await values.aclose()
    assert (watches._groups, db.changes._listeners) == ({}, ())
