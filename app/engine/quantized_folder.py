"""The folder `quantized` inside a model's folder, where its 4-bit weights are kept, without reading a tensor.

Each set of weights has a folder there, which is complete or absent: safetensors files, and a manifest with their sizes
and hashes. It can be deleted at any time. Opening one checks the manifest and the sizes; `find_problems` the hashes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout
from safetensors import SafetensorError

log = structlog.get_logger(__name__)

FOLDER = "quantized"  # the manifest and the fingerprint of the model's own folder do not cover it
MANIFEST = "manifest.json"
FORMAT = 1
LOCK_TIMEOUT_S = 1800  # another process quantises meanwhile; a model of 8B takes minutes
# What reading damaged files raises: here, in safetensors, or in bitsandbytes.
FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError, RuntimeError, SafetensorError)


def write_manifest(folder: Path, key: Mapping[str, Any]) -> None:
    """Hash every file of a new folder. `key` is what its weights depend on."""
    files = {path.name: {"bytes": path.stat().st_size, "sha256": _sha256(path)} for path in sorted(folder.iterdir())}
    manifest = {"format": FORMAT, "key": key, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a folder's manifest. Raises one of FAULTS, also if its format is not this version's."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise ValueError(f"its format is {manifest['format']!r}, not {FORMAT}")
    return manifest


def checked_files(folder: Path, key: Mapping[str, Any]) -> list[Path]:
    """The files of a folder whose key and sizes are right: a quick check. Raises one of FAULTS."""
    manifest = read_manifest(folder)
    if manifest["key"] != key:
        raise ValueError("it holds other weights than its name says")
    for name, entry in manifest["files"].items():
        if (folder / name).stat().st_size != entry["bytes"]:
            raise ValueError(f"{name} does not have its {entry['bytes']} bytes")
    return [folder / name for name in manifest["files"]]


@contextmanager
def exclusive_access(root: Path) -> Iterator[bool]:
    """Let one process at a time quantise and write below `root`, which is created.

    Yields False, with a warning, if the folder cannot be written, or if another process is at it for too long.
    """
    lock = FileLock(root / ".lock", timeout=LOCK_TIMEOUT_S)
    try:
        root.mkdir(exist_ok=True)
        _acquire(lock)
    except (OSError, NotImplementedError) as fault:
        warn_not_kept(root, fault)
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _acquire(lock: FileLock) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        log.info("waiting_for_quantized_weights", of="another process")
        lock.acquire()


def remove_outdated(root: Path, key: Mapping[str, Any]) -> None:
    """Remove weights that this version of the model and the library will never read, and the rest of killed runs."""
    for folder in root.glob("*"):
        if not folder.is_dir():
            continue
        try:
            found = read_manifest(folder)["key"]
            outdated = any(found[name] != key[name] for name in ("weights", "bitsandbytes"))
        except FAULTS:
            outdated = True
        if outdated:
            shutil.rmtree(folder, ignore_errors=True)


def checkpoint_folders(model_folder: Path) -> list[Path]:
    """The folders of a model's kept 4-bit weights, one for each quantisation."""
    root = model_folder / FOLDER
    return sorted(path for path in root.glob("*") if path.is_dir() and not path.name.startswith("."))


def find_problems(model_folder: Path) -> list[str]:
    """Hash every file of a model's kept 4-bit weights. One message for each damaged set, which says what to do."""
    problems = []
    for folder in checkpoint_folders(model_folder):
        try:
            files = read_manifest(folder)["files"]
            damaged = [name for name, entry in files.items() if _sha256(folder / name) != entry["sha256"]]
            if damaged:
                raise ValueError(f"{', '.join(damaged)} is damaged")
        except FAULTS as fault:
            problems.append(f"{folder}: {fault}; delete this folder, the next start makes it again")
    return problems


def warn_not_kept(root: Path, fault: Exception) -> None:
    log.warning("quantized_weights_not_kept", folder=str(root), reason=str(fault)[:200], effect="slower starts")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
