"""`loracle compare`, and the command that its processes run."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.atomic_files import write_atomically
from app.cli.serve import settings_with
from app.cli.terminal import print
from app.comparison.plan import ARMS, RATES, Plan, Stage
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from app.settings import Settings

ARMS_HELP = (
    f"Comma-separated, of {', '.join(arm.name for arm in ARMS)}. All if left out, but for "
    f"{' and '.join(arm.name for arm in ARMS if arm.extra)}."
)


def compare(
    train: Annotated[Path, typer.Argument(help="Rows to train on: question, context and answers, JSONL or SQuAD.")],
    test: Annotated[Path, typer.Argument(help="Questions to measure with, about other documents.")],
    out: Annotated[Path, typer.Option(help="Where results are kept; the same call again goes on there.")],
    arms: Annotated[str, typer.Option(help=ARMS_HELP)] = "",
    seeds: Annotated[int, typer.Option(min=1, max=20, help="How many; three or more for an interval.")] = 3,
    rows: Annotated[int, typer.Option(min=10, help="Rows to train on.")] = 200,
    cases: Annotated[int, typer.Option(min=10, help="Questions to ask.")] = 60,
    steps: Annotated[int, typer.Option(min=1, help="Steps of every training.")] = 20,
    rank: Annotated[int, typer.Option(min=1)] = 8,
    passages: Annotated[int, typer.Option(min=1, max=20)] = 2,
    rates: Annotated[
        str, typer.Option(help="Learning rates to try for LoRA and QLoRA, and others by name: 2e-4,full=1e-5.")
    ] = "",
    threads: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Compare the base, LoRA, QLoRA, AdaLoRA and full fine-tuning, with and without passages, by quality and cost."""
    from app.comparison.page import comparison_markdown, comparison_page
    from app.comparison.run import Comparison, format_tables

    selected = tuple(name.strip() for name in arms.split(",") if name.strip()) or Plan("", "").arms
    plan = Plan(
        str(train.resolve()),
        str(test.resolve()),
        arms=selected,
        seeds=tuple(range(seeds)),
        rows=rows,
        cases=cases,
        steps=steps,
        rank=rank,
        passages=passages,
        threads=threads,
        learning_rates=_rates(rates),
    )
    plan.selected_arms()
    compared = Comparison(plan, out, print).run()
    for line in format_tables(compared):
        print(line)
    fields = asdict(compared)
    result = {"plan": asdict(plan), "arms": fields["arms"], "contrasts": fields["pairs"]}
    (out / "comparison.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    markdown = comparison_markdown(compared.arms, compared.pairs)
    (out / "comparison.md").write_text(markdown, encoding="utf-8")
    page = comparison_page(plan, compared.arms, compared.pairs)
    (out / "comparison.html").write_text(page, encoding="utf-8")
    print(f"{out}/comparison.html, .md and .json are written.")


def compare_task(order: Path, out: Path) -> None:
    """Run one stage of a comparison in this process and write its result atomically."""
    import psutil

    from app.comparison.run import decode_stage
    from app.numerics.threads import limit_openmp

    stage, data, model = decode_stage(json.loads(order.read_text(encoding="utf-8")))
    limit_openmp(stage.plan.threads)
    result = _run(stage, data, model)
    result["process_seconds"] = time.time() - psutil.Process().create_time()
    with write_atomically(out) as temporary:
        temporary.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def _run(stage: Stage, data: Path, model: Path | None) -> dict[str, Any]:
    from app.bootstrap.models import build_embedder, quiet_libraries
    from app.comparison.stages import run_ask, run_prepare, run_train
    from app.numerics.threads import set_torch_threads

    quiet_libraries()
    settings = settings_with(threads=stage.plan.threads)
    if stage.kind == "prepare":
        return run_prepare(stage, build_embedder(settings))
    prepared = json.loads(data.read_text(encoding="utf-8"))
    if stage.kind == "ask":
        adapter = model if stage.method not in {"none", "full"} else None
        return run_ask(stage, prepared, _generator(_settings_for(settings, stage, model)), adapter)
    assert model is not None  # noqa: S101 - a training has a folder
    set_torch_threads(stage.plan.threads)
    model_spec, tokenizer, end_id = _training_parts(settings)
    memory_mb = settings.training_memory_mb
    return run_train(stage, prepared, model_spec, tokenizer, end_id, model, memory_mb=memory_mb)


def _settings_for(settings: Settings, stage: Stage, model: Path | None) -> Settings:
    """Settings with the base of an arm: unquantised for LoRA, 4 bits for QLoRA and AdaLoRA, its own for full."""
    if stage.method == "lora":
        return settings.model_copy(update={"quantization": "none"})
    if stage.method == "full":
        return settings.model_copy(update={"quantization": "none", "base_model": f"path:{model}"})
    return settings


def _generator(settings: Settings) -> Any:
    from app.bootstrap.models import load_model
    from app.engine.build import EngineLimits
    from app.llm.engine_backend import LocalGenerator

    return LocalGenerator(load_model(settings), limits=EngineLimits())


def _training_parts(settings: Settings) -> tuple[Any, Any, int]:
    from app.bootstrap.models import training_source
    from app.engine.loading import read_tokenizer
    from app.engine.tokenizer import ChatTokenizer
    from app.llm.local_tokenizer import LocalTokenizer

    model_spec = training_source(settings)
    tokenizer = read_tokenizer(model_spec.folder)
    return model_spec, LocalTokenizer(ChatTokenizer(tokenizer)), tokenizer.eos_token_id


def _rates(text: str) -> dict[str, tuple[float, ...]] | None:
    """Parse "2e-4,full=1e-5" as rates by method. A rate without a method is for LoRA and QLoRA."""
    rates: dict[str, tuple[float, ...]] = {}
    for part in filter(None, text.split(",")):
        method, _, rate = part.strip().rpartition("=")
        try:
            for name in (method,) if method else ("lora", "qlora"):
                rates[name] = (*rates.get(name, ()), float(rate))
        except ValueError:
            raise InvalidRequest("--rates are numbers separated by commas, such as 2e-4,full=1e-5.") from None
    unknown = rates.keys() - RATES.keys()
    if unknown:
        raise InvalidRequest(f"--rates: {', '.join(sorted(unknown))} is none of {', '.join(RATES)}.")
    return rates or None
