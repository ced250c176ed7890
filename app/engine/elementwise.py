"""Rotary position embedding and gated activations by one native kernel each, in place of a dozen operations."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

import torch
from torch import nn

from app.engine import native

ROTARY = "apply_rotary_pos_emb"  # the function that transformers' attention modules call by this global name
HALF_MULTIPLE = 16
MAX_ERROR = 2**-5
Rotary = Callable[..., tuple[torch.Tensor, torch.Tensor]]


@torch.inference_mode()
def use_native_elementwise(model: nn.Module) -> int:
    """Switch modules of `model` to the native kernels where they agree on a probe. Returns the number switched."""
    if not native.available():
        return 0
    return sum(_use_native_rotary(module) or _use_native_gate(module) for module in model.modules())


def _use_native_rotary(attention: Any) -> bool:
    """Give one module its own copy of `forward`, in which the rotary function's name refers to the native one."""
    forward = type(attention).forward
    original = getattr(forward, "__globals__", {}).get(ROTARY)
    if original is None or ROTARY not in forward.__code__.co_names or not _rotary_agrees(original):
        return False
    names = {**forward.__globals__, ROTARY: _native_rotary(original)}
    copied = FunctionType(forward.__code__, names, forward.__name__, forward.__defaults__, forward.__closure__)
    copied.__kwdefaults__ = forward.__kwdefaults__
    attention.forward = MethodType(copied, attention)
    return True


def _native_rotary(original: Rotary) -> Rotary:
    def native_version(
        q: torch.Tensor, k: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, **others: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """q, k (1, heads, rows, dim) and cos, sin (1, rows, dim). Other shapes and types use the original."""
        fits = q.dtype == k.dtype == cos.dtype == torch.bfloat16 and q.shape[-1] == cos.shape[-1] and q.is_cpu
        if others or not fits or len(q) != 1 or len(cos) != 1 or cos.shape[-1] % (2 * HALF_MULTIPLE):
            return original(q, k, cos, sin, **others)
        return native.rotate(q[0], cos[0], sin[0])[None], native.rotate(k[0], cos[0], sin[0])[None]

    return native_version


def _rotary_agrees(original: Rotary) -> bool:
    random = torch.Generator().manual_seed(0)
    q, k = (torch.randn(1, heads, 3, 64, generator=random).bfloat16() for heads in (4, 2))
    cos, sin = (torch.randn(1, 3, 64, generator=random).bfloat16() for _ in range(2))
    expected, got = original(q, k, cos, sin), _native_rotary(original)(q, k, cos, sin)
    return all(torch.allclose(a, b, rtol=2**-6, atol=2**-6) for a, b in zip(expected, got, strict=True))


def _use_native_gate(mlp: Any) -> bool:
    """Replace the forward of an MLP that computes down(act(gate(x)) * up(x)), where `act` is SiLU or GELU with tanh."""
    names = [name for name, _ in mlp.named_children()]
    if names[:3] != ["gate_proj", "up_proj", "down_proj"] or mlp.gate_proj.out_features % HALF_MULTIPLE:
        return False
    return any(_gate_agrees(mlp, gelu=gelu) for gelu in (False, True))


def _gate_agrees(mlp: Any, *, gelu: bool) -> bool:
    """Replace the forward of `mlp` by the native gate if they agree on a probe; `mlp.native_gelu` says which gate."""
    original = mlp.forward

    def native_version(x: torch.Tensor) -> torch.Tensor:
        gates, ups = mlp.gate_proj(x), mlp.up_proj(x)
        if gates.dtype != torch.bfloat16 or not gates.is_cpu:
            return original(x)  # type: ignore[no-any-return]
        width = gates.shape[-1]
        gated = native.gate(gates.view(-1, width), ups.view(-1, width), gelu=gelu).view(gates.shape)
        return mlp.down_proj(gated)  # type: ignore[no-any-return]

    probe = torch.randn(3, mlp.gate_proj.in_features, generator=torch.Generator().manual_seed(0)).bfloat16()
    try:
        expected = original(probe)
    except RuntimeError:  # the module does not run in bf16 on the CPU
        return False
    # Of the norm: where activations are quantised, an element may move by a whole step.
    if (native_version(probe) - expected).float().norm() > MAX_ERROR * expected.float().norm():
        return False
    mlp.forward = native_version
    mlp.native_gelu = gelu
    return True
