"""An adapter's files as one download."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from app.adapters.export_gguf import export_gguf
from app.adapters.validate import CONFIG, WEIGHTS


def zipped(folder: Path) -> bytes:
    """PEFT's two files in a ZIP; floating-point weights do not compress, so they are stored."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name in (CONFIG, WEIGHTS):
            archive.write(folder / name, name)
    return content.getvalue()


def gguf_bytes(folder: Path, base_folder: Path) -> bytes:
    """The adapter as GGUF for llama.cpp. Raises InvalidRequest for a base without a mapping."""
    with tempfile.TemporaryDirectory() as temporary:
        return export_gguf(folder, base_folder, Path(temporary) / "adapter.gguf").read_bytes()
