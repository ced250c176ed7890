"""The comparison of methods: which arms there are, what each costs and what it is worth, with intervals.

Every arm sees the same rows, steps and questions, and the same passages, found once. An arm runs in processes of its
own, because peak memory is a high-water mark of a process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.errors import InvalidRequest
from app.evaluation.metrics import Interval, balanced_accuracy, mean_interval

Method = Literal["none", "lora", "qlora", "adalora", "full"]
Lesson = Literal["none", "questions", "passages"]


@dataclass(frozen=True, slots=True)
class Arm:
    name: str
    method: Method
    lesson: Lesson  # what it is trained on: questions alone, or with passages, distractors and refusals (RAFT)
    passages: bool  # whether it is asked over passages


ARMS = (
    Arm("base", "none", "none", passages=False),
    Arm("base + RAG", "none", "none", passages=True),
    Arm("LoRA", "lora", "questions", passages=False),
    Arm("QLoRA", "qlora", "questions", passages=False),
    Arm("full", "full", "questions", passages=False),
    Arm("LoRA + RAG", "lora", "questions", passages=True),
    Arm("LoRA (RAFT) + RAG", "lora", "passages", passages=True),
    Arm("QLoRA (RAFT) + RAG", "qlora", "passages", passages=True),
    Arm("AdaLoRA (RAFT) + RAG", "adalora", "passages", passages=True),
    Arm("full + RAG", "full", "questions", passages=True),
    Arm("full (RAFT) + RAG", "full", "passages", passages=True),
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
    arms: tuple[str, ...] = tuple(arm.name for arm in ARMS)
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


@dataclass(frozen=True, slots=True)
class ArmSummary:
    """One row of the table. Costs are means over seeds; None where there is nothing to count."""

    arm: str
    seeds: int
    f1: Interval
    exact_match: Interval
    f1_by_seed: tuple[float, ...]
    refusal_accuracy: float | None  # balanced; None for arms without passages
    knowledge: float  # share of the general probe that is still right
    answer_seconds: float
    tokens_per_s: float
    ask_peak_mb: float
    joules_per_answer: float
    trained_parameters: int | None
    trained_share: float | None
    train_seconds: float | None
    train_cpu_seconds: float | None
    train_peak_mb: float | None
    train_joules: float | None
    adapter_mb: float | None
    learning_rate: float | None
    energy_method: str


def summarise(
    arm: Arm, asked: Sequence[Mapping[str, Any]], trained: Sequence[Mapping[str, Any]], watts_per_core: float
) -> ArmSummary:
    """Results of all seeds to one row; questions about one document are one cluster, across seeds."""
    cases = [case for result in asked for case in result["cases"]]
    scored = [case for case in cases if case["answerable"]]
    groups = [case["group"] for case in scored]
    methods = {result["energy_method"] for result in (*asked, *trained)}
    return ArmSummary(
        arm=arm.name,
        seeds=len(asked),
        f1=mean_interval([case["f1"] for case in scored], groups=groups),
        exact_match=mean_interval([case["em"] for case in scored], groups=groups),
        f1_by_seed=tuple(_mean([case["f1"] for case in result["cases"] if case["answerable"]]) for result in asked),
        refusal_accuracy=_refusal(cases) if arm.passages else None,
        knowledge=_mean([result["knowledge"] for result in asked]),
        answer_seconds=_mean([result["seconds"] / len(result["cases"]) for result in asked]),
        tokens_per_s=_mean([result["completion_tokens"] / result["seconds"] for result in asked]),
        ask_peak_mb=_mean([result["peak_mb"] for result in asked]),
        joules_per_answer=_mean([joules(result, watts_per_core) / len(result["cases"]) for result in asked]),
        trained_parameters=int(_mean([one["trained_parameters"] for one in trained])) if trained else None,
        trained_share=_mean([one["trained_share"] for one in trained]) if trained else None,
        train_seconds=_mean([one["seconds"] for one in trained]) if trained else None,
        train_cpu_seconds=_mean([one["cpu_seconds"] for one in trained]) if trained else None,
        train_peak_mb=_mean([one["peak_mb"] for one in trained]) if trained else None,
        train_joules=_mean([joules(one, watts_per_core) for one in trained]) if trained else None,
        adapter_mb=_mean([one["adapter_mb"] for one in trained]) if trained else None,
        learning_rate=trained[0]["learning_rate"] if trained else None,
        energy_method=methods.pop() if len(methods) == 1 else "mixed",
    )


def joules(result: Mapping[str, Any], watts_per_core: float) -> float:
    """Measured, or processor seconds times an assumed power: an estimate that ranks nothing against a measurement."""
    measured = result.get("joules")
    return float(measured) if measured is not None else float(result["cpu_seconds"]) * watts_per_core


def _refusal(cases: Sequence[Mapping[str, Any]]) -> float | None:
    kinds = {case["answerable"] for case in cases}
    if len(kinds) < 2:
        return None
    return balanced_accuracy([case["refused"] for case in cases], [case["answerable"] for case in cases])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
