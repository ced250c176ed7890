"""Conditions on metadata as Dify writes them, translated to filters."""

from __future__ import annotations

from typing import Any

from app.dify.schemas import ConditionIn, MetadataConditionIn
from app.errors import InvalidRequest

PARAM = "metadata_condition"
OPERATORS = {
    "is": "eq",
    "=": "eq",
    "is not": "ne",
    "≠": "ne",
    ">": "gt",
    "after": "gt",
    "<": "lt",
    "before": "lt",
    "≥": "gte",
    "≤": "lte",
    "in": "in",
    "not in": "nin",
}
NUMERIC = frozenset({"=", "≠", ">", "<", "≥", "≤"})  # Dify writes their numbers as texts, too


def read_conditions(wanted: MetadataConditionIn | None) -> dict[str, Any]:
    """The filter of a search; empty without conditions. Raises InvalidRequest for an operator that is not known."""
    if wanted is None or not wanted.conditions:
        return {}
    return {wanted.logical_operator or "and": [_filter(one) for one in wanted.conditions]}


def _filter(condition: ConditionIn) -> dict[str, Any]:
    operator = OPERATORS.get(condition.comparison_operator)
    if operator is None:
        raise InvalidRequest(
            f"{condition.comparison_operator!r} is not compared here; use one of {', '.join(OPERATORS)}.", param=PARAM
        )
    if condition.value is None:
        raise InvalidRequest(f"The condition {condition.comparison_operator!r} needs a `value`.", param=PARAM)
    names = [condition.name] if isinstance(condition.name, str) else condition.name
    comparisons: list[dict[str, Any]] = [{name: {operator: _value(condition)}} for name in names]
    return comparisons[0] if len(comparisons) == 1 else {"or": comparisons}


def _value(condition: ConditionIn) -> Any:
    value = condition.value
    if OPERATORS[condition.comparison_operator] in {"in", "nin"}:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    return _number(value) if condition.comparison_operator in NUMERIC and isinstance(value, str) else value


def _number(text: str) -> str | int | float:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
