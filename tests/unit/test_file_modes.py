"""Who may read the files that the service writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.atomic_files import replace_folder, share_as
from app.file_modes import close_folder, open_paths, set_file_mask


@pytest.fixture(autouse=True)
def _mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("group_reads", "folder", "file"), [(False, 0o700, 0o600), (True, 0o750, 0o640)])
def test_new_files_are_closed_to_other_accounts(tmp_path: Path, group_reads: bool, folder: int, file: int) -> None:
    set_file_mask(group_reads=group_reads)
    with replace_folder(tmp_path / "data" / "adapters") as fresh:
        (fresh / "adapter.bin").write_bytes(b"1")
    assert mode(tmp_path / "data" / "adapters") == folder
    assert mode(tmp_path / "data" / "adapters" / "adapter.bin") == file


def test_an_open_data_folder_is_closed_once_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "loracle.db").touch()
    tmp_path.chmod(0o755)
    with capture_logs() as lines:
        close_folder(tmp_path)
        close_folder(tmp_path)
    assert [line["event"] for line in lines] == ["data_folder_closed"]
    assert (mode(tmp_path), mode(tmp_path / "blobs"), mode(tmp_path / "loracle.db")) == (0o700, 0o700, 0o600)
    assert list(open_paths(tmp_path)) == []


def test_a_group_that_reads_keeps_reading(tmp_path: Path) -> None:
    (tmp_path / "adapters").mkdir(mode=0o775)
    (tmp_path / "adapters").chmod(0o777)
    close_folder(tmp_path, group_reads=True)
    assert mode(tmp_path / "adapters") == 0o750


def test_a_folder_that_is_no_data_folder_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    tmp_path.chmod(0o755)
    close_folder(tmp_path)
    assert (mode(tmp_path), mode(tmp_path / "letters")) == (0o755, 0o755)


def test_what_belongs_to_another_account_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blobs").mkdir()

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    with capture_logs() as lines:
        close_folder(tmp_path)
    assert lines[0]["event"] == "data_folder_open"
    assert str(tmp_path) in lines[0]["message"] or "blobs" in lines[0]["message"]


def test_shared_models_stay_shared(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    set_file_mask()
    with replace_folder(tmp_path / "weights") as fresh:
        (fresh / "weights.bin").touch()
        share_as(tmp_path, fresh)
    assert mode(tmp_path / "weights") == 0o755
    assert mode(tmp_path / "weights" / "weights.bin") == 0o644
