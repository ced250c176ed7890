"""Says which base models of the catalogue fit a machine, with reasons, and which of them to take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.weights.entries import CatalogEntry
from app.weights.machine import Machine
from app.weights.requirements import PROCESS_BYTES, gigabytes

PROMPT_TOKENS = 900  # of a question with its passages
PATIENCE_S = 15.0  # to the first word
# Sustained on prompts, from what two AVX2 cores reach on the 0.5B: 325 tokens/s of 0.72 GFLOP each.
FLOPS_PER_CORE = 117e9
FLOPS_PER_CORE_WITHOUT_KERNELS = 12e9
MOST_CORES = 16  # memory bandwidth bounds what more of them add
SPARE_MEMORY = 0.85  # of the machine's: the system and other programs need the rest


State = Literal["recommended", "fits", "slow", "does not fit"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a model fits this machine; `reasons` begin with what speaks against it."""

    name: str
    state: State
    first_word_s: float | None  # None: on a GPU
    reasons: tuple[str, ...]


def recommend(entries: Iterable[CatalogEntry], machine: Machine, present: frozenset[str]) -> list[Verdict]:
    """A verdict on each base model, in the catalogue's order, which is from small to large.

    The largest that fits, is not slow and was run by us is recommended. `present` names the models that are here.
    """
    verdicts: list[Verdict] = []
    best: str | None = None
    for entry in entries:
        if entry.kind == "base":
            verdict = _judge(entry, machine, present=entry.name in present)
            verdicts.append(verdict)
            if verdict.state == "fits" and entry.run_by_us:
                best = entry.name
    return [replace(verdict, state="recommended") if verdict.name == best else verdict for verdict in verdicts]


def first_word_seconds(entry: CatalogEntry, machine: Machine) -> float | None:
    """Estimated seconds to the first word of an answer from a prompt of 900 tokens; None with a GPU."""
    if machine.gpu_bytes or entry.shape is None:
        return None
    per_core = FLOPS_PER_CORE if machine.vector_kernels else FLOPS_PER_CORE_WITHOUT_KERNELS
    return 2 * sum(entry.shape.linears.values()) * PROMPT_TOKENS / (per_core * min(machine.cores, MOST_CORES))


def _judge(entry: CatalogEntry, machine: Machine, *, present: bool) -> Verdict:
    space = [_memory(entry, machine), _disk(entry, machine, present=present)]
    seconds = first_word_seconds(entry, machine)
    slow = seconds is not None and seconds > PATIENCE_S
    facts = [*space, (_speed(seconds, machine), not slow)]
    state: State = "slow" if slow else "fits"
    if not all(enough for _, enough in space):
        state = "does not fit"
    reasons = [text for text, good in facts if not good] + [text for text, good in facts if good]
    return Verdict(entry.name, state, seconds, (*reasons, *(() if entry.run_by_us else ("not run by us",))))


def _memory(entry: CatalogEntry, machine: Machine) -> tuple[str, bool]:
    if machine.gpu_bytes:
        needed = entry.serving_bytes - PROCESS_BYTES
        text = f"GPU memory: about {gigabytes(needed)} of {gigabytes(machine.gpu_bytes)}"
        return text, needed <= machine.gpu_bytes * SPARE_MEMORY
    text = f"memory: about {gigabytes(entry.serving_bytes)} of {gigabytes(machine.memory_bytes)}"
    return text, entry.serving_bytes <= machine.memory_bytes * SPARE_MEMORY


def _disk(entry: CatalogEntry, machine: Machine, *, present: bool) -> tuple[str, bool]:
    if present:
        return "disk: it is here already", True
    text = f"disk: {gigabytes(entry.pull_bytes)} to pull, {gigabytes(machine.disk_bytes)} free"
    return text, entry.pull_bytes <= machine.disk_bytes


def _speed(seconds: float | None, machine: Machine) -> str:
    if seconds is None:
        return "processor: a GPU reads the prompt"
    kernels = "" if machine.vector_kernels else " without vector kernels"
    return f"processor: about {seconds:.0f} s to the first word on {machine.cores} cores{kernels}"
