"""Small documents made in code: PDF, DOCX, and an adapter."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import numpy as np
from safetensors.numpy import save_file

from tests.support.pdf_files import assembled

MUSEUM = b"""# Harbour Museum

## Opening hours

The museum opens at ten in the morning. It closes at six in the evening.

## Tickets

| Ticket | Price |
|---|---|
| Adult | 12 euros |
| Student | 7 euros |
"""


def pdf_bytes(*pages: str) -> bytes:
    """A minimal PDF with one line of text per line of each page."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, page in enumerate(pages):
        lines = b"".join(
            b"(" + line.replace("(", r"\(").replace(")", r"\)").encode("cp1252") + b") Tj 0 -16 Td "
            for line in page.split("\n")
        )
        stream = b"BT /F1 12 Tf 50 780 Td " + lines + b"ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return assembled(objects)


def docx_bytes() -> bytes:
    document = docx.Document()
    document.add_heading("Staff rules", 1)
    document.add_paragraph("Every employee has thirty days of holiday a year.")
    document.add_paragraph("Ask in writing", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Grade", "Salary", "Junior", "3000 euros"], strict=True):
        cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SCRIPTED_LAYERS = {"model.layers.0.self_attn.q_proj": (8, 8), "model.layers.0.mlp.down_proj": (16, 8)}


def adapter_tensors(
    layers: dict[str, tuple[int, int]] | None = None, rank: int = 2, seed: int = 0
) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    tensors = {}
    for name, (inputs, outputs) in (layers or SCRIPTED_LAYERS).items():
        prefix = f"base_model.model.{name}"
        tensors[f"{prefix}.lora_A.weight"] = random.normal(size=(rank, inputs)).astype(np.float32)
        tensors[f"{prefix}.lora_B.weight"] = random.normal(size=(outputs, rank)).astype(np.float32)
    return tensors


def adapter_config(**changes: Any) -> bytes:
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": "scripted",
        "r": 2,
        "lora_alpha": 4,
        "target_modules": ["q_proj", "down_proj"],
        "bias": "none",
        "use_rslora": False,
    }
    return json.dumps({**config, **changes}).encode()


def safetensors_bytes(tensors: dict[str, np.ndarray], folder: Path) -> bytes:
    path = folder / "adapter.safetensors"
    save_file(tensors, path)
    return path.read_bytes()


def adapter_upload(tmp_path: Path, seed: int = 0, **config: Any) -> dict[str, tuple[str, bytes]]:
    """The files of a multipart upload of a valid adapter for the scripted base."""
    weights = safetensors_bytes(adapter_tensors(seed=seed), tmp_path)
    return {
        "adapter_config.json": ("adapter_config.json", adapter_config(**config)),
        "adapter_model.safetensors": ("adapter_model.safetensors", weights),
    }
