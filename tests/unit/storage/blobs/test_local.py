"""What is particular to files in a folder: who may write in it when, and what is synced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.storage.blobs.local import LocalBlobs


def test_sweep_deletes_only_old_orphans(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    names = []
    for content in (b"referenced", b"old orphan", b"upload under way"):
        writer = blobs.writer(100)
        writer.write(content)
        names.append(writer.commit().name)
    for name in names[:2]:
        os.utime(blobs.path(name), (0, 0))
    assert blobs.sweep({names[0]}) == 1
    assert [blobs.path(name).exists() for name in names] == [True, False, True]


def test_commit_syncs_the_file_and_then_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process does not lose what the system has; a power cut does: only the calls can be checked."""
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_ino), fsync(handle)))
    blobs = LocalBlobs(tmp_path)
    writer = blobs.writer(100)
    writer.write(b"kept")
    file = blobs.path(writer.commit().name)
    assert synced == [file.stat().st_ino, file.parent.stat().st_ino, tmp_path.stat().st_ino]
