"""Root mean square normalisation by one native kernel, which replaces seven PyTorch operations."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from app.engine import native

WIDTH_MULTIPLE = 16


class NativeRMSNorm(nn.Module):
    """Replaces a model's own RMSNorm: scale by weight, or by 1 + weight with `plus_one`."""

    def __init__(self, weight: torch.Tensor, eps: float, *, plus_one: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.detach(), requires_grad=False)
        self.eps = eps
        self.plus_one = plus_one

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., dim) -> (..., dim), bf16."""
        return native.rms_norm(x, self.weight, self.eps, plus_one=self.plus_one)


@torch.inference_mode()
def use_native_norms(model: nn.Module) -> int:
    """Replace each RMSNorm of `model` with which the native kernel agrees on a probe. Returns the number replaced."""
    replaced = 0
    for parent in list(model.modules()) if native.available() else []:
        for name, child in list(parent.named_children()):
            native_norm = _native_equivalent(child)
            if native_norm is not None:
                setattr(parent, name, native_norm)
                replaced += 1
    return replaced


def _native_equivalent(norm: Any) -> NativeRMSNorm | None:
    weight = getattr(norm, "weight", None)
    eps = getattr(norm, "variance_epsilon", getattr(norm, "eps", None))
    if not type(norm).__name__.endswith("RMSNorm") or isinstance(norm, NativeRMSNorm) or eps is None:
        return None
    if weight is None or not weight.is_cpu or weight.dtype != torch.bfloat16 or weight.shape[0] % WIDTH_MULTIPLE:
        return None
    probe = torch.randn(4, weight.shape[0], generator=torch.Generator().manual_seed(0)).bfloat16()
    expected = norm(probe)
    for plus_one in (False, True):
        native_norm = NativeRMSNorm(weight, eps, plus_one=plus_one)
        if torch.allclose(native_norm(probe), expected, rtol=2**-7, atol=1e-6):  # one bf16 rounding
            return native_norm
    return None
