"""Adapter files in S3-compatible storage, with copies of those in use on this machine's disk."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from app.adapters.files.base import SHARED
from app.adapters.peft_config import CONFIG, WEIGHTS, write_config
from app.errors import NotFound, Unavailable
from app.storage.blobs.base import ORPHAN_AGE_S, file_sha256
from app.storage.blobs.bucket import Bucket
from app.storage.blobs.node_cache import NodeCache
from app.storage.faults import translate_faults

if TYPE_CHECKING:
    from app.adapters.validate import CleanAdapter

log = structlog.get_logger(__name__)
FOLDER = "adapters/"
FILES = (CONFIG, WEIGHTS)
IDLE_S = 3600.0  # longer than any request: a copy that one uses is not evicted under it


class S3AdapterFiles:
    """Two objects for each version. A tenant's path has a random part beside the content's hash, so that none is ever
    used again: a deletion on one machine cannot take what another one publishes at the same moment.
    """

    def __init__(self, bucket: Bucket, cache: NodeCache) -> None:
        self._bucket = bucket
        self._cache = cache

    def publish(self, owner: str, adapter: CleanAdapter, weights: Path) -> str:
        path = f"{owner}/{adapter.version}"
        if owner != SHARED:
            path += f"-{secrets.token_hex(4)}"
        with translate_faults():
            written = self._cache.incoming()
            try:
                written.mkdir()
                write_config(written, adapter.config)
                shutil.copyfile(weights, written / WEIGHTS)
                for name in FILES:
                    self._bucket.put(_key(path, name), written / name, file_sha256(written / name))
                self._cache.keep(path, written)
            finally:
                shutil.rmtree(written, ignore_errors=True)
        return path

    def locate(self, path: str) -> tuple[Path, Callable[[], object] | None]:
        return self._cache.path(path), partial(self.folder, path)

    def folder(self, path: str) -> Path:
        """The folder, used now. What was fetched is checked against the hash in its name before the first use."""
        with translate_faults():
            return self._cache.folder(path, partial(self._fetch, path))

    def delete(self, path: str) -> None:
        if path.startswith(f"{SHARED}/"):
            return
        self._cache.discard(path)
        self._delete_objects(_key(path, name) for name in FILES)

    def delete_later(self, path: str) -> None:
        """The copies on the machines are what is read: each goes when it was not used for an hour."""
        if not path.startswith(f"{SHARED}/"):
            self._delete_objects(_key(path, name) for name in FILES)

    def delete_owner(self, owner: str) -> None:
        try:
            keys = [one.key for one in self._bucket.list(f"{FOLDER}{owner}/")]
        except Unavailable as fault:
            log.warning("files_left_to_the_sweep", owner=owner, code=fault.code)
            return
        self._delete_objects(keys)

    def sweep(self, referenced: Collection[str]) -> int:
        self._cache.sweep()
        newest: dict[str, float] = defaultdict(float)
        for one in self._bucket.list(FOLDER):
            path = one.key.removeprefix(FOLDER).rpartition("/")[0]
            newest[path] = max(newest[path], one.modified_at.timestamp())
        orphans = [
            path
            for path, modified_at in newest.items()
            if path not in referenced and modified_at < time.time() - ORPHAN_AGE_S
        ]
        for path in orphans:
            self.delete(path)
        for path in self._cache.unused(IDLE_S):
            if path not in referenced:  # deleted by another machine
                self._cache.discard(path)
        return len(orphans)

    def _fetch(self, path: str, target: Path) -> None:
        from app.adapters.validate import content_version

        target.mkdir()
        try:
            for name in FILES:
                self._bucket.fetch(_key(path, name), target / name)
        except NotFound as fault:
            raise NotFound("No such adapter: its files are gone or damaged.", param="adapter") from fault
        config = json.loads((target / CONFIG).read_text(encoding="utf-8"))
        if content_version(config, target / WEIGHTS) != path.rpartition("/")[2].partition("-")[0]:
            log.error("adapter_files_of_another_version", path=path)
            raise NotFound("No such adapter: its files are damaged.", param="adapter")

    def _delete_objects(self, keys: Iterable[str]) -> None:
        for key in keys:
            try:
                self._bucket.delete(key)
            except Unavailable as fault:  # its row is gone already: the sweep deletes it
                log.warning("file_left_to_the_sweep", key=key, code=fault.code)


def _key(path: str, name: str) -> str:
    return f"{FOLDER}{path}/{name}"
