"""bitsandbytes is imported without PyTorch's compiler, and works."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import torch
from app.numerics.bitsandbytes_import import import_bitsandbytes

compiler = torch.compile
import_bitsandbytes()
import_bitsandbytes()
assert torch.compile is compiler
assert not [name for name in sys.modules if name.startswith(("torch._inductor", "torch._dynamo"))]
import bitsandbytes.functional as four_bit
weight = torch.randn(64, 64)
for block in (64, 2048):  # the larger one runs on the fallback where there is AVX512
    error = four_bit.dequantize_4bit(*four_bit.quantize_4bit(weight, blocksize=block, quant_type="nf4")) - weight
    assert error.abs().mean() < 0.2
"""


def test_compiler_is_not_loaded_and_restored() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=120)
