"""Thresholds that a run must meet: `refusal.balanced_accuracy>=0.8`. They decide the exit code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import InvalidRequest

FORM = re.compile(r"^([\w./~:-]+)\s*(>=|<=)\s*([0-9.]+)$")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A score by its path, then the score's name.

    The path is a layer, a part ("answers/mine"), a kind of everyday questions ("everyday:followup") or "overall".
    """

    where: str
    score: str
    at_least: bool
    bound: float

    def __str__(self) -> str:
        return f"{self.where}.{self.score} {'>=' if self.at_least else '<='} {self.bound:g}"


def parse_threshold(text: str) -> Threshold:
    """Raises InvalidRequest."""
    match = FORM.match(text.strip())
    where, _, score = match.group(1).rpartition(".") if match else ("", "", "")
    if match is None or not where:
        raise InvalidRequest(f"{text!r} is not a threshold: write it as `refusal.balanced_accuracy>=0.8`.")
    try:
        return Threshold(where, score, match.group(2) == ">=", float(match.group(3)))
    except ValueError:
        raise InvalidRequest(f"{text!r} has no number to compare with.") from None


def unmet(threshold: Threshold, scores: Mapping[str, Any]) -> str | None:
    """Why the threshold does not hold, or None. Raises InvalidRequest if the run has no such score."""
    places = {"overall": scores["overall"], **scores["layers"], **scores["parts"]}
    places |= {
        f"{name}:{kind}": figures for name, place in places.items() for kind, figures in place.get("kinds", {}).items()
    }
    value = places.get(threshold.where, {}).get(threshold.score)
    if isinstance(value, Mapping):
        value = value.get("mean", value.get("p95"))
    if not isinstance(value, int | float):
        raise InvalidRequest(f"The run has no score {threshold.where}.{threshold.score}; see its scores.json.")
    good = value >= threshold.bound if threshold.at_least else value <= threshold.bound
    return None if good else f"{threshold} does not hold: {value:.4f}"
