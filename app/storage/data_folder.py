"""The data folder: made at the first start, for the user of the service."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import InvalidRequest, is_disk_full
from app.storage.faults import full

PATH_IS_FILE = "a part of this path is a file; use a folder"
NOT_WRITABLE = "this user may not write in it; change its owner"


def make_data_folder(folder: Path) -> None:
    """Make the folder if it is not there. Raises InvalidRequest if it cannot be used, StorageFull."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise _unusable(folder, PATH_IS_FILE) from None
    except OSError as fault:
        raise (
            full() if is_disk_full(fault) else _unusable(folder, f"it cannot be made ({fault.strerror}); make it")
        ) from None
    if not is_writable(folder):
        raise _unusable(folder, NOT_WRITABLE)


def check_data_folder(folder: Path) -> None:
    """See whether `make_data_folder` can do its work; nothing is made. Raises InvalidRequest as it does."""
    near = next(path for path in (folder, *folder.parents) if path.exists())
    if not near.is_dir():
        raise _unusable(folder, PATH_IS_FILE)
    if not is_writable(near):
        reason = NOT_WRITABLE if near == folder else f"it cannot be made in {near}; make it"
        raise _unusable(folder, reason)


def is_writable(folder: Path) -> bool:
    """Whether this user may make files in a folder that is there."""
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _unusable(folder: Path, reason: str) -> InvalidRequest:
    return InvalidRequest(
        f"The data folder {folder} cannot be used: {reason}, or set LORACLE_DATA_DIR (--data-dir) to another folder.",
        param="data_dir",
    )
