"""Pages: every item once, whatever is deleted in between; a cursor that fits no list is refused."""

from __future__ import annotations

import base64
import json

import pytest
from sqlalchemy import select

from app.errors import InvalidRequest
from app.storage.database import Database
from app.storage.sql.pagination import CURSOR_PREFIX, Keys, by_name, list_mark, named, paginate
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import ConversationRow, EvaluationResultRow

pytestmark = pytest.mark.both_databases

CONVERSATIONS = ConversationRow.updated_at, ConversationRow.id


def conversations(db: Database, tenant_id: str, count: int) -> list[str]:
    """Ids, oldest first."""
    with db.write_tenant(tenant_id) as store:
        return [store.conversations.create(str(number)).id for number in range(count)]


def cursor(*values: object, keys: Keys = CONVERSATIONS) -> str:
    return CURSOR_PREFIX + base64.urlsafe_b64encode(json.dumps([list_mark(keys), *values]).encode()).decode()


def result_cursor(value: object) -> str:
    return cursor(value, keys=(EvaluationResultRow.id,))


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


def test_a_page_goes_on_where_it_ended_although_its_last_item_moved(db: Database, tenant_id: str) -> None:
    made = conversations(db, tenant_id, 4)
    with db.read_tenant(tenant_id) as store:
        first = store.conversations.page(limit=2)
    with db.write_tenant(tenant_id) as store:
        store.conversations.add_turn(first.data[-1].id, "A question", "An answer", {})
    with db.read_tenant(tenant_id) as store:
        rest = store.conversations.page(limit=2, after=first.next_cursor)
    assert [one.id for one in rest.data] == [made[1], made[0]]


def test_every_page_tells_how_many_items_the_list_has(db: Database, tenant_id: str) -> None:
    conversations(db, tenant_id, 3)
    with db.read_tenant(tenant_id) as store:
        first = store.conversations.page(limit=2)
        last = store.conversations.page(limit=2, after=first.next_cursor)
    assert (first.total, last.total, len(last.data)) == (3, 3, 1)


TITLES = ["Zebra plan", "águas 100%", "Ação de março", "acorn_list", "B"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        (None, ["Ação de março", "acorn_list", "águas 100%", "B", "Zebra plan"]),
        ("  ", ["Ação de março", "acorn_list", "águas 100%", "B", "Zebra plan"]),
        ("ACAO", ["Ação de março"]),
        ("plan zeb", ["Zebra plan"]),
        ("0%", ["águas 100%"]),
        ("_", ["acorn_list"]),
        ("zebra março", []),
    ],
)
def test_names_are_found_and_sorted_whatever_their_case_and_accents(
    db: Database, tenant_id: str, q: str | None, found: list[str]
) -> None:
    with db.write_tenant(tenant_id) as store:
        for title in TITLES:
            store.conversations.create(title)
    keys = by_name(ConversationRow.title), ConversationRow.id
    with db.read() as session:
        seen, after = [], None
        while True:
            query = named(select(ConversationRow), q, ConversationRow.title)
            page = paginate(
                session, query, keys=keys, to_record=lambda row: row.title, limit=2, after=after, order="asc"
            )
            seen += page.data
            assert page.total == len(found)
            if (after := page.next_cursor) is None:
                break
    assert seen == found


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
        cursor("2026-01-01T00:00:00+00:00", "conv_1", keys=(EvaluationResultRow.id,)),
        CURSOR_PREFIX + base64.urlsafe_b64encode(b'["2026-01-01T00:00:00+00:00", "conv_1"]').decode(),
        CURSOR_PREFIX + base64.urlsafe_b64encode(b"[]").decode(),
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


@pytest.mark.parametrize(
    "after", [result_cursor(2**63), result_cursor("1"), result_cursor(True), "evr_x", "evr_" + "9" * 30]
)
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


def test_evaluations_are_sorted_and_found_by_name(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        for name in ("Zebra", "Ação", "beta"):
            store.evaluations.create(name, "{}", None)
        assert [one.name for one in store.evaluations.page(sort="name").data] == ["Ação", "beta", "Zebra"]
        assert [one.name for one in store.evaluations.page(q="acao").data] == ["Ação"]
