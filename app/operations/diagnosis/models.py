"""Diagnoses the files of models: whether they are here and whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.engine.quantized_folder import checkpoint_folders, find_problems
from app.errors import AppError
from app.operations.diagnosis.finding import Finding
from app.weights.catalog import local_folder, verify


def diagnose_models(models: Sequence[str], models_dir: Path) -> Iterator[Finding]:
    """Each of `models`, by its checksums, and the 4-bit weights kept beside it."""
    for model in models:
        yield _diagnose_model(model, models_dir)
        yield from _diagnose_quantized(model, models_dir)


def _diagnose_model(name: str, models_dir: Path) -> Finding:
    try:
        damaged = verify(name, models_dir)
    except AppError as fault:
        return Finding(f"model {name}", fault.message, ok=False)
    text = f"{'; '.join(damaged)}: run `loracle models pull {name}`" if damaged else "complete, every checksum is right"
    return Finding(f"model {name}", text, ok=not damaged)


def _diagnose_quantized(name: str, models_dir: Path) -> Iterator[Finding]:
    """The 4-bit weights that are kept beside a model, from which the service starts in seconds."""
    try:
        folder = local_folder(name, models_dir)
    except AppError:
        return  # reported with the model
    kept = checkpoint_folders(folder)
    if kept:
        size = sum(file.stat().st_size for one in kept for file in one.iterdir())
        problems = find_problems(folder)
        yield Finding(f"4-bit weights of {name}", "; ".join(problems) or f"kept, {size // 10**6} MB", not problems)
