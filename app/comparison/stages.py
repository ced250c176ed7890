"""The stages of a comparison, each run in a new process: prepare the data, train an arm, ask an arm."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.comparison.data import prepare, training_rows
from app.comparison.plan import Stage
from app.embeddings.base import Embedder
from app.embeddings.hashing import HashingEmbedder
from app.evaluations.cases import Case
from app.evaluations.metrics import exact_match, token_f1
from app.evaluations.provided_context import provided_passages
from app.evaluations.runner import ANSWER_TOKENS, CaseRunner, FrozenCase, freeze
from app.llm.base import AdapterRef, Generator
from app.numerics.memory import peak_resident_bytes
from app.text.refusals import is_refusal
from app.training.base import BaseModelSpec
from app.training.dataset import split, validate
from app.training.loop import RunControls, RunResources, TrainingSetup, train
from app.training.memory_budget import MemoryBudget
from app.training.recipe import FULL, recipe_from

RAPL = Path("/sys/class/powercap/intel-rapl:0/energy_uj")
VALIDATION_SHARE = 0.15
MAX_TOKENS = 2048  # limit for a row
MICRO_BATCH_TOKENS = 1024  # the same for all methods; more only if a row is longer


def run_prepare(stage: Stage, embedder: Embedder) -> dict[str, Any]:
    return prepare(stage.plan, embedder)


def run_train(
    stage: Stage,
    data: dict[str, Any],
    model_spec: BaseModelSpec,
    tokenizer: Any,
    end_id: int,
    out: Path,
    *,
    memory_mb: int,
) -> dict[str, Any]:
    """Train into `out` within `memory_mb`; full fine-tuning takes what it needs. Returns losses and cost.

    Raises TrainingFailed.
    """
    plan = stage.plan
    lines = training_rows(data["train"], stage.row_format)
    report, examples = validate(lines, tokenizer, end_id=end_id, max_tokens=MAX_TOKENS)
    micro_batch_tokens = max([MICRO_BATCH_TOKENS, *(example.tokens for example in examples)])
    fields = {
        "method": stage.method,
        "rank": plan.rank,
        "learning_rate": stage.learning_rate,
        "epochs": 100.0,
        "max_steps": plan.steps,
        "rows_per_step": plan.rows_per_step,
        "max_tokens": micro_batch_tokens,
        "micro_batch_tokens": micro_batch_tokens,
        "validation_share": VALIDATION_SHARE,
        "checkpoint_every": plan.steps + 1,  # none: the cost is measured in one process
        "seed": stage.seed,
    }
    recipe = recipe_from(fields, rows=len(examples), comparing=True)
    dataset = split(examples, validation_share=VALIDATION_SHARE, seed=0)
    with _measure_cost() as cost:
        budget = None if stage.method == FULL else MemoryBudget(memory_mb)
        setup = TrainingSetup(recipe, dataset, out, model_spec)
        done = train(setup, RunControls(resume=False), RunResources(memory_budget=budget))
    summary = json.loads((out / "training.json").read_text(encoding="utf-8"))
    weights = sum(file.stat().st_size for file in out.glob("*.safetensors"))
    total = summary.get("base_parameters") or _parameters(model_spec.folder)
    return {
        **cost,
        "rejected_rows": report.problem_count,
        "valid_loss": done.valid_loss,
        "train_loss": done.train_loss,
        "learning_rate": stage.learning_rate,
        "trained_parameters": summary["trained_parameters"],
        "trained_share": summary["trained_parameters"] / total,
        "adapter_mb": weights / 1e6,
    }


def run_ask(stage: Stage, data: dict[str, Any], generator: Generator, adapter: Path | None) -> dict[str, Any]:
    """Ask every case and the general probe. Returns scores and cost."""
    ref = AdapterRef("comparison", "arm", stage.id, str(adapter.resolve())) if adapter is not None else None
    frozen = [_freeze(case, generator, passages=stage.passages) for case in data["test"]]
    return asyncio.run(_ask(stage, frozen, generator, ref))


async def _ask(
    stage: Stage, frozen: Sequence[FrozenCase], generator: Generator, ref: AdapterRef | None
) -> dict[str, Any]:
    runner = CaseRunner(generator, HashingEmbedder(), "comparison", stage.id)
    try:
        with _measure_cost() as cost:
            replies = await asyncio.gather(*(runner.generate(one.prompt, ref, ANSWER_TOKENS) for one in frozen))
        known = await runner.probe_retention(ref)
    finally:
        await generator.close()
    return {
        **cost,
        "completion_tokens": sum(reply.tokens for reply in replies),
        "knowledge": sum(known) / len(known),
        "cases": [_score(one.case, reply.text.strip()) for one, reply in zip(frozen, replies, strict=True)],
    }


def _freeze(prepared: dict[str, Any], generator: Generator, *, passages: bool) -> FrozenCase:
    found = tuple(prepared["found"]) if passages else ()
    fields = {name: value for name, value in prepared.items() if name != "found"}
    case = Case(**{**fields, "answers": tuple(prepared["answers"]), "passages": found})
    return freeze(case, provided_passages(case), generator)


def _score(case: Case, text: str) -> dict[str, Any]:
    refused = is_refusal(text)
    said = "" if refused else text
    return {
        "id": case.id,
        "group": case.group or case.id,
        "answerable": case.answerable,
        "refused": refused,
        "f1": token_f1(said, case.answers, case.language),
        "em": exact_match(said, case.answers, case.language),
        "said": text,
    }


@contextmanager
def _measure_cost() -> Iterator[dict[str, Any]]:
    """Measure seconds, processor seconds, peak memory in MB, and energy in joules if a sensor is readable."""
    cost: dict[str, Any] = {}
    started, cpu, energy = time.perf_counter(), time.process_time(), _energy()
    yield cost
    cost["seconds"] = time.perf_counter() - started
    cost["cpu_seconds"] = time.process_time() - cpu
    cost["peak_mb"] = peak_resident_bytes() / 2**20
    now = _energy()
    measured = now - energy if now is not None and energy is not None and now >= energy else None
    cost["joules"] = measured
    cost["energy_method"] = "estimated" if measured is None else "rapl"


def _energy() -> float | None:
    """The energy counter of the processor package in joules; None without a sensor."""
    try:
        return int(RAPL.read_text()) / 1e6
    except (OSError, ValueError):
        return None


def _parameters(folder: Path) -> int:
    from safetensors import safe_open

    total = 0
    for file in folder.glob("*.safetensors"):
        with safe_open(file, framework="np") as opened:
            for key in opened.keys():  # noqa: SIM118 - not a mapping
                size = 1
                for length in opened.get_slice(key).get_shape():
                    size *= length
                total += size
    return total
