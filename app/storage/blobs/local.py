"""Stored files in a folder of this machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from pathlib import Path

from app.atomic_files import fsync_file, fsync_folder
from app.storage.blobs.base import (
    ORPHAN_AGE_S,
    BlobWriter,
    HeldFile,
    StagedBlob,
    checked_name,
    file_gone,
    new_name,
)
from app.storage.faults import translate_faults


class LocalBlobs:
    """The blob folder. Files lie in subfolders named by the first two characters of their names.

    `derived` is a folder of the same form, which has a folder for each file from which something was computed: it is
    deleted with the file.
    """

    def __init__(self, folder: Path, derived: Path | None = None) -> None:
        self._folder = folder
        self._derived = derived

    def writer(self, max_bytes: int) -> BlobWriter:
        name = new_name()
        path = self.path(name)
        with translate_faults():
            new_folder = not path.parent.is_dir()
            path.parent.mkdir(parents=True, exist_ok=True)

        def store(path: Path, _: StagedBlob) -> None:
            """Sync the file, its folder and, if that folder is new, the folder above it."""
            fsync_file(path)
            fsync_folder(path.parent)
            if new_folder:
                fsync_folder(path.parent.parent)

        return BlobWriter(path, name, max_bytes, store)

    def path(self, name: str) -> Path:
        """Where a file lies, whether it is there or not."""
        return self._folder / checked_name(name)[:2] / name

    def hold(self, name: str) -> HeldFile:
        path = self.path(name)
        if not path.is_file():
            raise file_gone()
        return HeldFile(path)

    def exists(self, name: str) -> bool:
        return self.path(name).is_file()

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)
        if self._derived is not None:
            shutil.rmtree(self._derived / name[:2] / name, ignore_errors=True)

    def sweep(self, referenced: Collection[str], older_than_s: float = ORPHAN_AGE_S) -> int:
        newest = time.time() - older_than_s
        orphans = [
            path for path in self._folder.glob("??/*") if path.name not in referenced and path.stat().st_mtime < newest
        ]
        for path in orphans:
            self.delete(path.name)
        for folder in self._derived.glob("??/*") if self._derived is not None else ():
            if not self.path(folder.name).is_file():
                shutil.rmtree(folder, ignore_errors=True)
        return len(orphans)

    def download_url(self, name: str, filename: str) -> str | None:  # noqa: ARG002 - a folder has no URLs
        return None
