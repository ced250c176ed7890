"""Adapter folders on disk, named by their content. A folder is written whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.adapters.peft_config import WEIGHTS, write_config
from app.adapters.validate import CleanAdapter
from app.atomic_files import replace_folder

SHARED = "builtin"  # in the place of a tenant: owner of the folders that tenants share


def publish(root: Path, owner: str, adapter: CleanAdapter, weights: Path) -> str:
    """Copy a clean adapter to its folder under `root`. Returns the folder's path relative to `root`.

    `owner` is a tenant's id, or SHARED.
    """
    relative = f"{owner}/{adapter.version}"
    target = root / relative
    if target.is_dir():
        return relative
    with replace_folder(target, keep_existing=True) as folder:
        write_config(folder, adapter.config)
        shutil.copyfile(weights, folder / WEIGHTS)
    return relative


def unlink(root: Path, relative: str) -> None:
    """Remove a folder that no row of its tenant refers to any more; a shared one stays for other tenants."""
    if relative.startswith(f"{SHARED}/"):
        return
    shutil.rmtree(root / relative, ignore_errors=True)
