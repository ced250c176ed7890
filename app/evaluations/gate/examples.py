"""Examples for the report of an adapter's evaluation: questions with the answers of both sides, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.chat.steps.rewrite import rewrite
from app.evaluations.cases import Case
from app.evaluations.gate.promotion_gate import PairedObservation

MOST_EXAMPLES = 24


def choose_examples(cases: Sequence[Case], pairs: Sequence[PairedObservation]) -> list[dict[str, Any]]:
    """The questions on which both sides differ most, at most MOST_EXAMPLES: first where the candidate lost most.

    `pairs` are in the order of `cases`.
    """
    ranked = sorted(zip(cases, pairs, strict=True), key=lambda one: -abs(_gain(one[1])))[:MOST_EXAMPLES]
    return [_example(case, pair) for case, pair in sorted(ranked, key=lambda one: _gain(one[1]))]


def _gain(pair: PairedObservation) -> float:
    """How much better the candidate answered: the difference of F1, or of right refusals, -1 to 1."""
    if pair.answerable:
        return pair.candidate.f1 - pair.incumbent.f1
    return float(pair.candidate.refused) - float(pair.incumbent.refused)


def _example(case: Case, pair: PairedObservation) -> dict[str, Any]:
    return {
        "id": pair.id,
        "question": rewrite(case.question, case.earlier),
        "answerable": pair.answerable,
        "expected": list(case.answers),
        "gain": _gain(pair),
        "incumbent": asdict(pair.incumbent),
        "candidate": asdict(pair.candidate),
    }
