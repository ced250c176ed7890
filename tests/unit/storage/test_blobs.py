"""Uploaded files on disk: whole or not at all, under names of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import NotFound, PayloadTooLarge
from app.storage.blobs import Blobs


def test_blob_is_read_as_it_was_written(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    writer = blobs.writer(100)
    writer.write(b"one ")
    writer.write(b"two")
    staged = writer.commit()
    with blobs.open(staged.name) as file:
        assert file.read() == b"one two"
    assert staged.size_bytes == 7


def test_too_large_upload_leaves_no_file(tmp_path: Path) -> None:
    writer = Blobs(tmp_path).writer(5)
    with pytest.raises(PayloadTooLarge):
        writer.write(b"123456")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../secret", "a/b", "..", "", "a\0b"])
def test_name_with_a_path_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a blob name"):
        Blobs(tmp_path).path(name)


def test_missing_file_raises_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Blobs(tmp_path).open("abcdef")


def test_sweep_deletes_only_old_orphans(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
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
    blobs = Blobs(tmp_path)
    writer = blobs.writer(100)
    writer.write(b"kept")
    file = blobs.path(writer.commit().name)
    assert synced == [file.stat().st_ino, file.parent.stat().st_ino, tmp_path.stat().st_ino]
