"""Adapter folders on disk: named by content, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from app.adapters.validate import CONFIG, WEIGHTS, CleanAdapter


def publish(root: Path, tenant_id: str, adapter: CleanAdapter, weights: Path) -> str:
    """Copy a clean adapter to its folder under `root`. Returns the folder's path relative to `root`."""
    relative = f"{tenant_id}/{adapter.version}"
    target = root / relative
    if target.is_dir():
        return relative
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        (temporary / CONFIG).write_text(json.dumps(adapter.config, indent=1) + "\n", encoding="utf-8")
        shutil.copyfile(weights, temporary / WEIGHTS)
        for name in (CONFIG, WEIGHTS):
            with (temporary / name).open("rb") as file:
                os.fsync(file.fileno())
        temporary.rename(target)
    except OSError:
        if not target.is_dir():  # another upload of the same content was quicker
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return relative


def unlink(root: Path, relative: str) -> None:
    """Remove a folder that no row refers to any more."""
    shutil.rmtree(root / relative, ignore_errors=True)
