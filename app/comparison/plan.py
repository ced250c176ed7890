"""The plan of a comparison: its arms, and the stages that compute them.

Every arm gets the same rows, steps, questions and passages. Each stage runs in a process of its own, because peak
memory is measured per process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from app.errors import InvalidRequest

Method = Literal["none", "lora", "qlora", "adalora", "full"]
RowFormat = Literal["none", "questions", "passages"]


@dataclass(frozen=True, slots=True)
class Arm:
    name: str
    method: Method
    row_format: RowFormat  # training rows: questions alone, or with passages, distractors and refusals (RAFT)
    passages: bool  # whether its questions come with passages
    extra: bool = False  # runs only if it is named: the other arms take two hours on two cores


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
# For runs of few steps. Full fine-tuning needs about a tenth of the rate of LoRA (LoRA Without Regret).
RATES: dict[str, tuple[float, ...]] = {
    "lora": (5e-4, 1e-3),
    "qlora": (5e-4, 1e-3),
    "adalora": (5e-3, 1e-2),
    "full": (5e-5, 1e-4),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that determines a comparison. Equal plans have equal stages, whose results are reused."""

    train: str  # file of rows: question, context, answers
    test: str  # file of cases, of other documents
    arms: tuple[str, ...] = tuple(arm.name for arm in ARMS if not arm.extra)
    seeds: tuple[int, ...] = (0, 1, 2)
    rows: int = 200  # training rows, 15 % of them for validation
    cases: int = 60  # questions; a fifth of them without their gold passage
    steps: int = 20
    rows_per_step: int = 12
    rank: int = 8
    learning_rates: Mapping[str, tuple[float, ...]] | None = None  # by method; the best one is used
    passages: int = 2
    threads: int = 2
    watts_per_core: float = 10.0  # for the estimate of energy where no sensor is readable

    def rates(self, method: Method) -> tuple[float, ...]:
        return (self.learning_rates or RATES).get(method, RATES.get(method, ()))

    def selected_arms(self) -> tuple[Arm, ...]:
        """The arms to run. Raises InvalidRequest for an unknown name."""
        unknown = set(self.arms) - {arm.name for arm in ARMS}
        if unknown:
            known = ", ".join(arm.name for arm in ARMS)
            raise InvalidRequest(f"No such arm: {', '.join(sorted(unknown))}. There are {known}.", param="arms")
        return tuple(arm for arm in ARMS if arm.name in self.arms)


@dataclass(frozen=True, slots=True)
class Stage:
    """The work of one process: prepare the data, train, or ask."""

    kind: Literal["prepare", "train", "ask"]
    plan: Plan
    method: Method = "none"
    row_format: RowFormat = "none"
    passages: bool = False
    seed: int = 0
    learning_rate: float = 0.0

    @property
    def id(self) -> str:
        """A name with a hash of everything that determines the result."""
        shared = asdict(self.plan)
        for name in (
            "arms",
            "seeds",
            "learning_rates",
            "watts_per_core",
        ):  # arms and seeds may be added
            shared.pop(name)
        own = [self.kind, self.method, self.row_format, self.passages, self.seed, self.learning_rate]
        digest = hashlib.sha256(json.dumps([shared, own], sort_keys=True).encode()).hexdigest()[:12]
        return f"{self.kind}-{self.method}-{self.row_format}-{'rag' if self.passages else 'alone'}-{self.seed}-{digest}"


def trainings(plan: Plan) -> Iterator[tuple[Method, RowFormat]]:
    """Each training once: arms that differ only in their questions share it."""
    pairs = [(arm.method, arm.row_format) for arm in plan.selected_arms() if arm.method != "none"]
    yield from dict.fromkeys(pairs)


def seeds_of(plan: Plan, arm: Arm) -> tuple[int, ...]:
    """The seeds of an arm: one for an untrained arm, where nothing is random."""
    return plan.seeds if arm.method != "none" else plan.seeds[:1]
