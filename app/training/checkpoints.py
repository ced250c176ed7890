"""Checkpoints: written atomically and verified before use, so that a killed run can resume."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

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

    root.mkdir(parents=True, exist_ok=True)
    target = root / f"{PREFIX}{step:08d}"
    temporary = root / f".new-{step:08d}"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        save_file(tensors, temporary / TENSORS)
        (temporary / STATE).write_text(json.dumps({"step": step, **state}), encoding="utf-8")
        hashes = {name: _digest(temporary / name) for name in (TENSORS, STATE)}
        for name in (TENSORS, STATE):
            _sync(temporary / name)
        (temporary / MANIFEST).write_text(
            json.dumps(hashes), encoding="utf-8"
        )  # written last: a folder without a manifest is incomplete
        _sync(temporary / MANIFEST)
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
        _sync(root)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
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


def list_checkpoints(root: Path) -> list[Checkpoint]:
    """All intact checkpoints, oldest first."""
    return [
        Checkpoint(folder, int(folder.name.removeprefix(PREFIX)), json.loads((folder / STATE).read_text("utf-8")))
        for folder in _folders(root)
        if _is_intact(folder)
    ]


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


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
