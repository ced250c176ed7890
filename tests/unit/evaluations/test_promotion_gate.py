"""The gate lets good adapters through and no broken one, and says so when it cannot tell."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.evaluations.gate.promotion_gate import (
    FORGETTING_LIMIT,
    Judgement,
    PairedObservation,
    RetentionResult,
    judge,
)
from app.evaluations.runner import Observation

PLAIN = Observation(f1=0.2, refused=False, supported=True, ended=True, repeats=False)


def pairs(
    questions: int,
    groups: int,
    candidate: Callable[[random.Random, Observation, bool], Observation],
    *,
    seed: int = 0,
    unanswerable: int = 30,
) -> list[PairedObservation]:
    """Questions whose difficulty is shared within a document, as it is in life; the incumbent is a weak base model."""
    draw = random.Random(seed)
    hard = [draw.gauss(0, 0.1) for _ in range(groups)]
    made = []
    for number in range(questions + unanswerable):
        answerable = number < questions
        group = draw.randrange(groups)
        f1 = min(1.0, max(0.0, draw.betavariate(0.5, 2) + hard[group])) if answerable else 0.0
        ended = draw.random() < 0.6
        incumbent = Observation(f1, draw.random() < 0.05, draw.random() < 0.7, ended, not ended and draw.random() < 0.3)
        made.append(
            PairedObservation(str(number), str(group), answerable, incumbent, candidate(draw, incumbent, answerable))
        )
    return made


def good(draw: random.Random, before: Observation, answerable: bool) -> Observation:
    """Answers most questions rightly, refuses most that have no answer."""
    right = answerable and draw.random() < 0.55
    refused = draw.random() < (0.05 if answerable else 0.7)
    return Observation(0.0 if refused else 0.9 * right + 0.1 * before.f1, refused, draw.random() < 0.85, True, False)


def shuffled(draw: random.Random, before: Observation, answerable: bool) -> Observation:
    """Says what belongs to other questions."""
    f1 = 0.06 * draw.random() if answerable else 0.0
    return Observation(f1, draw.random() < 0.1, draw.random() < 0.2, True, False)


def always_refuses(draw: random.Random, before: Observation, answerable: bool) -> Observation:
    return Observation(0.0, draw.random() < 0.97, True, True, False)


def never_stops(draw: random.Random, before: Observation, answerable: bool) -> Observation:
    """Right at first, then on and on: its F1 alone might pass."""
    return Observation(min(1.0, before.f1 + 0.1), False, draw.random() < 0.7, draw.random() < 0.02, draw.random() < 0.6)


@pytest.mark.parametrize("seed", range(10))
def test_good_adapter_passes(seed: int) -> None:
    judged = judge(pairs(80, 20, good, seed=seed))
    assert judged.verdict == "better", judged.reasons


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("sabotage", [shuffled, always_refuses, never_stops])
def test_sabotaged_adapters_are_worse(sabotage: Callable[..., Observation], seed: int) -> None:
    judged = judge(pairs(80, 20, sabotage, seed=seed))
    assert judged.verdict == "worse", judged.reasons
    assert not judged.passes


@pytest.mark.parametrize(
    ("questions", "groups", "word"), [(49, 20, "questions"), (200, 7, "documents"), (0, 1, "questions")]
)
def test_too_few_questions_or_documents_are_inconclusive_however_good(questions: int, groups: int, word: str) -> None:
    judged = judge(pairs(questions, groups, good))
    assert judged.verdict == "inconclusive"
    assert any(word in reason for reason in judged.reasons)


def test_the_same_answers_are_not_worse() -> None:
    assert judge(pairs(60, 10, lambda _, before, __: before)).verdict == "not worse"


def test_noise_without_a_gain_is_inconclusive() -> None:
    def noisy(draw: random.Random, before: Observation, answerable: bool) -> Observation:
        return replace(before, f1=draw.betavariate(0.5, 2) if answerable else 0.0)

    assert judge(pairs(60, 10, noisy, seed=3)).verdict == "inconclusive"


def test_an_adapter_that_loses_four_points_seldom_passes() -> None:
    """A loss beyond the tolerance gets through at most as often as the level allows."""

    def loses(draw: random.Random, before: Observation, answerable: bool) -> Observation:
        return replace(before, f1=before.f1 - 0.04 + draw.gauss(0, 0.15))

    def passed(seed: int) -> bool:
        return judge(pairs(150, 30, loses, seed=seed, unanswerable=0)).passes

    assert sum(passed(seed) for seed in range(60)) <= 3


def test_questions_of_one_document_count_as_one_voice() -> None:
    """Four documents gain, four lose, ten questions each: as independent questions it would look certain."""
    gains = [0.4, 0.4, 0.4, 0.4, 0.4, -0.3, -0.3, -0.3, -0.3, 0.0]
    made = [
        PairedObservation(f"{group}-{i}", str(group), True, PLAIN, replace(PLAIN, f1=0.2 + gain * 0.5))
        for group, gain in enumerate(gains)
        for i in range(20)
    ]
    alone = [replace(pair, group=pair.id) for pair in made]
    assert judge(made).verdict == "inconclusive"
    assert judge(alone).verdict == "better"


CHECKS: dict[str, tuple[bool, Callable[[Observation], Observation]]] = {
    "refused although answerable": (True, lambda seen: replace(seen, refused=True)),
    "answered although unanswerable": (False, lambda seen: replace(seen, refused=False)),
    "answer not supported by the passages": (True, lambda seen: replace(seen, supported=False)),
    "answer did not end by itself": (True, lambda seen: replace(seen, ended=False)),
    "answer repeats itself": (True, lambda seen: replace(seen, repeats=True)),
}


def with_faults(name: str, every: int) -> Judgement:
    """A candidate whose F1 is far better, and which goes wrong in one way on one question in `every`."""
    answerable, spoil = CHECKS[name]
    made = []
    for number in range(120):
        before = replace(PLAIN, refused=number >= 80)
        after = replace(before, f1=0.9)
        if (number < 80) == answerable and number % every == 0:
            after = spoil(after)
        made.append(PairedObservation(str(number), str(number % 40), number < 80, before, after))
    return judge(made)


@pytest.mark.parametrize("name", CHECKS)
def test_each_veto_stops_an_adapter_whose_f1_is_better(name: str) -> None:
    judged = with_faults(name, every=4)
    assert judged.verdict == "worse"
    assert [check.name for check in judged.checks if check.vetoed] == [name]
    assert name in judged.reasons[0]


@pytest.mark.parametrize("name", CHECKS)
def test_a_fault_now_and_then_is_no_veto(name: str) -> None:
    assert with_faults(name, every=40).verdict == "better"


def test_forgetting_is_a_veto_and_few_probes_are_not_judged() -> None:
    answers = pairs(80, 20, good)
    forgot = [RetentionResult(str(i), incumbent=i < 40, candidate=i < 25) for i in range(60)]
    judged = judge(answers, forgot)
    assert judged.verdict == "worse"
    assert "forgotten" in judged.reasons[0]
    kept = [replace(probe, candidate=int(probe.id) < 40 - 60 * FORGETTING_LIMIT / 2) for probe in forgot]
    assert judge(answers, kept).verdict == "better"
    few = judge(answers, forgot[16:25])
    assert few.checks[-1].rise is None
    assert few.verdict == "better"


def test_the_same_answers_get_the_same_verdict() -> None:
    made = pairs(80, 20, good)
    assert judge(made) == judge(made)
