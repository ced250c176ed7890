"""The training process: `python -m app.training.worker_main FOLDER`. It sets limits, reads rows and runs the loop.

It writes messages as JSON lines to its standard output. Any input on its standard input stops it with a checkpoint;
the end of the input means that its parent process died, and it exits at once.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.atomic_files import write_atomically
from app.engine.base_identity import QuantizationRecipe
from app.engine.loading import choose_device, read_tokenizer
from app.errors import AppError, InvalidRequest
from app.numerics.memory import peak_resident_bytes
from app.training.base import BaseModelSpec
from app.training.dataset import Dataset, split, validate
from app.training.eval_split import write_cases
from app.training.examples import Example
from app.training.hyperparameter_search import parse_search
from app.training.messages import Divided, Done, Failed, Message, Outcome, Stopped, Validating, encode_message
from app.training.recipe import Recipe, recipe_from

if TYPE_CHECKING:
    from app.training.loop import TrainingResult

SPEC, ROWS, CASES = "job.json", "rows.jsonl", "held_out.jsonl"
LOWEST_PRIORITY = 19
MEGABYTE = 2**20
UNUSED_ADDRESS_MB = 1024  # address space that is reserved and never used: stacks, arenas
GPU_SHARE = 0.5  # share of the free GPU memory at the start: the service that answers there sometimes needs more
OUT_OF_MEMORY = ("not enough memory", "can't allocate memory", "out of memory", "DefaultCPUAllocator")
GPU_FULL = (
    f"Training needs more than {GPU_SHARE:.0%} of what was free on the GPU: lower micro_batch_tokens or max_tokens, or "
    "train when less runs there."
)
Send = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class JobSpec:
    """The description of a run, in the file job.json beside its rows."""

    recipe: dict[str, Any]
    model_spec: BaseModelSpec
    evaluation_share: float  # share of the rows that is held out for the gate
    threads: int = 0  # 0: all cores, or one while other processes need them
    memory_mb: int = 0  # 0: no limit
    search: dict[str, Any] | None = None  # hyper-parameter search before the run
    evaluation_least: tuple[int, int] = (0, 0)  # fewest questions and documents for a decision of the gate
    preamble: str = ""  # the tenant's, in the prompt of question rows

    def write(self, folder: Path) -> None:
        content = {**asdict(self), "model_spec": {**asdict(self.model_spec), "folder": str(self.model_spec.folder)}}
        with write_atomically(folder / SPEC) as fresh:
            fresh.write_text(json.dumps(content), encoding="utf-8")


def read_preamble(folder: Path) -> str | None:
    """The preamble of the run in this folder; None for a new run."""
    path = folder / SPEC
    # Specs of older versions have no preamble: their rows were rendered without one.
    return str(json.loads(path.read_text(encoding="utf-8")).get("preamble", "")) if path.is_file() else None


def read_spec(folder: Path) -> JobSpec:
    content = json.loads((folder / SPEC).read_text(encoding="utf-8"))
    model_spec = content.pop("model_spec")
    quantization = model_spec.pop("quantization")
    quantization["keep"] = tuple(quantization["keep"])
    model_spec["folder"] = Path(model_spec["folder"])
    return JobSpec(model_spec=BaseModelSpec(**model_spec, quantization=QuantizationRecipe(**quantization)), **content)


def main(folder: Path) -> int:
    send, stop = _connect()
    spec = read_spec(folder)
    _confine(spec)
    try:
        send(_run(spec, folder, send, stop))
    except AppError as fault:
        send(Failed(fault.code, fault.message))
    except (MemoryError, RuntimeError) as fault:
        if not isinstance(fault, MemoryError) and not any(sign in str(fault) for sign in OUT_OF_MEMORY):
            raise
        message = GPU_FULL if "CUDA" in str(fault) else out_of_memory(spec.memory_mb)
        send(Failed("memory_limit", message))
    return 0


def out_of_memory(memory_mb: int) -> str:
    return (
        f"Training needs more than its {memory_mb} MB of memory: lower micro_batch_tokens or max_tokens, or ask the "
        "operator to raise LORACLE_TRAINING_MEMORY_MB."
    )


def _run(spec: JobSpec, folder: Path, send: Send, stop: threading.Event) -> Outcome:
    """Validate, split and train. Returns the last message."""
    import torch

    from app.numerics.threads import set_torch_threads
    from app.training.loop import RunControls, RunResources, TrainingSetup, train
    from app.training.memory_budget import MemoryBudget
    from app.training.successive_halving import SuccessiveHalving
    from app.training.thread_controller import ThreadController

    set_torch_threads(spec.threads)
    recipe = recipe_from(spec.recipe)
    dataset, cases = _read_rows(folder, spec, recipe, send)
    setup = TrainingSetup(recipe, dataset, folder, spec.model_spec)
    resources = RunResources(
        memory_budget=MemoryBudget(spec.memory_mb) if spec.memory_mb else None,
        thread_controller=None if spec.threads else ThreadController(torch.get_num_threads()),
    )
    report = None
    if spec.search is not None:
        runner = SuccessiveHalving(setup, parse_search(spec.search, recipe), send, stop.is_set, resources)
        chosen = runner.run()
        if chosen is None:
            return Stopped(0)
        setup, report = replace(setup, recipe=chosen), runner.figures()
        resources = replace(resources, base=runner.base.acquire(chosen))
    result = train(setup, RunControls(send, stop.is_set), resources)
    if result.cancelled:
        return Stopped(result.steps)
    return _done(result, cases, setup.recipe, report)


def _read_rows(folder: Path, spec: JobSpec, recipe: Recipe, send: Send) -> tuple[Dataset, int]:
    """(rows for training and validation, number of questions written for the gate)."""
    send(Validating())
    lines = (folder / ROWS).read_text(encoding="utf-8-sig").split("\n")
    rows, eval_rows = _divide(lines, spec, recipe.max_tokens)
    cases = write_cases(folder / CASES, lines, eval_rows)
    dataset = split(rows, validation_share=recipe.validation_share, seed=recipe.seed + 1)
    send(Divided(len(dataset.train), len(dataset.validation), cases))
    return dataset, cases


def _done(result: TrainingResult, cases: int, recipe: Recipe, search: dict[str, Any] | None) -> Done:
    return Done(
        step=result.steps,
        train_loss=result.train_loss,
        valid_loss=result.valid_loss,
        seconds=result.seconds,
        computed_tokens_per_s=result.tokens / result.seconds,
        peak_memory_mb=peak_resident_bytes() // MEGABYTE,
        cases=cases,
        recipe=recipe.describe(),
        search=search,
    )


def _divide(lines: list[str], spec: JobSpec, max_tokens: int) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """(rows for training and validation, rows held out for the gate). Raises InvalidRequest naming lines."""
    from app.engine.tokenizer import ChatTokenizer
    from app.llm.local_tokenizer import LocalTokenizer

    tokenizer = read_tokenizer(spec.model_spec.folder)
    end_id = tokenizer.eos_token_id
    prompts = LocalTokenizer(ChatTokenizer(tokenizer))
    report, examples = validate(lines, prompts, end_id=end_id, max_tokens=max_tokens, preamble=spec.preamble)
    if report.problem_count:
        raise InvalidRequest(report.error_summary(), code="dataset_invalid")
    share, seed = spec.evaluation_share, spec.recipe.get("seed", 0)
    questions, documents = spec.evaluation_least
    decides = share * len(examples) >= questions  # otherwise the gate has too few questions
    parts = split(examples, validation_share=share, seed=seed, documents=documents if decides else 0)
    return parts.train, parts.validation


def _connect() -> tuple[Send, threading.Event]:
    """Open the standard output for messages; what libraries print goes to the log. Listen for a stop."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    stop = threading.Event()

    def listen() -> None:
        while os.read(0, 64):
            stop.set()
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()

    def send(message: Message) -> None:
        out.write(encode_message(message) + "\n")
        out.flush()

    return send, stop


def _confine(spec: JobSpec) -> None:
    """Limit the process: lowest CPU priority, first to be killed when memory is short, bounded allocations."""
    os.nice(LOWEST_PRIORITY)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if choose_device(spec.model_spec.device) == "cuda":
        import torch

        free, total = torch.cuda.mem_get_info()
        torch.cuda.set_per_process_memory_fraction(GPU_SHARE * free / total)
    elif spec.memory_mb and hasattr(resource, "RLIMIT_DATA"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        bound = (spec.memory_mb + UNUSED_ADDRESS_MB) * MEGABYTE
        try:
            resource.setrlimit(
                resource.RLIMIT_DATA, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard)
            )
        except (ValueError, OSError):
            if sys.platform == "linux":  # macOS refuses the bound
                raise


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except Exception:  # noqa: BLE001 - the log is the only place to report it
        traceback.print_exc()
        sys.exit(1)
