"""A folder of what was read from pages, by the file that it comes from, with a bound on its size.

It is a cache: whatever is lost or refused is read again. Whoever deletes a stored file deletes its folder here.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from contextlib import suppress
from pathlib import Path

KEPT_SHARE = 0.8  # of the bound, after the oldest were deleted
WRITES_PER_COUNT = 64  # the folder is measured again, as other processes write to it too


class PageCache:
    """Reads and writes entries. Thread-safe; an operation that the disk refuses does nothing."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        """`max_bytes` 0: nothing is kept."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._bytes = 0
        self._writes = 0

    def read(self, blob: str, name: str) -> bytes | None:
        """An entry, which thereby becomes the newest; None if there is none."""
        path = self._path(blob, name)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data

    def write(self, blob: str, name: str, data: bytes) -> None:
        """Keep an entry, and delete the oldest ones if there is no room."""
        if len(data) > self._max_bytes:
            return
        path = self._path(blob, name)
        temporary = path.with_name(f"{name}.{secrets.token_hex(4)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return
        self._make_room(len(data))

    def discard(self, blob: str) -> None:
        """Delete the entries of a file."""
        shutil.rmtree(self._path(blob, "").parent, ignore_errors=True)

    def _path(self, blob: str, name: str) -> Path:
        """The server makes every `blob` and `name`: never from a caller."""
        if not blob.isalnum() or "/" in name:
            raise ValueError(f"not an entry: {blob!r} {name!r}")
        return self._folder / blob[:2] / blob / (name or "-")

    def _make_room(self, added: int) -> None:
        with self._lock:
            counted = self._writes % WRITES_PER_COUNT
            self._writes += 1
            self._bytes += added
            if counted and self._bytes <= self._max_bytes:
                return
            entries = sorted(self._entries())
            self._bytes = sum(size for _, size, _ in entries)
            if self._bytes <= self._max_bytes:
                return
            for _, size, path in entries:
                if self._bytes <= self._max_bytes * KEPT_SHARE:
                    return
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                self._bytes -= size

    def _entries(self) -> list[tuple[float, int, Path]]:
        """(time of the last use, bytes, path) of every entry."""
        found = []
        for path in self._folder.glob("??/*/*"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        return found
