"""What documents have in the metadata fields that a filter names, and which of them pass it.

One statement reads the metadata, and each document's is parsed once. Each field becomes a list of its values in order,
so that a comparison is a binary search: a filter costs the reading, not comparisons times documents.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.storage.sql.filters import Comparison, Filter, Scalar

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
KINDS: Mapping[type, type] = {int: float, float: float, str: str, bool: bool}  # numbers are compared with each other
LARGEST_INTEGER = 2**63  # of both databases; PostgreSQL writes larger floats as integers
DECODER = json.JSONDecoder()


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


@dataclass(frozen=True, slots=True)
class MetadataIndex:
    """The documents of a tenant, by the values of some metadata fields. It lives as long as one request needs it."""

    versions: Ids  # the latest of each document
    fields: Mapping[str, Mapping[type, SortedValues]]  # by name, then by type; names that no document has are not there

    @classmethod
    def read(cls, versions: str, metadata: str, names: Collection[str]) -> MetadataIndex:
        """The index of these fields: versions and the JSON objects of their metadata are each joined by commas."""
        ids = np.fromstring(versions, np.int64, sep=",")
        places: dict[str, array[int]] = {name: array("q") for name in names}
        values: dict[str, list[Any]] = {name: [] for name in names}
        end = -1
        for place in range(len(ids)):
            entries, end = DECODER.raw_decode(metadata, end + 1)
            for name, value in entries.items():
                if name in places:
                    places[name].append(place)
                    values[name].append(value)
        return cls(ids, {name: _by_kind(values.pop(name), places.pop(name)) for name in names if places[name]})

    def passing(self, tree: Filter) -> Ids:
        """The latest versions of the documents that pass the filter, ascending."""
        return np.sort(self.versions[self._mask(tree)])

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
            of_type = by_type.get(KINDS[type(value)])
            if of_type is not None:
                held[of_type.holding(comparison, value)] = True
        return ~held if comparison.operator in {"ne", "nin"} else held


def _by_kind(values: Sequence[Any], places: Sequence[int]) -> dict[type, SortedValues]:
    """The values of a field, and in which documents they are, by the kinds that are compared with each other."""
    kinds = {KINDS.get(kind) for kind in set(map(type, values))}  # None: lists, objects and null, compared with nothing
    if len(kinds) == 1 and None not in kinds:
        return {kind: _sorted(values, places) for kind in kinds if kind is not None}
    parts = {kind: [i for i, value in enumerate(values) if KINDS.get(type(value)) is kind] for kind in kinds}
    return {
        kind: _sorted([values[i] for i in part], [places[i] for i in part])
        for kind, part in parts.items()
        if kind is not None
    }


def _sorted(values: Sequence[Any], places: Sequence[int]) -> SortedValues:
    """Values of one kind."""
    distinct = sorted(set(values))
    if isinstance(distinct[0], int | float) and not -LARGEST_INTEGER < distinct[0] <= distinct[-1] < LARGEST_INTEGER:
        values = [value if abs(value) < LARGEST_INTEGER else float(value) for value in values]
        distinct = sorted(set(values))
    ranks = {value: rank for rank, value in enumerate(distinct)}
    each = np.fromiter(map(ranks.__getitem__, values), np.intp, len(values))
    ends = np.concatenate(([0], np.cumsum(np.bincount(each)))).tolist()
    return SortedValues(distinct, ends, np.array(places, np.intp)[np.argsort(each, kind="stable")])
