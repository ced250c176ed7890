"""SQLite is refused on a network file system; PostgreSQL's data folder may lie on one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from app.errors import InvalidRequest
from app.storage.database import open_database
from app.storage.filesystem import filesystem_of, network_filesystem


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[SimpleNamespace]:
    """The system's list of mounts, with a share of another machine below a local disk."""
    listed = [
        SimpleNamespace(mountpoint="/", fstype="ext4"),
        SimpleNamespace(mountpoint=str(tmp_path / "share"), fstype="nfs4"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: listed)
    return listed


def test_the_nearest_mount_above_a_folder_decides(mounts: list[SimpleNamespace], tmp_path: Path) -> None:
    assert filesystem_of(tmp_path) == "ext4"
    assert filesystem_of(tmp_path / "share" / "not" / "there") == "nfs4"
    assert network_filesystem(tmp_path) == ""
    assert network_filesystem(tmp_path / "share") == "nfs4"
    assert filesystem_of(tmp_path / "shared") == "ext4", "another folder, whose name begins like the share's"


def test_a_later_mount_hides_an_earlier_one(mounts: list[SimpleNamespace], tmp_path: Path) -> None:
    mounts.append(SimpleNamespace(mountpoint=str(tmp_path / "share"), fstype="tmpfs"))
    assert network_filesystem(tmp_path / "share") == ""


@pytest.mark.parametrize("kind", ["nfs", "cifs", "fuse.sshfs"])
def test_sqlite_on_a_share_is_refused_with_what_to_do(mounts: list[SimpleNamespace], tmp_path: Path, kind: str) -> None:
    mounts[1].fstype = kind
    folder = tmp_path / "share" / "data"
    with pytest.raises(InvalidRequest, match=rf"share/data lies on a network file system \({kind}\).*LORACLE_DATA_DIR"):
        open_database(folder)
    with pytest.raises(InvalidRequest, match="network file system"):
        open_database(tmp_path / "local", f"sqlite:///{folder / 'loracle.db'}")
    open_database(tmp_path / "local").close()


def test_with_postgresql_the_data_folder_may_be_a_share(mounts: list[SimpleNamespace], tmp_path: Path) -> None:
    open_database(tmp_path / "share" / "data", "postgresql://loracle@127.0.0.1:1/loracle").close()


def test_the_machine_names_the_file_system_of_a_folder(tmp_path: Path) -> None:
    assert filesystem_of(tmp_path)
    assert network_filesystem(tmp_path) == ""
