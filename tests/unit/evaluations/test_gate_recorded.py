"""The gate on answers that real adapters gave: one good, three sabotaged, all trained on the starter model.

`recorded_scores.json` holds scores alone: the starter model and QLoRA adapters of rank 8 (trained on true answers, on
refusals only, on answers that never end, on answers of other questions) over 74 questions about contexts kept out.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.evaluations.gate.promotion_gate import Judgement, PairedObservation, RetentionResult, judge
from app.evaluations.runner import Observation

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recorded_scores.json").read_text())
FIELDS = ("f1", "refused", "supported", "ended", "repeats")
SABOTAGED = ("refuse", "endless", "shuffled")


def judged(side: str, seed: int, share: float = 0.9, most: int = 10**6) -> Judgement:
    """The verdict on a draw of the documents: another one for every seed."""
    groups = sorted(set(RECORDED["groups"]))
    drawn = set(random.Random(seed).sample(groups, round(share * len(groups))))
    observed = zip(
        RECORDED["groups"], RECORDED["answerable"], RECORDED["sides"]["base"]["observations"],
        RECORDED["sides"][side]["observations"], strict=True,
    )  # fmt: skip
    pairs = [
        PairedObservation(str(number), group, answerable, observation(before), observation(after))
        for number, (group, answerable, before, after) in enumerate(observed)
        if group in drawn
    ]
    known = zip(RECORDED["sides"]["base"]["known"], RECORDED["sides"][side]["known"], strict=True)
    return judge(pairs[:most], [RetentionResult(str(i), *map(bool, both)) for i, both in enumerate(known)])


def observation(values: list[float]) -> Observation:
    f1, *flags = values
    return Observation(f1, *map(bool, flags))


@pytest.mark.parametrize("seed", range(10))
def test_good_adapter_passes(seed: int) -> None:
    assert judged("good", seed).verdict == "better"


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("side", SABOTAGED)
def test_sabotaged_adapter_is_refused(side: str, seed: int) -> None:
    assert not judged(side, seed).passes


@pytest.mark.parametrize("seed", range(10))
def test_too_few_questions_are_inconclusive(seed: int) -> None:
    assert judged("good", seed, most=30).verdict == "inconclusive"
