"""Files and folders appear whole or not at all, and durably."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.atomic_files import replace_folder, write_atomically


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Inodes in the order in which they were synced."""
    inodes: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (inodes.append(os.fstat(handle).st_ino), fsync(handle)))
    return inodes


def test_a_file_is_synced_before_its_folder(tmp_path: Path, synced: list[int]) -> None:
    target = tmp_path / "state.json"
    with write_atomically(target) as temporary:
        temporary.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert synced == [target.stat().st_ino, tmp_path.stat().st_ino]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "state.json"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), write_atomically(target) as temporary:
        temporary.write_text("new")
        raise ZeroDivisionError
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_full_disk_at_the_sync_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "state.json"
    target.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), write_atomically(target) as temporary:
        temporary.write_text("new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_every_file_of_a_folder_is_synced_before_its_name(tmp_path: Path, synced: list[int]) -> None:
    target = tmp_path / "adapters" / "v1"
    with replace_folder(target) as folder:
        (folder / "part").mkdir()
        (folder / "part" / "weights").write_text("w")
        (folder / "config").write_text("c")
    below = {path.stat().st_ino for path in target.rglob("*")}
    assert set(synced[:3]) == below
    assert synced[3:] == [target.stat().st_ino, target.parent.stat().st_ino]


def test_an_error_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "v1"
    target.mkdir()
    with pytest.raises(ZeroDivisionError), replace_folder(target) as folder:
        (folder / "weights").write_text("w")
        raise ZeroDivisionError
    assert list(tmp_path.rglob("*")) == [target]


def test_a_folder_replaces_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "v1"
    for name in ("old", "new"):
        with replace_folder(target) as folder:
            (folder / name).write_text(name)
    assert [path.name for path in target.iterdir()] == ["new"]


def test_of_two_writers_of_the_same_content_the_first_stays(tmp_path: Path) -> None:
    target = tmp_path / "v1"
    with replace_folder(target, keep_existing=True) as second:
        (second / "weights").write_text("second")
        with replace_folder(target, keep_existing=True) as first:
            (first / "weights").write_text("first")
    assert (target / "weights").read_text() == "first"
    assert list(tmp_path.iterdir()) == [target]


def test_the_rest_of_a_killed_run_is_removed(tmp_path: Path) -> None:
    partial = tmp_path / "backup.partial"
    partial.mkdir()
    (partial / "half").write_text("half")
    with replace_folder(tmp_path / "backup", temporary=partial) as folder:
        (folder / "whole").write_text("whole")
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["whole"]
    assert not partial.exists()
