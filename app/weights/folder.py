"""Model folders on disk, which are complete or absent and have a manifest with the sha256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.atomic_files import replace_folder
from app.errors import WeightsUnavailable

MANIFEST = "loracle-manifest.json"
QUANTIZED = "quantized"  # the engine keeps a model's 4-bit weights in this folder inside; no part of the model
REQUIRED_FILES = ("config.json", "tokenizer.json")


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A temporary folder that becomes `target` with a manifest when the block ends well, and vanishes otherwise."""
    with replace_folder(target) as folder:
        yield folder
        write_manifest(folder)


def write_manifest(folder: Path) -> None:
    """Hash every file of the folder. The manifest is written last, so its presence means completeness."""
    files = {
        str(path.relative_to(folder)): file_sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, str]:
    """The manifest as relative path -> sha256; empty if the folder has none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    files: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["files"]
    return files


def is_complete(folder: Path) -> bool:
    """Whether all files of the manifest are there. Their content is not read, unlike in `problems`."""
    manifest = read_manifest(folder)
    return bool(manifest) and all((folder / name).is_file() for name in manifest)


def problems(folder: Path) -> list[str]:
    """Problems of a folder with a manifest, one message for each file; empty if there are none."""
    manifest = read_manifest(folder)
    if not manifest:
        return [f"{folder} is missing or incomplete"]
    return [
        f"{name} is {'damaged' if (folder / name).is_file() else 'missing'}"
        for name, sha256 in manifest.items()
        if not (folder / name).is_file() or file_sha256(folder / name) != sha256
    ]


def fingerprint(folder: Path) -> str:
    """16 hex digits that identify the content of a folder, independently of its path."""
    manifest = read_manifest(folder) or {
        path.name: file_sha256(path)
        for path in sorted(folder.glob("*"))
        if path.suffix in {".json", ".safetensors", ".jinja"}
    }
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:16]


def generates_text(folder: Path) -> bool:
    """Whether the folder holds a causal language model, by its configuration."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return any(str(name).endswith("ForCausalLM") for name in config.get("architectures") or ())


def _is_static(folder: Path) -> bool:
    """Whether the folder holds a sentence-transformers StaticEmbedding: a table and a tokenizer, no transformer."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return any(str(module.get("type", "")).endswith("StaticEmbedding") for module in modules)


def check_folder(folder: Path) -> Path:
    """Return `folder` if its model can be loaded without running code. Raises WeightsUnavailable otherwise."""
    if not folder.is_dir():
        raise WeightsUnavailable(f"There is no folder {folder}; check the path: source.")
    missing = [name for name in REQUIRED_FILES if not (folder / name).is_file()]
    if missing and not _is_static(folder):
        raise WeightsUnavailable(f"{folder} holds no {' and no '.join(missing)}: not a transformers model folder.")
    if not any(QUANTIZED not in path.parts[len(folder.parts) :] for path in folder.rglob("*.safetensors")):
        raise WeightsUnavailable(
            f"{folder} holds no .safetensors file. Pickled weights (.bin, .pt) can run code and are not loaded; "
            "save the model with save_pretrained(..., safe_serialization=True)."
        )
    return folder
