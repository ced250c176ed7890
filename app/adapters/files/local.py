"""Adapter files in a folder of this machine, named by their content."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from app.adapters.files.base import SHARED
from app.adapters.peft_config import WEIGHTS, write_config
from app.atomic_files import replace_folder
from app.errors import NotFound
from app.storage.blobs.base import ORPHAN_AGE_S
from app.storage.faults import translate_faults

if TYPE_CHECKING:
    from app.adapters.validate import CleanAdapter

log = structlog.get_logger(__name__)
DELETED = ".deleted"  # end of the name of a note beside a version: since when it waits for the sweep


class LocalAdapterFiles:
    """A folder for each owner, and in it one for each version.

    The same content gets the same folder again. So only versions that `delete_later` noted are swept, and a publication
    removes the note before it looks for the folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def publish(self, owner: str, adapter: CleanAdapter, weights: Path) -> str:
        path = f"{owner}/{adapter.version}"
        with translate_faults():
            self._note(path).unlink(missing_ok=True)
            if not (self._root / path).is_dir():
                with replace_folder(self._root / path, keep_existing=True) as folder:
                    write_config(folder, adapter.config)
                    shutil.copyfile(weights, folder / WEIGHTS)
        return path

    def locate(self, path: str) -> tuple[Path, Callable[[], object] | None]:
        return self._root / path, None

    def folder(self, path: str) -> Path:
        folder = self._root / path
        if not folder.is_dir():
            raise NotFound("No such adapter: its files are gone.", param="adapter")
        return folder

    def delete(self, path: str) -> None:
        if not path.startswith(f"{SHARED}/"):
            shutil.rmtree(self._root / path, ignore_errors=True)

    def delete_later(self, path: str) -> None:
        if path.startswith(f"{SHARED}/") or not (self._root / path).is_dir():
            return
        try:
            self._note(path).touch()
        except OSError as fault:
            log.warning("adapter_files_not_deleted", path=path, reason=str(fault))

    def delete_owner(self, owner: str) -> None:
        shutil.rmtree(self._root / owner, ignore_errors=True)

    def sweep(self, referenced: Collection[str]) -> int:
        newest, swept = time.time() - ORPHAN_AGE_S, 0
        for note in self._root.glob(f"*/.*{DELETED}"):
            path = f"{note.parent.name}/{note.name[1:].removesuffix(DELETED)}"
            with suppress(FileNotFoundError):  # published again meanwhile, or swept by another process
                if path not in referenced and note.stat().st_mtime < newest:
                    swept += self._sweep(path, note)
        return swept

    def _sweep(self, path: str, note: Path) -> bool:
        """Delete a version unless it is published again meanwhile. Raises FileNotFoundError if it is gone already."""
        folder = self._root / path
        nameless = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
        folder.rename(nameless)
        wanted = not note.exists()
        if wanted:
            with suppress(OSError):  # it has been written anew
                nameless.rename(folder)
        shutil.rmtree(nameless, ignore_errors=True)
        if not wanted:
            note.unlink(missing_ok=True)
        return not wanted

    def _note(self, path: str) -> Path:
        version = self._root / path
        return version.with_name(f".{version.name}{DELETED}")
