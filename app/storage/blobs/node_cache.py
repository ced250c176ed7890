"""Copies of stored files and folders on this machine's disk: each written once, and bounded in their bytes together."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from weakref import WeakValueDictionary

from app.atomic_files import fsync_folder, fsync_tree
from app.storage.blobs.base import HeldFile

KEPT_SHARE = 0.8  # of the bound, after the longest unused were deleted
WRITES_PER_COUNT = 16  # the folder is measured again, as other processes write to it too
FORGOTTEN_S = 24 * 3600.0  # a copy that was not used for so long is deleted
ABANDONED_S = 24 * 3600.0  # a half-written copy of this age belongs to no process any more


class NodeCache:
    """Copies by their names, which have two parts: "ab/abcd". Thread-safe; the processes of a machine share it.

    When a new copy makes them too large, the longest unused go, but none that is held (a shared lock on the file) or
    was used in the last `idle_s` seconds: while everything is in use, the bound is exceeded. A copy that was not used
    for a day goes in any case: it may be of something that another machine deleted.
    """

    def __init__(self, folder: Path, max_bytes: int, *, idle_s: float = 0.0) -> None:
        self._kept = folder / "kept"
        self._incoming = folder / "incoming"
        self._max_bytes = max_bytes
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._fetches: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._bytes = 0
        self._writes = 0

    def incoming(self) -> Path:
        """A new path on the disk of the copies, for what `keep` gets."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        return self._incoming / secrets.token_hex(8)

    def keep(self, name: str, written: Path) -> None:
        """Make the file or folder `written` the copy of that name; a copy that is there already stays."""
        path, size = self.path(name), _size(written)
        path.parent.mkdir(parents=True, exist_ok=True)
        fsync_tree(written)
        with suppress(FileExistsError):  # the same name has the same content
            _name(written, path)
        fsync_folder(path.parent)
        self._make_room(size)

    def hold(self, name: str, fetch: Callable[[Path], None]) -> HeldFile:
        """The file of that name; `fetch` writes it to a path if it is not here. Raises what `fetch` raises."""
        while True:
            held = _held(self.path(name)) or self._fetch_held(name, fetch)
            if held is not None:
                return held

    def folder(self, name: str, fetch: Callable[[Path], None]) -> Path:
        """The folder of that name, used now; `fetch` fills an empty folder with it. Raises what `fetch` raises."""
        path = self.path(name)
        while True:
            with suppress(FileNotFoundError):
                os.utime(path)
                return path
            with self._fetched(name, fetch) as written:
                if written is not None:
                    self.keep(name, written)

    def path(self, name: str) -> Path:
        """Where a copy lies, whether it is there or not."""
        return self._kept / name

    def discard(self, name: str) -> None:
        self._remove(self.path(name))

    def unused(self, idle_s: float) -> list[str]:
        """The names of copies that were not used in the last `idle_s` seconds."""
        oldest = time.time() - idle_s
        return [f"{path.parent.name}/{path.name}" for used_at, _, path in self._entries() if used_at < oldest]

    def sweep(self) -> None:
        """Remove what killed processes left half-written."""
        oldest = time.time() - ABANDONED_S
        for path in self._incoming.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest:
                    _delete(path)

    def _fetch_held(self, name: str, fetch: Callable[[Path], None]) -> HeldFile | None:
        """Fetch a file, held before it counts; None if another thread or process has fetched it meanwhile."""
        with self._fetched(name, fetch) as written:
            if written is None:
                return None
            handle = written.open("rb")
            fcntl.flock(handle, fcntl.LOCK_SH)
            try:
                self.keep(name, written)
            except BaseException:
                handle.close()
                raise
            return _held_at(handle, self.path(name))

    @contextmanager
    def _fetched(self, name: str, fetch: Callable[[Path], None]) -> Iterator[Path | None]:
        """Where `fetch` wrote a copy, once at a time in this process; None if it is here meanwhile."""
        with self._turn(name):
            if self.path(name).exists():
                yield None
                return
            written = self.incoming()
            try:
                fetch(written)
                yield written
            finally:
                _delete(written)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        with self._lock:
            turn = self._fetches.get(name) or threading.Lock()
            self._fetches[name] = turn
        with turn:
            yield

    def _make_room(self, added: int) -> None:
        with self._lock:
            counted = self._writes % WRITES_PER_COUNT
            self._writes += 1
            self._bytes += added
            if counted and self._bytes <= self._max_bytes:
                return
            entries = sorted(self._entries())
            self._bytes = sum(size for _, size, _ in entries)
            target = self._bytes if self._bytes <= self._max_bytes else self._max_bytes * KEPT_SHARE
            for used_at, size, path in entries:
                unused_s = time.time() - used_at
                if unused_s < self._idle_s or (self._bytes <= target and unused_s < FORGOTTEN_S):
                    return
                if self._remove_unless_held(path):
                    self._bytes -= size

    def _remove_unless_held(self, path: Path) -> bool:
        if path.is_dir():
            self._remove(path)
            return True
        try:
            with path.open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            return True
        except BlockingIOError:
            return False
        return True

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """(time of the last use, bytes, path) of every copy."""
        for path in self._kept.glob("*/*"):
            with suppress(FileNotFoundError):
                yield path.stat().st_mtime, _size(path), path

    def _remove(self, path: Path) -> None:
        """A folder first loses its name: it is whole or not there at any moment."""
        if not path.is_dir():
            path.unlink(missing_ok=True)
            return
        nameless = self.incoming()
        with suppress(FileNotFoundError):
            path.rename(nameless)
            _delete(nameless)


def _held(path: Path) -> HeldFile | None:
    """A file, locked against removal; None if it is not there."""
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return None
    fcntl.flock(handle, fcntl.LOCK_SH)
    return _held_at(handle, path)


def _held_at(handle: BinaryIO, path: Path) -> HeldFile | None:
    """A locked file if it still has its name; else None, and it is closed."""
    try:
        if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
            os.utime(handle.fileno())
            return HeldFile(path, handle)
    except FileNotFoundError:
        pass
    handle.close()
    return None


def _name(written: Path, path: Path) -> None:
    """Give a file or folder its name. Raises FileExistsError if there is one of that name: it is not replaced."""
    if not written.is_dir():
        os.link(written, path)
        written.unlink()
        return
    try:
        written.rename(path)
    except OSError:
        if path.is_dir():
            raise FileExistsError(path) from None
        raise


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.iterdir()) if path.is_dir() else path.stat().st_size


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
