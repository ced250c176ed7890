"""The promotion gate decides whether an adapter may replace what answers now: paired differences and vetoes.

Both sides answer the same questions over the same frozen passages. Quality is the token F1 of answerable questions;
its mean difference gets a 90 % interval by a paired bootstrap over documents, because errors of questions about
one document are correlated. A veto checks one way to break an adapter that F1 may hide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.evaluations import PASSING, GateVerdict
from app.evaluations.metrics import Interval, paired_bootstrap
from app.evaluations.runner import Observation

FEWEST_QUESTIONS = 50  # answerable ones
FEWEST_GROUPS = 8  # documents: with fewer clusters an interval is unreliable
FEWEST_FOR_VETO = 10
LEVEL = 0.90
TOLERANCE = -0.02  # of F1: a smaller loss does not matter


@dataclass(frozen=True, slots=True)
class PairedObservation:
    """One question under both sides."""

    id: str
    group: str  # the document it is about
    answerable: bool
    incumbent: Observation
    candidate: Observation


@dataclass(frozen=True, slots=True)
class RetentionResult:
    """Whether each side completed one prompt of the retention probe correctly."""

    id: str
    incumbent: bool
    candidate: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One way to break an adapter. Rates are shares of `n` questions that went wrong, 0 to 1."""

    name: str
    incumbent: float
    candidate: float
    rise: Interval | None  # of the rate, paired; None if there were too few questions
    limit: float  # a significant rise above it is a veto
    vetoed: bool
    n: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of the gate with the figures behind it."""

    verdict: GateVerdict
    reasons: tuple[str, ...]
    questions: int  # answerable
    groups: int
    incumbent_f1: float
    candidate_f1: float
    difference: Interval | None  # candidate minus incumbent; None without a question
    checks: tuple[Check, ...]

    @property
    def passes(self) -> bool:
        return self.verdict in PASSING

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


# name, limit of the rise, which questions count, which observations are wrong
VETOES: tuple[tuple[str, float, Callable[[PairedObservation], bool], Callable[[Observation], bool]], ...] = (
    ("refused although answerable", 0.05, lambda pair: pair.answerable, lambda answer: answer.refused),
    ("answered although unanswerable", 0.05, lambda pair: not pair.answerable, lambda answer: not answer.refused),
    ("answer not supported by the passages", 0.05, lambda _: True, lambda answer: not answer.supported),
    ("answer did not end by itself", 0.05, lambda _: True, lambda answer: not answer.ended),
    ("answer repeats itself", 0.05, lambda _: True, lambda answer: answer.repeats),
)
FORGETTING_LIMIT = 0.10


def judge(pairs: Sequence[PairedObservation], retention: Sequence[RetentionResult] = ()) -> Judgement:
    """The verdict over all questions. The same input gives the same verdict."""
    answerable = [pair for pair in pairs if pair.answerable]
    groups = len({pair.group for pair in answerable})
    difference = _difference(answerable)
    checks = (*(_check(pairs, *veto) for veto in VETOES), _forgetting(retention))
    verdict, reasons = _verdict(difference, len(answerable), groups, [check for check in checks if check.vetoed])
    return Judgement(
        verdict=verdict,
        reasons=tuple(reasons),
        questions=len(answerable),
        groups=groups,
        incumbent_f1=_mean([pair.incumbent.f1 for pair in answerable]),
        candidate_f1=_mean([pair.candidate.f1 for pair in answerable]),
        difference=difference,
        checks=checks,
    )


def _verdict(
    difference: Interval | None, questions: int, groups: int, vetoed: Sequence[Check]
) -> tuple[GateVerdict, list[str]]:
    if vetoed:
        return GateVerdict.WORSE, [_veto_reason(check) for check in vetoed]
    if difference is not None and questions >= FEWEST_QUESTIONS and difference.high < 0:
        return GateVerdict.WORSE, [f"F1 is lower by {_points(-difference.mean)}, at least {_points(-difference.high)}."]
    too_few = _too_few(questions, groups)
    if difference is None or too_few:
        return GateVerdict.INCONCLUSIVE, too_few
    if difference.low > 0:
        reason = f"F1 is higher by {_points(difference.mean)}, at least {_points(difference.low)}."
        return GateVerdict.BETTER, [reason]
    if difference.low > TOLERANCE and difference.mean >= 0:
        return GateVerdict.NOT_WORSE, [
            f"F1 differs by {_points(difference.mean)}; a loss above {_points(-TOLERANCE)} is ruled out."
        ]
    possible = f"anything from {_points(difference.low)} to {_points(difference.high)} is possible"
    advice = "ask more questions, of more documents"
    return GateVerdict.INCONCLUSIVE, [f"F1 differs by {_points(difference.mean)}, but {possible}: {advice}."]


def _too_few(questions: int, groups: int) -> list[str]:
    reasons = []
    if questions < FEWEST_QUESTIONS:
        reasons.append(f"{questions} answerable questions; {FEWEST_QUESTIONS} are the fewest that decide.")
    if groups < FEWEST_GROUPS:
        reasons.append(f"Questions about {groups} documents; {FEWEST_GROUPS} are the fewest that decide.")
    return reasons


def _veto_reason(check: Check) -> str:
    return f"Veto, {check.name}: {check.incumbent:.0%} before, {check.candidate:.0%} now."


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"


def _difference(answerable: Sequence[PairedObservation]) -> Interval | None:
    if not answerable:
        return None
    return paired_bootstrap(
        [pair.incumbent.f1 for pair in answerable],
        [pair.candidate.f1 for pair in answerable],
        level=LEVEL,
        groups=[pair.group for pair in answerable],
    )


def _check(
    pairs: Sequence[PairedObservation],
    name: str,
    limit: float,
    counts: Callable[[PairedObservation], bool],
    wrong: Callable[[Observation], bool],
) -> Check:
    counted = [pair for pair in pairs if counts(pair)]
    return _rise(
        name,
        limit,
        [wrong(pair.incumbent) for pair in counted],
        [wrong(pair.candidate) for pair in counted],
        [pair.group for pair in counted],
    )


def _forgetting(retention: Sequence[RetentionResult]) -> Check:
    """Forgetting of what the base model knows without any passage (arXiv 2405.09673)."""
    return _rise(
        "general knowledge forgotten",
        FORGETTING_LIMIT,
        [not result.incumbent for result in retention],
        [not result.candidate for result in retention],
        [result.id for result in retention],
    )


def _rise(
    name: str, limit: float, incumbent: Sequence[bool], candidate: Sequence[bool], groups: Sequence[str]
) -> Check:
    before, after = _mean([float(one) for one in incumbent]), _mean([float(one) for one in candidate])
    if len(incumbent) < FEWEST_FOR_VETO:
        return Check(name, before, after, None, limit, vetoed=False, n=len(incumbent))
    rise = paired_bootstrap(incumbent, candidate, level=LEVEL, groups=groups)
    return Check(name, before, after, rise, limit, vetoed=rise.mean > limit and rise.low > 0, n=len(incumbent))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
