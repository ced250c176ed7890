"""Records take their fields from rows by name."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from app.storage.sql.records import record_from, record_mapper


@dataclass(frozen=True, slots=True)
class Sample:
    id: int
    words: tuple[str, ...]
    scopes: frozenset[str]
    details: dict[str, Any]
    search: dict[str, Any] | None
    table: list[dict[str, Any]]

    @property
    def label(self) -> str:
        return f"sample {self.id}"


@dataclass(frozen=True, slots=True)
class Single:
    name: str


def row(**changed: Any) -> SimpleNamespace:
    values = {"id": 1, "words": ["a"], "scopes": ["x", "x"], "details": {}, "search": None, "table": [{"a": 1}]}
    return SimpleNamespace(**(values | changed))


def test_json_lists_become_what_the_record_declares() -> None:
    assert record_from(row(), Sample) == Sample(1, ("a",), frozenset({"x"}), {}, None, [{"a": 1}])


def test_a_record_shares_no_dict_with_its_row() -> None:
    stored = row(search={"b": 2})
    record = record_from(stored, Sample)
    record.details["a"] = record.search["a"] = 1  # type: ignore[index]
    assert (stored.details, stored.search) == ({}, {"b": 2})


def test_derived_fields_replace_those_of_the_row() -> None:
    assert record_from(row(), Sample, id=7, words=()).label == "sample 7"
    assert record_from(row(), Sample).id == 1


def test_a_field_that_the_row_lacks_must_be_derived() -> None:
    assert record_from(SimpleNamespace(), Single, name="a") == Single("a")
    with pytest.raises(AttributeError):
        record_from(SimpleNamespace(), Single)


def test_a_derived_field_that_the_record_lacks_is_refused() -> None:
    with pytest.raises(TypeError):
        record_from(row(), Single, name="a", other=1)


def test_a_mapper_maps_a_record_of_one_field() -> None:
    assert list(map(record_mapper(Single), [SimpleNamespace(name="a"), SimpleNamespace(name="b")])) == [
        Single("a"),
        Single("b"),
    ]
