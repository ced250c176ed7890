"""The process that trains: `python -m app.training.worker_main FOLDER`. Limits first, then rows, then the loop.

It speaks JSON lines on its standard output and listens on its standard input: a word saves a checkpoint and ends it;
the end of the input means that whoever started it is gone, and so it goes too.
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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.loading import choose_device
from app.engine.quantize import QuantizationRecipe
from app.errors import AppError, InvalidRequest
from app.training.base import BaseModelSpec, read_tokenizer
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
BESIDE_MB = 1024  # of address space that is never touched: stacks, arenas
GPU_SHARE = 0.5  # of what is free on a GPU at the start: the service that answers there needs more at times
OUT_OF_MEMORY = ("not enough memory", "can't allocate memory", "out of memory", "DefaultCPUAllocator")
GPU_FULL = (
    f"Training needs more than {GPU_SHARE:.0%} of what was free on the GPU: lower micro_batch_tokens or max_tokens, or "
    "train when less runs there."
)
Send = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class JobSpec:
    """What a run's folder says of it; the rows lie beside."""

    recipe: dict[str, Any]
    source: BaseModelSpec
    evaluation_share: float  # of the rows, kept out for the gate
    threads: int = 0  # 0: as many as there are cores, one while others need them
    memory_mb: int = 0  # 0: no bound
    search: dict[str, Any] | None = None  # over hyper-parameters, before the run
    evaluation_least: tuple[int, int] = (0, 0)  # questions and documents that decide in the gate

    def write(self, folder: Path) -> None:
        content = {**asdict(self), "source": {**asdict(self.source), "folder": str(self.source.folder)}}
        (folder / SPEC).write_text(json.dumps(content), encoding="utf-8")


def read_spec(folder: Path) -> JobSpec:
    content = json.loads((folder / SPEC).read_text(encoding="utf-8"))
    source = content.pop("source")
    quantization = source.pop("quantization")
    quantization["keep"] = tuple(quantization["keep"])
    source["folder"] = Path(source["folder"])
    return JobSpec(source=BaseModelSpec(**source, quantization=QuantizationRecipe(**quantization)), **content)


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
    """Validate, divide, train. Returns the last message."""
    import torch

    from app.numerics.threads import set_torch_threads
    from app.training.loop import train
    from app.training.memory_budget import MemoryBudget
    from app.training.successive_halving import SuccessiveHalving
    from app.training.thread_controller import ThreadController

    set_torch_threads(spec.threads)
    recipe = recipe_from(spec.recipe)
    dataset, cases = _read_rows(folder, spec, recipe, send)
    memory_budget = MemoryBudget(spec.memory_mb) if spec.memory_mb else None
    thread_controller = None if spec.threads else ThreadController(torch.get_num_threads())
    base, report = None, None
    if spec.search is not None:
        runner = SuccessiveHalving(
            recipe,
            parse_search(spec.search, recipe),
            dataset,
            folder,
            source=spec.source,
            send=send,
            should_stop=stop.is_set,
            memory_budget=memory_budget,
            thread_controller=thread_controller,
        )
        found = runner.run()
        if found is None:
            return Stopped(0)
        recipe, base, report = found, runner.base.acquire(found), runner.figures()
    result = train(
        recipe,
        dataset,
        folder,
        source=spec.source,
        on_progress=send,
        should_stop=stop.is_set,
        base=base,
        memory_budget=memory_budget,
        thread_controller=thread_controller,
    )
    if result.cancelled:
        return Stopped(result.steps)
    return _done(result, cases, recipe, report)


def _read_rows(folder: Path, spec: JobSpec, recipe: Recipe, send: Send) -> tuple[Dataset, int]:
    """(rows to learn from and to validate on, how many questions were written down for the gate)."""
    send(Validating())
    lines = (folder / ROWS).read_text(encoding="utf-8-sig").split("\n")
    kept, held_out = _divide(lines, spec, recipe.max_tokens)
    cases = write_cases(folder / CASES, lines, held_out)
    dataset = split(kept, validation_share=recipe.validation_share, seed=recipe.seed + 1)
    send(Divided(len(dataset.train), len(dataset.validation), cases))
    return dataset, cases


def _done(result: TrainingResult, cases: int, recipe: Recipe, search: dict[str, Any] | None) -> Done:
    return Done(
        step=result.steps,
        train_loss=result.train_loss,
        valid_loss=result.valid_loss,
        seconds=result.seconds,
        computed_tokens_per_s=result.tokens / result.seconds,
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        cases=cases,
        recipe=recipe.describe(),
        search=search,
    )


def _divide(lines: list[str], spec: JobSpec, max_tokens: int) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """(to learn from, kept out for the gate). Raises InvalidRequest naming lines."""
    from app.engine.tokenizer import ChatTokenizer
    from app.llm.engine_backend import LocalTokenizer

    tokenizer = read_tokenizer(spec.source.folder)
    end_id = tokenizer.eos_token_id
    report, examples = validate(lines, LocalTokenizer(ChatTokenizer(tokenizer)), end_id=end_id, max_tokens=max_tokens)
    if report.problem_count:
        raise InvalidRequest(report.error_summary(), code="dataset_invalid")
    share, seed = spec.evaluation_share, spec.recipe.get("seed", 0)
    questions, documents = spec.evaluation_least
    decides = share * len(examples) >= questions  # else the gate has too few questions, however many documents
    parts = split(examples, validation_share=share, seed=seed, documents=documents if decides else 0)
    return parts.train, parts.validation


def _connect() -> tuple[Send, threading.Event]:
    """Messages go to the standard output; what libraries print there goes to the log with the rest."""
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
    """Below serving for the processor, first to go when memory is short, bounded in what it may allocate."""
    os.nice(LOWEST_PRIORITY)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if choose_device(spec.source.device) == "cuda":
        import torch

        free, total = torch.cuda.mem_get_info()
        torch.cuda.set_per_process_memory_fraction(GPU_SHARE * free / total)
    elif spec.memory_mb and hasattr(resource, "RLIMIT_DATA"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        bound = (spec.memory_mb + BESIDE_MB) * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except Exception:  # noqa: BLE001 - the log is the only one to hear
        traceback.print_exc()
        sys.exit(1)
