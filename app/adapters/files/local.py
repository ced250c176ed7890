"""Adapter files in a folder of this machine, named by their content."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.files.base import SHARED
from app.adapters.peft_config import WEIGHTS, write_config
from app.atomic_files import replace_folder
from app.storage.faults import translate_faults

if TYPE_CHECKING:
    from app.adapters.validate import CleanAdapter


class LocalAdapterFiles:
    """A folder for each owner, and in it one for each version."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def publish(self, owner: str, adapter: CleanAdapter, weights: Path) -> str:
        path = f"{owner}/{adapter.version}"
        if not (self._root / path).is_dir():
            with translate_faults(), replace_folder(self._root / path, keep_existing=True) as folder:
                write_config(folder, adapter.config)
                shutil.copyfile(weights, folder / WEIGHTS)
        return path

    def locate(self, path: str) -> tuple[Path, Callable[[], object] | None]:
        return self._root / path, None

    def folder(self, path: str) -> Path:
        return self._root / path

    def delete(self, path: str) -> None:
        if not path.startswith(f"{SHARED}/"):
            shutil.rmtree(self._root / path, ignore_errors=True)

    def delete_owner(self, owner: str) -> None:
        shutil.rmtree(self._root / owner, ignore_errors=True)

    def sweep(self, referenced: Collection[str]) -> int:  # noqa: ARG002 - the same content gets the same folder again
        return 0
