"""`loracle models`: list, recommend, pull and verify model files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.serve import settings_with
from app.cli.terminal import print

if TYPE_CHECKING:
    from app.weights.entries import CatalogEntry

models = typer.Typer(help="List, recommend, pull and verify models.", no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Argument(help="Catalogue names or sources; those in the settings if none.")]
ModelsDir = Annotated[Path | None, typer.Option(help="Where models are kept.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@models.command("list")
def list_models(models_dir: ModelsDir = None, as_json: AsJson = False) -> None:
    """List the models of the catalogue: what for, disk, memory, licence, whether here and in use."""
    from app.bootstrap.models import models_on_disk
    from app.weights.catalog import present_models
    from app.weights.entries import CATALOG

    settings = settings_with(models_dir=models_dir)
    here, used = present_models(settings.models_dir), set(models_on_disk(settings))
    folder = settings.models_dir.expanduser().resolve()
    rows = [_facts(entry, present=entry.name in here, in_use=entry.name in used) for entry in CATALOG.values()]
    if as_json:
        print(json.dumps(rows))
        return
    print(f"Models in {folder}. The settings use: {', '.join(sorted(used)) or 'none'}.")
    for row in rows:
        state = "here" if row["present"] else "not here"
        if row["in_use"]:
            state += ", in use"
        note = "" if row["run_by_us"] else ", not run by us"
        print(f"{row['name']}  ({row['kind']}, {state}{note})")
        print(f"    {row['purpose']}")
        print(
            f"    {_gb(row['download_bytes'])} download, {_gb(row['disk_bytes'])} on disk, about "
            f"{_gb(row['memory_bytes'])} of memory; {', '.join(row['languages'])}; {row['licence']}"
        )


@models.command("recommend")
def recommend_models(models_dir: ModelsDir = None, as_json: AsJson = False) -> None:
    """Say which base models fit this machine's memory, disk and processor, and why."""
    from app.weights.catalog import present_models
    from app.weights.entries import CATALOG
    from app.weights.recommendation import recommend

    folder = settings_with(models_dir=models_dir).models_dir
    machine = _machine(folder)
    verdicts = recommend(CATALOG.values(), machine, present_models(folder))
    if as_json:
        print(json.dumps({"machine": asdict(machine), "models": [asdict(verdict) for verdict in verdicts]}))
        return
    for verdict in verdicts:
        print(f"{verdict.name:30} {verdict.state:13} {'; '.join(verdict.reasons)}")
    best = next((verdict.name for verdict in verdicts if verdict.state == "recommended"), None)
    print(
        f"Take it: loracle models pull {best}, then set LORACLE_BASE_MODEL={best}."
        if best
        else "No model of the catalogue that we have run suits this machine."
    )


@models.command("pull")
def pull_models(
    names: Names = None,
    models_dir: ModelsDir = None,
    force: Annotated[bool, typer.Option("--force", help="Pull although this machine has too little memory.")] = False,
) -> None:
    """Fetch, check and convert models; what is there and whole is left alone, what was interrupted goes on."""
    from app.bootstrap.models import models_on_disk
    from app.weights.catalog import pull

    settings = settings_with(models_dir=models_dir)
    for name in names or models_on_disk(settings):
        print(f"{name}: {pull(name, settings.models_dir, force=force)}")


@models.command("verify")
def verify_models(names: Names = None, models_dir: ModelsDir = None) -> None:
    """Recompute the hash of every file of a model, and of its kept 4-bit weights."""
    from app.bootstrap.models import models_on_disk
    from app.engine.quantized_folder import find_problems
    from app.weights.catalog import local_folder, verify

    settings = settings_with(models_dir=models_dir)
    damaged = False
    for name in names or models_on_disk(settings):
        wrong = verify(name, settings.models_dir)
        damaged = damaged or bool(wrong)
        print(f"{name}: {'; '.join(wrong) + f': run `loracle models pull {name}`' if wrong else 'complete'}")
        for problem in find_problems(local_folder(name, settings.models_dir)):
            damaged = True
            print(f"{name}, 4-bit weights: {problem}")
    sys.exit(1 if damaged else 0)


def _facts(entry: CatalogEntry, *, present: bool, in_use: bool) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "purpose": entry.purpose,
        "present": present,
        "in_use": in_use,
        "download_bytes": entry.download_bytes,
        "disk_bytes": entry.folder_bytes,
        "memory_bytes": entry.serving_bytes,
        "languages": list(entry.languages),
        "licence": entry.licence,
        "run_by_us": entry.run_by_us,
        "mirrors": [str(mirror) for mirror in entry.mirrors],
    }


def _machine(models_dir: Path) -> Any:
    import torch

    from app.engine import native
    from app.weights.machine import Machine, free_disk_bytes, memory_bytes, usable_cores

    gpu = torch.cuda.get_device_properties(0).total_memory if torch.cuda.is_available() else 0
    folder = models_dir.expanduser()
    return Machine(memory_bytes(), free_disk_bytes(folder), usable_cores(), native.available(), gpu)


def _gb(size: int) -> str:
    from app.weights.requirements import gigabytes

    return gigabytes(size)
