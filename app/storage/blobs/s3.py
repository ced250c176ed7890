"""Stored files in S3-compatible storage, with copies of those in use on this machine's disk."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from pathlib import Path

import structlog

from app.errors import Unavailable
from app.storage.blobs.base import ORPHAN_AGE_S, BlobWriter, HeldFile, StagedBlob, checked_name, new_name
from app.storage.blobs.bucket import Bucket
from app.storage.blobs.node_cache import NodeCache
from app.storage.faults import translate_faults

log = structlog.get_logger(__name__)
FOLDER = "blobs/"  # before the names, which lie flat: object storage has no folders to be kept small


class S3Blobs:
    """Each file is an object with its hash. What is read was fetched whole and checked before its first byte is used.

    `derived` is a folder of this machine as of `LocalBlobs`. With `presigned`, browsers download from the storage.
    """

    def __init__(self, bucket: Bucket, cache: NodeCache, derived: Path, *, presigned: bool = False) -> None:
        self._bucket = bucket
        self._cache = cache
        self._derived = derived
        self._presigned = presigned

    def writer(self, max_bytes: int) -> BlobWriter:
        """Writes to this machine's disk until the hash is known; `commit` sends the file and keeps it as a copy."""
        name = new_name()

        def store(path: Path, staged: StagedBlob) -> None:
            self._bucket.put(FOLDER + name, path, staged.sha256)
            self._cache.keep(_copy_name(name), path)

        with translate_faults():
            path = self._cache.incoming()
        return BlobWriter(path, name, max_bytes, store)

    def hold(self, name: str) -> HeldFile:
        with translate_faults():
            return self._cache.hold(_copy_name(name), lambda target: self._bucket.fetch(FOLDER + name, target))

    def exists(self, name: str) -> bool:
        return self._bucket.sha256(FOLDER + checked_name(name)) is not None

    def delete(self, name: str) -> None:
        self._forget(name)
        try:
            self._bucket.delete(FOLDER + name)
        except Unavailable as fault:  # its row is gone already: the sweep deletes it
            log.warning("file_left_to_the_sweep", name=name, code=fault.code)

    def sweep(self, referenced: Collection[str], older_than_s: float = ORPHAN_AGE_S) -> int:
        newest = time.time() - older_than_s
        orphans = 0
        for one in self._bucket.list(FOLDER):
            name = one.key.removeprefix(FOLDER)
            if name not in referenced and one.modified_at.timestamp() < newest:
                self.delete(name)
                orphans += 1
        self._sweep_copies(referenced, older_than_s)
        return orphans

    def download_url(self, name: str, filename: str) -> str | None:
        return self._bucket.url(FOLDER + checked_name(name), filename) if self._presigned else None

    def _sweep_copies(self, referenced: Collection[str], older_than_s: float) -> None:
        """Forget files that other machines deleted."""
        self._cache.sweep()
        for copy in self._cache.unused(older_than_s):
            name = copy.partition("/")[2]
            if name not in referenced:
                self._forget(name)
        for folder in self._derived.glob("??/*"):
            if folder.name not in referenced:
                shutil.rmtree(folder, ignore_errors=True)

    def _forget(self, name: str) -> None:
        self._cache.discard(_copy_name(name))
        shutil.rmtree(self._derived / name[:2] / name, ignore_errors=True)


def _copy_name(name: str) -> str:
    return f"{checked_name(name)[:2]}/{name}"
