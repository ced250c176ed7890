"""`loracle models`: list, pull and verify model files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.serve import settings_with

models = typer.Typer(help="List, pull and verify models.", no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Argument(help="Catalogue names or sources; those in the settings if none.")]
ModelsDir = Annotated[Path | None, typer.Option(help="Where models are kept.")]


@models.command("list")
def list_models(models_dir: ModelsDir = None) -> None:
    """List the starter models and whether they are on this machine."""
    from app.weights.catalog import CATALOG, verify

    settings = settings_with(models_dir=models_dir)
    for model in CATALOG.values():
        state = "missing" if verify(model.name, settings.models_dir) else "here"
        size = model.download_bytes // 10**6
        print(f"{model.name:32} {model.kind:10} {state:8} {size} MB download, {model.licence}")


@models.command("pull")
def pull_models(names: Names = None, models_dir: ModelsDir = None) -> None:
    """Fetch, check and convert models; what is there and whole is left alone."""
    from app.weights.catalog import pull

    settings = settings_with(models_dir=models_dir)
    for name in names or [settings.base_model, settings.embedding_model]:
        print(f"{name}: {pull(name, settings.models_dir)}")


@models.command("verify")
def verify_models(names: Names = None, models_dir: ModelsDir = None) -> None:
    """Recompute the hash of every file of a model, and of its kept 4-bit weights."""
    from app.engine.quantized_folder import find_problems
    from app.weights.catalog import local_folder, verify

    settings = settings_with(models_dir=models_dir)
    damaged = False
    for name in names or [settings.base_model, settings.embedding_model]:
        wrong = verify(name, settings.models_dir)
        damaged = damaged or bool(wrong)
        print(f"{name}: {'; '.join(wrong) + f': run `loracle models pull {name}`' if wrong else 'whole'}")
        for problem in find_problems(local_folder(name, settings.models_dir)):
            damaged = True
            print(f"{name}, 4-bit weights: {problem}")
    sys.exit(1 if damaged else 0)
