"""Fetches the files of adapters into a folder that is written once for each version."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from loracle_vllm.names import CONFIG, WEIGHTS, AdapterName, content_version

TIMEOUT_S = 60.0
LARGEST_BYTES = 2 << 30  # of one adapter

Fetch = Callable[[AdapterName, Path], bool]


class AdapterFault(Exception):
    """An adapter could not be fetched, or is not what its name says."""


class AdapterCache:
    """The adapters of one replica. A folder has its name only when it is whole and checked. Thread-safe."""

    def __init__(self, folder: Path, fetch: Fetch) -> None:
        """`fetch` writes the two files of a version into a folder; False: there is no such version."""
        self._folder = folder
        self._fetch = fetch
        self._lock = threading.Lock()

    def folder(self, adapter: AdapterName) -> Path | None:
        """The folder of the version's files; None if there is no such version. Raises AdapterFault."""
        target = self._folder / adapter.owner / adapter.version
        with self._lock:
            if target.is_dir():
                return target
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".fetch-") as scratch:
                return self._filled(adapter, Path(scratch), target)

    def _filled(self, adapter: AdapterName, scratch: Path, target: Path) -> Path | None:
        incoming = scratch / adapter.version
        incoming.mkdir()
        if not self._fetch(adapter, incoming):
            return None
        try:
            found = content_version(incoming)
        except (OSError, ValueError) as fault:
            raise AdapterFault(f"The files of {adapter.owner}/{adapter.version} cannot be read: {fault}") from fault
        if found != adapter.version:
            raise AdapterFault(f"What was fetched for {adapter.owner}/{adapter.version} is {found}; it is not loaded.")
        incoming.rename(target)
        return target


def source_of(origin: str, key: str) -> Fetch:
    """What fetches from an address of Loracle, or from a folder. Raises ValueError for one that is neither."""
    if origin.startswith(("http://", "https://")):
        if not key:
            raise ValueError("LORACLE_ADAPTERS_KEY is empty: give it a key of Loracle with the scope admin.")
        return lambda adapter, target: _download(origin.rstrip("/"), key, adapter, target)
    root = Path(origin)
    if not root.is_dir():
        raise ValueError(f"LORACLE_ADAPTERS_FROM={origin} is neither an address nor a folder.")
    return lambda adapter, target: _copy(root, adapter, target)


def _copy(root: Path, adapter: AdapterName, target: Path) -> bool:
    """Files of S3 have more behind the version in the folder's name."""
    owner = root / adapter.owner
    found = next((path for path in sorted(owner.glob(f"{adapter.version}*")) if (path / WEIGHTS).is_file()), None)
    if found is None:
        return False
    for name in (CONFIG, WEIGHTS):
        shutil.copyfile(found / name, target / name)
    return True


def _download(origin: str, key: str, adapter: AdapterName, target: Path) -> bool:
    url = f"{origin}/api/v1/tenants/{adapter.owner}/adapters/{adapter.version}"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310
            content = response.read(LARGEST_BYTES + 1)
    except urllib.error.HTTPError as fault:
        if fault.code == 404:
            return False
        raise AdapterFault(f"{url} answered {fault.code}: check LORACLE_ADAPTERS_KEY.") from fault
    except OSError as fault:
        raise AdapterFault(f"{url} does not answer: {fault}") from fault
    if len(content) > LARGEST_BYTES:
        raise AdapterFault(f"{url} sends more than {LARGEST_BYTES:,} bytes.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in (CONFIG, WEIGHTS):
                with archive.open(name) as packed, (target / name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
                    os.fsync(file.fileno())
    except (zipfile.BadZipFile, KeyError) as fault:
        raise AdapterFault(f"{url} sends no adapter: {fault}") from fault
    return True
