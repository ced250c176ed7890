"""Metadata filters: each operator against real rows, and whatever a request may write."""

from __future__ import annotations

import operator
import random
import tracemalloc
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert

from app.errors import InvalidRequest
from app.search.filters import (
    MAX_ALL_VALUES,
    MAX_COMPARISONS,
    MAX_VALUES,
    Restriction,
    checked_documents_of,
    joined,
    read_filter,
)
from app.storage.database import Database
from app.storage.sql.repositories import documents as documents_module
from app.storage.sql.tables import DocumentRow
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
        ids = store.chunks.live_ids(store.documents.chosen(None, read_filter(written)))
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


def test_a_list_of_every_length_up_to_the_limits_is_read_and_a_longer_one_refused() -> None:
    assert read_filter({"year": {"in": list(range(MAX_VALUES))}}) is not None
    with pytest.raises(InvalidRequest, match="1 to 500 values"):
        read_filter({"year": {"in": list(range(MAX_VALUES + 1))}})
    most = {f"k{i}": {"nin": list(range(MAX_VALUES))} for i in range(MAX_ALL_VALUES // MAX_VALUES)}
    largest = read_filter(most)
    assert largest is not None
    with pytest.raises(InvalidRequest, match=r"5,000 values together"):
        read_filter({**most, "one": 1})
    with pytest.raises(InvalidRequest, match=r"5,000 values together"):
        joined([largest, largest])
    full = read_filter({"or": [{"year": 1}] * MAX_COMPARISONS})
    assert full is not None
    with pytest.raises(InvalidRequest, match="100 comparisons"):
        joined([full, full])


def test_a_filter_of_many_fields_in_many_documents_is_refused(
    db: Database, tenant_id: str, documents: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del documents
    monkeypatch.setattr(documents_module, "MOST_FIELD_READS", 8)  # the tenant has four documents
    with db.read_tenant(tenant_id) as store:
        assert store.documents.chosen(None, read_filter({"year": {"gt": 1}, "kind": "law"})) is not None
        with pytest.raises(InvalidRequest, match=r"3 metadata fields, which 4 documents .* at most 8 ") as refused:
            store.documents.chosen(None, read_filter({"year": {"gt": 1}, "kind": "law", "valid": True}))
        assert (refused.value.param, refused.value.code) == ("filters", "filter_too_costly")


def test_a_field_of_documents_elsewhere_is_known(db: Database, tenant_id: str, documents: dict[int, str]) -> None:
    with db.read_tenant(tenant_id) as store:
        inside = store.documents.page().data[-1].id  # the first that was made: "old"
        filters = read_filter({"other": {"ne": 1}, "year": {"nin": [5]}})
        checked_documents_of(store, Restriction((), filters, (inside,)))
        chosen = store.documents.chosen(Restriction((), filters, (inside,)).within, filters)
        assert [documents[i] for i in store.chunks.live_ids(chosen).tolist()] == ["old"]
        with pytest.raises(InvalidRequest, match="'nowhere'"):
            checked_documents_of(store, Restriction((), read_filter({"nowhere": 1}), (inside,)))


VALUES: tuple[Any, ...] = (
    *(0, 1, -1, 7, 2**53 + 1, -(2**63), 2**63 - 1, 0.1 + 0.2, 0.3, 1 / 3, 1.0, -0.0, 1e-7, 6.02e23, 5e-324, 1.7e308),
    *("", "a", "B", "é", "\U0001f600", "2024", "true", "null", 'quo"te', "back\\slash", "line\nbreak", "x" * 900),
    *(True, False),
)
# What a document may have besides; the texts begin as one that filters compare with, and are longer.
IN_DOCUMENTS = (*VALUES, [1, "a"], {"year": 1}, [], {}, "x" * 901, "x" * 3000, "x" * 899 + "y", "\U0001f600" * 1000)
NAMES = ("year", 'a."b" é', "$.k[0]", "key\\", "and-or")
COMPARE = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


def passes(metadata: Mapping[str, Any], written: Mapping[str, Any]) -> bool:
    """What a filter means, said plainly."""
    return all(_passes(metadata, name, value) for name, value in written.items())


def _passes(metadata: Mapping[str, Any], name: str, value: Any) -> bool:
    if name in {"and", "or"}:
        return (all if name == "and" else any)(passes(metadata, part) for part in value)
    (operation, wanted), *_ = value.items()
    here = metadata.get(name)
    if operation in COMPARE:
        return _alike(here, wanted) and COMPARE[operation](here, wanted)
    held = any(_alike(here, one) and here == one for one in (wanted if isinstance(wanted, list) else [wanted]))
    return held is not (operation in {"ne", "nin"})


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool)
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return numbers or (isinstance(one, str) and isinstance(other, str))


def _comparison(dice: random.Random) -> dict[str, Any]:
    operation = dice.choice(["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"])
    ordered = [value for value in VALUES if not isinstance(value, bool)]
    value = dice.choice(ordered if operation in COMPARE else VALUES)
    if operation in {"in", "nin"}:
        value = dice.choices(VALUES, k=dice.randint(1, 30))
    return {dice.choice(NAMES): {operation: value}}


def _tree(dice: random.Random, depth: int) -> dict[str, Any]:
    if depth == 0 or dice.random() < 0.3:
        return _comparison(dice)
    return {dice.choice(["and", "or"]): [_tree(dice, depth - 1) for _ in range(dice.randint(1, 3))]}


def test_any_filter_chooses_what_its_words_say(db: Database, tenant_id: str) -> None:
    dice = random.Random(5)
    made: dict[str, dict[str, Any]] = {}
    for number in range(25):
        document = ready(db, tenant_id, f"{number}.txt", ["text"], number)
        made[document.id] = {name: dice.choice(IN_DOCUMENTS) for name in NAMES if dice.random() < 0.7}
    with db.write_tenant(tenant_id) as store:
        for document_id, metadata in made.items():
            store.documents.update_metadata(document_id, metadata)
    with db.read_tenant(tenant_id) as store:
        for _ in range(150):
            written = _tree(dice, 3)
            chosen = store.documents.chosen(None, read_filter(written))
            found = {
                one.chunk.document_id for one in store.chunks.live(store.chunks.live_ids(chosen).tolist()).values()
            }
            assert found == {one for one, metadata in made.items() if passes(metadata, written)}, written


def test_long_metadata_costs_a_filter_no_memory(db: Database, tenant_id: str) -> None:
    """As many characters as each document may have, in fields that are compared and in others."""
    count = 20
    long = {"compared": "x" * 30_000, "list": ["x" * 10_000], "other": "y" * 20_000}
    with db.write() as session:
        rows = [
            {
                "tenant_id": tenant_id,
                "collection": "default",
                "filename": f"{number}.txt",
                "metadata_": {**long, "year": number},
                "latest_version_id": number + 1,
            }
            for number in range(count)
        ]
        session.execute(insert(DocumentRow), rows)
    written = {"compared": {"gt": "x" * 5}, "list": {"ne": 1}, "year": {"gte": 5}}
    with db.read_tenant(tenant_id) as store:
        chosen = partial(store.documents.chosen, None, read_filter(written))
        chosen()  # imports and caches
        tracemalloc.start()
        try:
            found = chosen()
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert found is not None
    assert found.versions is not None
    assert found.versions.tolist() == list(range(6, count + 1))
    assert peak < 200_000, "of 1.2 million characters"
