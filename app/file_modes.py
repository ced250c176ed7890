"""Modes of files: what the service writes is read by its own account alone, or by its group as well.

The mask of the process gives new files their modes. Folders of an earlier version, which every account could read, are
closed at the start.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)
OWNER_ALONE, OWNER_AND_GROUP = 0o077, 0o027  # masks: what new files do not get

MARKS = ("migrate.lock", "loracle.db", "blobs", "adapters")  # a data folder has one of them: no other one is closed


def set_file_mask(*, group_reads: bool = False) -> None:
    """Let what this process and its children create be closed to other accounts, and to the group unless it reads."""
    os.umask(_mask(group_reads))


def close_folder(folder: Path, *, group_reads: bool = False) -> None:
    """Close the folder, and what lies directly in it, to everybody who may not read it; one log line if any was open.

    What belongs to another account stays as it is, and is named in a warning.
    """
    closed, left = [], []
    for path in open_paths(folder, group_reads=group_reads):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_mask(group_reads))
            closed.append(path)
        except PermissionError:
            left.append(path)
    if closed:
        log.info("data_folder_closed", folder=str(folder), paths=len(closed), group_reads=group_reads)
    if left:
        command = closing_command(folder, group_reads=group_reads)
        message = f"{left[0]} can be read by other accounts and belongs to one: run `{command}` as its owner."
        log.warning("data_folder_open", message=message)


def closing_command(folder: Path, *, group_reads: bool = False) -> str:
    """The command by which the owner of a data folder closes all of it."""
    return f"chmod -R {'g-w,o-rwx' if group_reads else 'go-rwx'} {shlex.quote(str(folder))}"


def open_paths(folder: Path, *, group_reads: bool = False) -> Iterator[Path]:
    """A data folder and what lies directly in it, as far as others may do more than they should.

    What lies deeper cannot be reached by whom these keep out.
    """
    if not any((folder / name).exists() for name in MARKS):
        return
    for path in (folder, *sorted(folder.iterdir())):
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & _mask(group_reads):
            yield path


def _mask(group_reads: bool) -> int:
    return OWNER_AND_GROUP if group_reads else OWNER_ALONE
