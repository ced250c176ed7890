"""Pages: every item once, whatever is deleted in between; a cursor that fits no list is refused."""

from __future__ import annotations

import base64
import json

import pytest

from app.errors import InvalidRequest
from app.storage.sql.pagination import CURSOR_PREFIX
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sqlite.database import Database


def conversations(db: Database, tenant_id: str, count: int) -> list[str]:
    """Ids, oldest first."""
    with db.write_tenant(tenant_id) as store:
        return [store.conversations.create(str(number)).id for number in range(count)]


def cursor(*values: object) -> str:
    return CURSOR_PREFIX + base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_by_cursor_have_every_item_once(db: Database, tenant_id: str, order: str) -> None:
    made = conversations(db, tenant_id, 5)
    seen, after = [], None
    with db.read_tenant(tenant_id) as store:
        while True:
            page = store.conversations.page(limit=2, after=after, order=order)
            seen += [one.id for one in page.data]
            assert page.has_more == (page.next_cursor is not None)
            if (after := page.next_cursor) is None:
                break
    assert seen == (made if order == "asc" else made[::-1])


def test_deleting_the_last_item_of_a_page_does_not_break_the_next(db: Database, tenant_id: str) -> None:
    made = conversations(db, tenant_id, 4)
    with db.read_tenant(tenant_id) as store:
        first = store.conversations.page(limit=2, order="asc")
    with db.write_tenant(tenant_id) as store:
        store.conversations.delete(first.data[-1].id)
    with db.read_tenant(tenant_id) as store:
        rest = store.conversations.page(limit=2, order="asc", after=first.next_cursor)
        assert [one.id for one in rest.data] == made[2:]
        with pytest.raises(InvalidRequest):
            store.conversations.page(limit=2, order="asc", after=first.data[-1].id)


def test_the_id_of_a_live_row_is_a_cursor_too(db: Database, tenant_id: str) -> None:
    made = conversations(db, tenant_id, 3)
    with db.read_tenant(tenant_id) as store:
        page = store.conversations.page(order="asc", after=made[0])
    assert [one.id for one in page.data] == made[1:]


@pytest.mark.parametrize(
    "after",
    [
        "conv_unknown",
        "",
        CURSOR_PREFIX,
        CURSOR_PREFIX + "é",
        CURSOR_PREFIX + "!!!!",
        cursor(),
        cursor("2026-01-01T00:00:00+00:00"),
        cursor("not a time", "conv_1"),
        cursor(1, "conv_1"),
        cursor("2026-01-01T00:00:00+00:00", 2**70),
        cursor("0001-01-01T00:00:00+14:00", "conv_1"),
        cursor("2026-01-01T00:00:00+00:00", "\ud800"),
        CURSOR_PREFIX + base64.urlsafe_b64encode(b'{"a": 1, "b": 2}').decode(),
        CURSOR_PREFIX + base64.urlsafe_b64encode(b"7").decode(),
        CURSOR_PREFIX + base64.urlsafe_b64encode(b"[" * 200_000).decode(),
    ],
)
def test_invalid_cursor_is_refused(db: Database, tenant_id: str, after: str) -> None:
    conversations(db, tenant_id, 1)
    with db.read_tenant(tenant_id) as store, pytest.raises(InvalidRequest) as refused:
        store.conversations.page(after=after)
    assert refused.value.param == "after"


@pytest.mark.parametrize("after", [cursor(2**63), cursor("1"), cursor(True), "evr_x", "evr_" + "9" * 30])
def test_invalid_cursor_of_a_list_by_number_is_refused(db: Database, tenant_id: str, after: str) -> None:
    with db.write_tenant(tenant_id) as store:
        evaluation = store.evaluations.create("cases.jsonl", "{}", None)
        store.evaluations.add_result(evaluation.id, "answers/one", "1", {}, 0.5)
        with pytest.raises(InvalidRequest):
            store.evaluations.results(evaluation.id, after=after)


def test_cursor_returns_no_rows_of_another_tenant(db: Database, tenant_id: str) -> None:
    conversations(db, tenant_id, 3)
    with db.write() as session:
        other_id = Tenants(session).create("other").id
    with db.read_tenant(tenant_id) as store:
        after = store.conversations.page(limit=1).next_cursor
    with db.read_tenant(other_id) as store:
        assert store.conversations.page(after=after).data == []
