"""Fetches from the model hub with huggingface_hub, and asks first, briefly, whether the hub answers.

Without that question huggingface_hub repeats each request for half a minute before it gives up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TypeVar

from app.weights.folder import file_sha256
from app.weights.mirrors import HubFile, HubRepository, MirrorFailed

# No files that could run code: no pickles, no Python files.
HUB_PATTERNS = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja", "1_Pooling/*", "2_Normalize/*")
REQUEST_TIMEOUT_S = 5.0
ANSWER_LIMIT_S = 12.0  # of the whole question: a name may have many addresses, each with its own timeout
SHA256 = re.compile(r"[0-9a-f]{64}")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the hub describes it. Small files have no sha256 there."""

    name: str
    size: int
    sha256: str = ""


def describe_file(mirror: HubFile) -> RemoteFile:
    """Ask the hub for size and hash of the file. Raises MirrorFailed within `ANSWER_LIMIT_S`."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    url = hf_hub_url(mirror.repository, mirror.file, revision=mirror.revision)
    facts = _ask(lambda: get_hf_file_metadata(url, timeout=REQUEST_TIMEOUT_S))
    etag = facts.etag or ""
    return RemoteFile(mirror.file, facts.size or 0, etag if SHA256.fullmatch(etag) else "")


def describe_repository(mirror: HubRepository) -> list[RemoteFile]:
    """Ask the hub for the files that are fetched of a repository. Raises MirrorFailed within `ANSWER_LIMIT_S`."""
    from huggingface_hub import HfApi

    facts = _ask(
        lambda: HfApi().model_info(
            mirror.repository, revision=mirror.revision, files_metadata=True, timeout=REQUEST_TIMEOUT_S
        )
    )
    files = [
        RemoteFile(each.rfilename, each.size or 0, each.lfs.sha256 if each.lfs else "")
        for each in facts.siblings or []
        if any(fnmatch(each.rfilename, pattern) for pattern in HUB_PATTERNS)
    ]
    if outside := [file.name for file in files if not _stays_inside(file.name)]:
        raise MirrorFailed(f"the repository names a file outside of itself: {outside[0]!r}")
    if not any(file.name.endswith(".safetensors") for file in files):
        raise MirrorFailed(
            "the repository holds no .safetensors file; name one of its .gguf files: "
            "hf:<repository>@<revision>#<file>.gguf"
        )
    return files


def fetch_file(repository: str, revision: str, file: RemoteFile, folder: Path) -> Path:
    """Download one file into `folder`, going on where an earlier try stopped, and verify it. Raises MirrorFailed.

    huggingface_hub's own downloads begin anew in each process: its transport is used here, on a file that stays.
    """
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()  # the pull shows one of its own
    path = folder / file.name
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    if not file.sha256 or (partial.is_file() and partial.stat().st_size > file.size):
        partial.unlink(missing_ok=True)  # parts of two versions could not be told apart, or it is none of this file
    try:
        _append_rest(repository, revision, file, partial)
    except Exception as fault:
        raise MirrorFailed(_reason(fault)) from fault
    if file.sha256 and file_sha256(partial) != file.sha256:
        partial.unlink()
        raise MirrorFailed(f"{file.name} does not have the expected sha256: it was changed on its way")
    return partial.replace(path)


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _append_rest(repository: str, revision: str, file: RemoteFile, partial: Path) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # public, exported lazily

    with partial.open("ab") as out:
        http_get(
            hf_hub_url(repository, file.name, revision=revision),
            out,
            resume_size=out.tell(),
            headers={**build_hf_headers(), "Accept-Encoding": "identity"},
            expected_size=file.size,
        )


def _ask(question: Callable[[], Answer]) -> Answer:
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(question).result(timeout=ANSWER_LIMIT_S)
    except TimeoutError as slow:
        raise MirrorFailed(f"the hub did not answer within {ANSWER_LIMIT_S:.0f} s") from slow
    except Exception as fault:
        raise MirrorFailed(_reason(fault)) from fault
    finally:
        pool.shutdown(wait=False)


def _reason(fault: Exception) -> str:
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError

    text = next((line.strip() for line in str(fault).splitlines() if line.strip()), "")
    if isinstance(fault, GatedRepoError):
        return "the model is gated: accept its licence on the hub and set HF_TOKEN"
    if isinstance(fault, HfHubHTTPError):
        return f"the hub refused it ({type(fault).__name__}: {text[:160]})"
    return f"the hub cannot be reached ({type(fault).__name__}: {text[:160]})"
