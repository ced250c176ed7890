"""Restrictions of a search: collections, single documents, and filters on document metadata.

A request writes a filter as {"year": {"gte": 2020}, "or": [{"kind": "law"}, {"kind": "decree"}]}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from app.domain.stored_values import why_unstorable
from app.errors import InvalidRequest, NotFound
from app.storage.sql.filters import (
    Comparison,
    DocumentSet,
    Filter,
    Junction,
    Operator,
    Scalar,
    Within,
    comparisons_of,
)
from app.storage.sql.tenant_store import TenantStore

OPERATORS: tuple[Operator, ...] = get_args(Operator)
LISTS = ("in", "nin")
ORDERED = ("gt", "gte", "lt", "lte")
MAX_DEPTH = 8
MAX_COMPARISONS = 100
MAX_VALUES = 500  # of one list
MAX_ALL_VALUES = 5_000  # of all comparisons together
PARAM = "filters"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Where to search: in any of the collections and documents, all if neither is named, and by a filter on metadata.

    It applies before ranking.
    """

    collections: tuple[str, ...] = ()
    filters: Filter | None = None
    documents: tuple[str, ...] = ()  # ids

    @property
    def within(self) -> Within | None:
        """The places; None if none is named."""
        return Within(self.collections, self.documents) if self.collections or self.documents else None


EVERYWHERE = Restriction()


def read_restriction(
    collections: Sequence[str], filters: Mapping[str, Any], documents: Sequence[str] = ()
) -> Restriction:
    """Parse the restriction of a request. Raises InvalidRequest if the filter is malformed."""
    return Restriction(tuple(collections), read_filter(filters), tuple(documents))


def documents_of(store: TenantStore, restriction: Restriction) -> DocumentSet | None:
    """The documents that the restriction leaves; None: all. Raises InvalidRequest for a filter that costs too much."""
    return store.documents.chosen(restriction.within, restriction.filters)


def checked_documents_of(store: TenantStore, restriction: Restriction) -> DocumentSet | None:
    """The same. Raises NotFound for unknown collections and documents, InvalidRequest for a field no document has."""
    known = set(store.collections.names()) if restriction.collections else set()
    for name in restriction.collections:
        if name not in known:
            raise NotFound(f"There is no collection {name!r}.", param="collections")
    documents = store.documents.known(restriction.documents) if restriction.documents else set()
    for document_id in restriction.documents:
        if document_id not in documents:
            raise NotFound(f"There is no document {document_id!r}.", param="documents")
    chosen = documents_of(store, restriction)
    missing = chosen.missing_fields if chosen is not None else []
    elsewhere = store.documents.metadata_fields(missing) if missing else set()
    for name in missing:
        if name not in elsewhere:
            raise InvalidRequest(f"No document has the metadata field {name!r}; check its spelling.", param=PARAM)
    return chosen


def read_filter(written: Mapping[str, Any]) -> Filter | None:
    """Parse a filter, all of whose entries must hold; None if it is empty. Raises InvalidRequest if it is malformed."""
    if not written:
        return None
    return joined([_junction("and", [written], 0)])


def joined(filters: Sequence[Filter]) -> Filter | None:
    """One filter, all of whose parts must hold; None if there is none. Raises InvalidRequest if it is too large."""
    comparisons = [one for tree in filters for one in comparisons_of(tree)]
    if len(comparisons) > MAX_COMPARISONS:
        raise InvalidRequest(f"A filter may have at most {MAX_COMPARISONS} comparisons.", param=PARAM)
    if sum(len(one.values) for one in comparisons) > MAX_ALL_VALUES:
        raise InvalidRequest(
            f"The comparisons of a filter may have at most {MAX_ALL_VALUES:,} values together.", param=PARAM
        )
    return Junction("and", tuple(filters)) if len(filters) > 1 else next(iter(filters), None)


def _junction(operator: str, parts: Any, depth: int) -> Filter:
    if depth > MAX_DEPTH:
        raise InvalidRequest(f"Filters may be nested at most {MAX_DEPTH} deep.", param=PARAM)
    if not isinstance(parts, list) or not parts:
        raise InvalidRequest(f'"{operator}" takes a list of filters with at least one.', param=PARAM)
    read = tuple(_entries(part, depth) for part in parts)
    return read[0] if len(read) == 1 else Junction("or" if operator == "or" else "and", read)


def _entries(written: Any, depth: int) -> Filter:
    if not isinstance(written, Mapping) or not written:
        raise InvalidRequest('A filter is an object such as {"year": {"gte": 2020}}.', param=PARAM)
    parts = tuple(part for name, value in written.items() for part in _entry(str(name), value, depth))
    return parts[0] if len(parts) == 1 else Junction("and", parts)


def _entry(name: str, value: Any, depth: int) -> list[Filter]:
    if name in {"and", "or"}:
        return [_junction(name, value, depth + 1)]
    if not isinstance(value, Mapping):
        return [Comparison(name, "eq", _scalar(name, value))]
    if not value:
        raise InvalidRequest(f"The filter on {name!r} is empty; use one of {', '.join(OPERATORS)}.", param=PARAM)
    return [_comparison(name, operator, operand) for operator, operand in value.items()]


def _comparison(name: str, operator: Any, operand: Any) -> Comparison:
    if operator not in OPERATORS:
        raise InvalidRequest(
            f"{operator!r} is no operator of filters (on {name!r}); use one of {', '.join(OPERATORS)}.", param=PARAM
        )
    if operator in LISTS:
        if not isinstance(operand, list) or not 0 < len(operand) <= MAX_VALUES:
            raise InvalidRequest(f'"{operator}" on {name!r} takes a list of 1 to {MAX_VALUES} values.', param=PARAM)
        return Comparison(name, operator, tuple(_scalar(name, value) for value in operand))
    value = _scalar(name, operand)
    if operator in ORDERED and isinstance(value, bool):
        raise InvalidRequest(f'"{operator}" on {name!r} takes a number or a text, not true or false.', param=PARAM)
    return Comparison(name, operator, value)


def _scalar(name: str, value: Any) -> Scalar:
    if isinstance(value, str | bool | int | float):
        if (problem := why_unstorable(value)) is not None:  # Dify's numbers are texts that are read on the way here
            raise InvalidRequest(f"The value that the filter on {name!r} compares with {problem}.", param=PARAM)
        return value
    raise InvalidRequest(f"The filter on {name!r} takes a text, a number, true or false.", param=PARAM)
