"""The files of an adapter as one download."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from app.adapters.peft_config import CONFIG, WEIGHTS
from app.numerics.pytorch import needs_pytorch


def zip_adapter(folder: Path) -> bytes:
    """A ZIP of PEFT's two files, uncompressed: floating-point weights do not compress."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name in (CONFIG, WEIGHTS):
            archive.write(folder / name, name)
    return content.getvalue()


def gguf_adapter(folder: Path, base_folder: Path) -> bytes:
    """The adapter as GGUF for llama.cpp. Raises InvalidRequest for a base without a mapping.

    Raises Unavailable if PyTorch is not installed.
    """
    with needs_pytorch("Exporting an adapter as GGUF"):
        from app.adapters.export_gguf import export_gguf
    with tempfile.TemporaryDirectory() as temporary:
        return export_gguf(folder, base_folder, Path(temporary) / "adapter.gguf").read_bytes()
