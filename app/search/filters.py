"""Reading a filter as a request writes it: {"year": {"gte": 2020}, "or": [{"kind": "law"}, {"kind": "decree"}]}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from app.errors import InvalidRequest
from app.storage.sql.filters import Comparison, Filter, Junction, Operator, Scalar

OPERATORS: tuple[Operator, ...] = get_args(Operator)
LISTS = ("in", "nin")
ORDERED = ("gt", "gte", "lt", "lte")
DEEPEST = 8
MOST_COMPARISONS = 100
MOST_VALUES = 500
PARAM = "filters"


def read_filter(written: Mapping[str, Any]) -> Filter | None:
    """The filter, all of whose entries must hold; None if it is empty. Raises InvalidRequest saying what is wrong."""
    if not written:
        return None
    tree = _junction("and", [written], 0)
    if _size(tree) > MOST_COMPARISONS:
        raise InvalidRequest(f"A filter may have at most {MOST_COMPARISONS} comparisons.", param=PARAM)
    return tree


def _junction(operator: str, parts: Any, depth: int) -> Filter:
    if depth > DEEPEST:
        raise InvalidRequest(f"Filters may be nested at most {DEEPEST} deep.", param=PARAM)
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
        if not isinstance(operand, list) or not 0 < len(operand) <= MOST_VALUES:
            raise InvalidRequest(f'"{operator}" on {name!r} takes a list of 1 to {MOST_VALUES} values.', param=PARAM)
        return Comparison(name, operator, tuple(_scalar(name, value) for value in operand))
    value = _scalar(name, operand)
    if operator in ORDERED and isinstance(value, bool):
        raise InvalidRequest(f'"{operator}" on {name!r} takes a number or a text, not true or false.', param=PARAM)
    return Comparison(name, operator, value)


def _scalar(name: str, value: Any) -> Scalar:
    if isinstance(value, str | bool | int | float):
        return value
    raise InvalidRequest(f"The filter on {name!r} takes a text, a number, true or false.", param=PARAM)


def _size(tree: Filter) -> int:
    return 1 if isinstance(tree, Comparison) else sum(_size(part) for part in tree.parts)
