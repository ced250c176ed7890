"""Detects the number formats that the processor computes in natively."""

from __future__ import annotations

from pathlib import Path


def native_bfloat16(device: str) -> bool:
    """True if matrix products in bf16 are faster than in fp32 on `device` ("cpu" or "cuda")."""
    if device == "cuda":
        import torch

        return bool(torch.cuda.is_bf16_supported())
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.is_file() and "avx512_bf16" in cpuinfo.read_text(encoding="ascii", errors="ignore")
