"""The file system that a folder lies on: SQLite needs one of this machine."""

from __future__ import annotations

from pathlib import Path

import psutil

from app.errors import InvalidRequest

# Over these, SQLite's write-ahead log has no shared memory between machines, and locks may hold nothing.
# Source: https://www.sqlite.org/wal.html, "all processes using a database must be on the same host computer".
NETWORK_FILESYSTEMS = frozenset(
    "afpfs afs beegfs ceph cifs davfs fuse.ceph fuse.ceph-fuse fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs "
    "fuse.sshfs glusterfs gpfs lustre nfs nfs3 nfs4 smb2 smb3 smbfs webdav".split()
)


def filesystem_of(folder: Path) -> str:
    """The kind of file system of a folder, as the system's list of mounts names it: "ext4", "nfs4"; "" if unknown.

    The folder need not exist yet: the nearest one above it decides.
    """
    path = folder.expanduser().resolve()
    mounts = {Path(mount.mountpoint): mount.fstype for mount in psutil.disk_partitions(all=True)}  # a later one hides
    return next((mounts[above] for above in (path, *path.parents) if above in mounts), "").lower()


def network_filesystem(folder: Path) -> str:
    """The kind of file system of a folder if it is another machine's, else ""."""
    kind = filesystem_of(folder)
    return kind if kind in NETWORK_FILESYSTEMS else ""


def refuse_network_filesystem(folder: Path) -> None:
    """Raises InvalidRequest if SQLite would lose data in this folder."""
    kind = network_filesystem(folder)
    if kind:
        raise InvalidRequest(
            f"{folder} lies on a network file system ({kind}), where SQLite can lose data: set LORACLE_DATA_DIR to a "
            "folder on a disk of this machine, or LORACLE_DATABASE_URL to a PostgreSQL database.",
            param="data_dir",
        )
