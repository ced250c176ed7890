"""Metadata filters: each operator against real rows, and whatever a request may write."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import InvalidRequest
from app.search.filters import read_filter
from app.storage.database import Database
from tests.support.storage_factories import ready

pytestmark = pytest.mark.both_databases

METADATA: dict[str, dict[str, Any]] = {
    "old": {"year": 1999, "kind": "law", "valid": False},
    "new": {"year": 2024.5, "kind": "decree", "valid": True},
    "text": {"year": "2024", 'we"ird.na$me': "x"},
    "bare": {"other": 1},
}


@pytest.fixture
def documents(db: Database, tenant_id: str) -> dict[int, str]:
    """Chunk id -> name of its document."""
    names = {}
    for seed, (name, metadata) in enumerate(METADATA.items()):
        document = ready(db, tenant_id, name, [name], seed)
        with db.write_tenant(tenant_id) as store:
            store.documents.update_metadata(document.id, metadata)
            names[store.chunks.of_document(document.id).data[0].id] = name
    return names


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"year": 1999}, "old"),
        ({"year": "2024"}, "text"),
        ({"year": {"ne": 1999}}, "new text bare"),
        ({"year": {"gt": 1999}}, "new"),
        ({"year": {"gte": 1999}}, "old new"),
        ({"year": {"lt": 2024.5}}, "old"),
        ({"year": {"lte": 2024.5, "gt": 1999}}, "new"),
        ({"year": {"gt": "2000"}}, "text"),
        ({"kind": {"in": ["law", "decree"]}}, "old new"),
        ({"kind": {"nin": ["law"]}}, "new text bare"),
        ({"valid": True}, "new"),
        ({"valid": {"ne": True}}, "old text bare"),
        ({"year": 1}, ""),
        ({'we"ird.na$me': "x"}, "text"),
        ({"or": [{"kind": "law"}, {"other": 1}]}, "old bare"),
        ({"and": [{"kind": "law"}, {"year": {"lt": 2000}}]}, "old"),
        ({"or": [{"and": [{"kind": "law"}, {"valid": True}]}, {"year": "2024"}]}, "text"),
        ({"kind": "law", "valid": True}, ""),
    ],
)
def test_filter_selects_the_documents_that_match(
    db: Database, tenant_id: str, documents: dict[int, str], written: dict[str, Any], expected: str
) -> None:
    with db.read_tenant(tenant_id) as store:
        ids = store.chunks.live_ids(filters=read_filter(written))
    assert [documents[i] for i in ids.tolist()] == expected.split()


@pytest.mark.parametrize(
    "written",
    [
        {"year": {}},
        {"year": {"like": 3}},
        {"year": {"in": []}},
        {"year": {"in": 3}},
        {"year": {"gt": True}},
        {"year": {"gt": [1]}},
        {"year": None},
        {"year": [1]},
        {"or": []},
        {"or": {"year": 1}},
        {"or": [{}]},
        {"and": [1]},
        {"or": [{"year": 1}] * 101},
    ],
)
def test_malformed_filter_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_filter(written)
    assert refused.value.param == "filters"


def test_deeply_nested_filter_is_refused() -> None:
    written: dict[str, Any] = {"year": 1}
    for _ in range(20):
        written = {"and": [written]}
    with pytest.raises(InvalidRequest, match="deep"):
        read_filter(written)
