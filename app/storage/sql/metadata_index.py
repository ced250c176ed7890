"""What documents have in the metadata fields that a filter names, and which of them pass it.

A statement reads the fields in one scan, whatever the filter compares them with. Each field becomes a list of its
values in order, so that a comparison is a binary search: a filter costs the scan, not comparisons times documents.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from app.storage.sql.filters import Comparison, Filter, Scalar

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
KINDS = (float, str, bool)  # integers are compared as numbers, with floats
LARGEST_INTEGER = 2**63  # of both databases; PostgreSQL writes larger floats as integers


@dataclass(frozen=True, slots=True)
class SortedValues:
    """The values of one type in a field: distinct and ascending, and which documents have each."""

    values: Sequence[Any]
    ends: Sequence[int]  # ends[i] documents have one of the first i values
    documents: npt.NDArray[np.intp]  # by their values

    def holding(self, comparison: Comparison, value: Scalar) -> npt.NDArray[np.intp]:
        """The documents whose value compares so; `ne` and `nin` as `eq`."""
        first, last = bisect_left(self.values, value), bisect_right(self.values, value)
        match comparison.operator:
            case "gt":
                first, last = last, len(self.values)
            case "gte":
                last = len(self.values)
            case "lt":
                first, last = 0, first
            case "lte":
                first = 0
        return self.documents[self.ends[first] : self.ends[last]]


@dataclass(slots=True)
class MetadataIndex:
    """The documents of a tenant, by the values of some metadata fields. It lives as long as one request needs it."""

    versions: Ids  # the latest of every document, ascending
    fields: dict[str, dict[type, SortedValues]] = field(default_factory=dict)  # by name, then by type

    def add(self, name: str, versions: Sequence[int], values: Sequence[Any]) -> None:
        """Add a field: the values that documents have in it, which are told by their latest versions."""
        by_type: defaultdict[type, defaultdict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, value in zip(np.searchsorted(self.versions, versions).tolist(), values, strict=True):
            if value.__hash__ is not None:  # a list or an object is compared with nothing
                by_type[value.__class__][value].append(place)
        numbers = by_type[float]
        for value, places in by_type.pop(int, {}).items():
            numbers[value if abs(value) < LARGEST_INTEGER else float(value)] += places
        self.fields[name] = {kind: _sorted(places) for kind, places in by_type.items() if kind in KINDS}

    def passing(self, tree: Filter) -> Ids:
        """The latest versions of the documents that pass the filter, ascending."""
        return self.versions[self._mask(tree)]

    def _mask(self, tree: Filter) -> Mask:
        if isinstance(tree, Comparison):
            return self._compared(tree)
        parts: Iterable[Mask] = (self._mask(part) for part in tree.parts)
        joined = next(iter(parts))
        for part in parts:
            if tree.operator == "and":
                joined &= part
            else:
                joined |= part
        return joined

    def _compared(self, comparison: Comparison) -> Mask:
        held = np.zeros(len(self.versions), np.bool_)
        by_type = self.fields.get(comparison.field, {})
        for value in comparison.values:
            of_type = by_type.get(float if type(value) is int else type(value))
            if of_type is not None:
                held[of_type.holding(comparison, value)] = True
        return ~held if comparison.operator in {"ne", "nin"} else held


def _sorted(places: Mapping[Any, Sequence[int]]) -> SortedValues:
    values = sorted(places)
    ends = np.cumsum([0, *(len(places[value]) for value in values)]).tolist()
    return SortedValues(values, ends, np.array([place for value in values for place in places[value]], np.intp))
