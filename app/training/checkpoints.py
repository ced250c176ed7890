"""Checkpoints: written atomically and verified before use, so that a killed run can resume."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from app.atomic_files import replace_folder

MAX_CHECKPOINTS = 2
TENSORS, STATE, MANIFEST = "state.safetensors", "state.json", "manifest.json"
PREFIX = "step-"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    folder: Path
    step: int
    state: dict[str, Any]


def save_checkpoint(root: Path, step: int, tensors: dict[str, torch.Tensor], state: dict[str, Any]) -> Path:
    """Write a new folder, sync and rename it; then delete all but the newest two. Raises OSError (disk full)."""
    from safetensors.torch import save_file

    target = root / f"{PREFIX}{step:08d}"
    with replace_folder(target, temporary=root / f".new-{step:08d}") as fresh:
        save_file(tensors, fresh / TENSORS)
        (fresh / STATE).write_text(json.dumps({"step": step, **state}), encoding="utf-8")
        hashes = {name: _digest(fresh / name) for name in (TENSORS, STATE)}
        # Last: a folder without it is no checkpoint.
        (fresh / MANIFEST).write_text(json.dumps(hashes), encoding="utf-8")
    for old in _folders(root)[:-MAX_CHECKPOINTS]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def newest_checkpoint(root: Path) -> Checkpoint | None:
    """The newest intact checkpoint; skips incomplete and damaged ones."""
    for folder in reversed(_folders(root)):
        if _is_intact(folder):
            state = json.loads((folder / STATE).read_text(encoding="utf-8"))
            return Checkpoint(folder, int(state["step"]), state)
    return None


def load_tensors(checkpoint: Checkpoint) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    tensors: dict[str, torch.Tensor] = load_file(checkpoint.folder / TENSORS)
    return tensors


def _folders(root: Path) -> list[Path]:
    return sorted(root.glob(f"{PREFIX}*")) if root.is_dir() else []


def _is_intact(folder: Path) -> bool:
    try:
        hashes = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return all(_digest(folder / name) == hashes[name] for name in (TENSORS, STATE))
    except (OSError, ValueError, KeyError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
