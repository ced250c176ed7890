"""Files and folders that are written whole or not at all: under a temporary name, synced, then renamed.

A crash or a power cut leaves the old content or the new one. The folder is synced after the rename: without that the
new name itself may be lost.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def write_atomically(target: Path) -> Iterator[Path]:
    """Yield the path of a temporary file beside `target`; it becomes `target` when the block ends without an error.

    The block creates the file. After an error the temporary file is gone and `target` is as it was. Raises OSError.
    """
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        yield temporary
        fsync_file(temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    fsync_folder(target.parent)


@contextmanager
def replace_folder(target: Path, *, temporary: Path | None = None, keep_existing: bool = False) -> Iterator[Path]:
    """Yield an empty folder beside `target`; it becomes `target` when the block ends without an error.

    `temporary` names the folder where one writer at a time works, so that the rest of a killed run is removed;
    without it the name is unique. With `keep_existing` a `target` that is there stays and the new folder is dropped:
    for content that its name identifies. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = _new_folder(target, temporary)
    try:
        yield fresh
        fsync_tree(fresh)
        _rename_folder(fresh, target, keep_existing=keep_existing)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    fsync_folder(target.parent)


def fsync_file(path: Path) -> None:
    """Make the file's content durable."""
    _fsync(path)


def fsync_folder(folder: Path) -> None:
    """Make the names in the folder durable, not what lies behind them."""
    _fsync(folder)


def fsync_tree(folder: Path) -> None:
    """Make every file and folder below `folder` durable, and `folder` itself."""
    for path in folder.rglob("*"):
        _fsync(path)
    _fsync(folder)


def share_as(model: Path, folder: Path) -> None:
    """Give `folder` and the files in it the readers that the folder `model` has."""
    mode = stat.S_IMODE(model.stat().st_mode) | 0o700
    folder.chmod(mode)
    for path in folder.iterdir():
        path.chmod(mode & 0o666)


def _new_folder(target: Path, temporary: Path | None) -> Path:
    if temporary is None:
        temporary = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
    else:
        shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    return temporary


def _rename_folder(fresh: Path, target: Path, *, keep_existing: bool) -> None:
    if not keep_existing:
        shutil.rmtree(target, ignore_errors=True)
    try:
        fresh.rename(target)
    except OSError:
        if not (keep_existing and target.is_dir()):  # another writer of the same content was quicker
            raise


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
