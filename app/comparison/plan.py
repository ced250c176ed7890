"""The plan of a comparison: which arms there are and the tasks that they come to.

Every arm sees the same rows, steps and questions, and the same passages, found once. An arm runs in processes of its
own, because peak memory is a high-water mark of a process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from app.errors import InvalidRequest

Method = Literal["none", "lora", "qlora", "adalora", "full"]
Lesson = Literal["none", "questions", "passages"]


@dataclass(frozen=True, slots=True)
class Arm:
    name: str
    method: Method
    lesson: Lesson  # what it is trained on: questions alone, or with passages, distractors and refusals (RAFT)
    passages: bool  # whether it is asked over passages
    extra: bool = False  # run where it is named alone: the others are what two cores do in two hours


ARMS = (
    Arm("base", "none", "none", passages=False),
    Arm("base + RAG", "none", "none", passages=True),
    Arm("LoRA", "lora", "questions", passages=False),
    Arm("QLoRA", "qlora", "questions", passages=False),
    Arm("full", "full", "questions", passages=False),
    Arm("LoRA + RAG", "lora", "questions", passages=True),
    Arm("LoRA (RAFT) + RAG", "lora", "passages", passages=True),
    Arm("QLoRA (RAFT) + RAG", "qlora", "passages", passages=True),
    Arm("AdaLoRA (RAFT) + RAG", "adalora", "passages", passages=True, extra=True),
    Arm("full + RAG", "full", "questions", passages=True),
    Arm("full (RAFT) + RAG", "full", "passages", passages=True, extra=True),
)
# For runs of few steps; full fine-tuning wants about a tenth of what LoRA does (LoRA Without Regret).
RATES: dict[str, tuple[float, ...]] = {
    "lora": (5e-4, 1e-3),
    "qlora": (5e-4, 1e-3),
    "adalora": (5e-3, 1e-2),
    "full": (5e-5, 1e-4),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a comparison. Equal plans have equal tasks, whose results are kept."""

    train: str  # file of rows: question, context, answers
    test: str  # file of cases, of other documents
    arms: tuple[str, ...] = tuple(arm.name for arm in ARMS if not arm.extra)
    seeds: tuple[int, ...] = (0, 1, 2)
    rows: int = 200  # to train on, 15 % of them to validate with
    cases: int = 60  # to ask, a fifth of them with the right passage taken away
    steps: int = 20
    rows_per_step: int = 12
    rank: int = 8
    learning_rates: Mapping[str, tuple[float, ...]] | None = None  # per method; several: the best on validation
    passages: int = 2
    threads: int = 2
    watts_per_core: float = 10.0  # for the estimate of energy where no sensor is readable

    def rates(self, method: Method) -> tuple[float, ...]:
        return (self.learning_rates or RATES).get(method, RATES.get(method, ()))

    def chosen(self) -> tuple[Arm, ...]:
        """Raises InvalidRequest for an arm that there is not."""
        unknown = set(self.arms) - {arm.name for arm in ARMS}
        if unknown:
            known = ", ".join(arm.name for arm in ARMS)
            raise InvalidRequest(f"No such arm: {', '.join(sorted(unknown))}. There are {known}.", param="arms")
        return tuple(arm for arm in ARMS if arm.name in self.arms)


@dataclass(frozen=True, slots=True)
class Task:
    """One process: prepare the data, train, or ask. `id` names it by everything that decides its result."""

    kind: Literal["prepare", "train", "ask"]
    plan: Plan
    method: Method = "none"
    lesson: Lesson = "none"
    passages: bool = False
    seed: int = 0
    learning_rate: float = 0.0

    @property
    def id(self) -> str:
        shared = asdict(self.plan)
        for name in ("arms", "seeds", "learning_rates", "watts_per_core"):  # more arms or seeds keep what is there
            shared.pop(name)
        own = [self.kind, self.method, self.lesson, self.passages, self.seed, self.learning_rate]
        digest = hashlib.sha256(json.dumps([shared, own], sort_keys=True).encode()).hexdigest()[:12]
        return f"{self.kind}-{self.method}-{self.lesson}-{'rag' if self.passages else 'alone'}-{self.seed}-{digest}"


def trainings(plan: Plan) -> Iterator[tuple[Method, Lesson]]:
    """Each pair once: arms that differ only in how they are asked share a training."""
    pairs = [(arm.method, arm.lesson) for arm in plan.chosen() if arm.method != "none"]
    yield from dict.fromkeys(pairs)


def seeds_of(plan: Plan, arm: Arm) -> tuple[int, ...]:
    """Nothing is drawn for an untrained arm: one run says all."""
    return plan.seeds if arm.method != "none" else plan.seeds[:1]
