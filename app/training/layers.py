"""The layers for training: a frozen weight with a low-rank update, and layers that need little activation memory.

They have their own autograd functions, because the generic ones store every intermediate. Here a layer stores only its
input and the product with A (rank columns). The SwiGLU product and the normalised input are recomputed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

CHUNK_LOGITS = 2**24  # logits in memory at a time, of some supervised positions: 64 MB in fp32
HEAD_SLICE = 2**14  # rows of a head stored in bf16 that are widened at a time


class FrozenWeight:
    """The weight (out_features, in_features) of a base layer: dense, or in 4 bits and dequantised for each use.

    It replaces bitsandbytes' layers, which would repack the weight in an evaluation pass.
    """

    def __init__(self, dense: torch.Tensor | None, packed: tuple[torch.Tensor, Any] | None = None) -> None:
        self._dense = dense
        self._packed = packed

    def dense(self, dtype: torch.dtype) -> torch.Tensor:
        if self._dense is not None:
            return self._dense.to(dtype)
        import bitsandbytes.functional as four_bit

        data, state = self._packed or (None, None)
        weight: torch.Tensor = four_bit.dequantize_4bit(data, state)
        return weight.to(dtype)

    def widened(self, dtype: torch.dtype) -> torch.Tensor:
        """The same as `dense`, for one product: the next call may overwrite it."""
        if self._dense is None or self._dense.dtype == dtype:
            return self.dense(dtype)
        return _copy_to_shared_space(self._dense, dtype)

    def replace(self, dense: torch.Tensor) -> None:
        """Set another weight, in a base model that nothing else uses. PiSSA needs this."""
        self._dense, self._packed = dense, None


# Widened weights share one space. Allocated for each use, between activations that stay, they leave gaps in the heap:
# a pass over 64 tokens of a 0.5-billion base took 1,150 MB instead of 150.
_shared_spaces: dict[tuple[torch.device, torch.dtype], torch.Tensor] = {}


def _copy_to_shared_space(weight: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    key, size = (weight.device, dtype), weight.numel()
    if key not in _shared_spaces or _shared_spaces[key].numel() < size:
        _shared_spaces[key] = torch.empty(size, dtype=dtype, device=weight.device)
    return _shared_spaces[key][:size].view(weight.shape).copy_(weight)


@dataclass(slots=True)
class UpdatedTokens:
    """The tokens of a micro-batch that updates change: all, or for activated LoRA (arXiv 2504.12397) the last ones."""

    activated: bool = False
    indexes: torch.Tensor | None = None  # (active tokens,) int64; None: all


class LoraLinear(nn.Module):
    """x W^T + b + scaling (dropout(x) A^T) B^T with W frozen, A and B in fp32 (arXiv 2106.09685).

    Tokens outside `updated_tokens` get x W^T + b.
    """

    def __init__(
        self, weight: FrozenWeight, bias: torch.Tensor | None, *, shape: tuple[int, int], rank: int, scaling: float
    ) -> None:
        super().__init__()
        self.out_features, self.in_features = shape
        self.weight = weight
        self.bias = bias
        self.scaling = scaling
        self.dropout = 0.0
        self.updated_tokens = UpdatedTokens()
        self.lora_A = nn.Parameter(torch.empty(rank, self.in_features))
        self.lora_B = nn.Parameter(torch.zeros(self.out_features, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) -> (..., out_features), in x's dtype."""
        mask, active = None, self.updated_tokens.indexes
        if self.training and self.dropout:
            shape = x.shape if active is None else (len(active), self.in_features)
            mask = torch.rand(shape, device=x.device) >= self.dropout
        result: torch.Tensor = _LowRankLinear.apply(  # type: ignore[no-untyped-call]
            x, self.down(), self.lora_B, self.weight, self.bias, self.scaling, mask, 1 / (1 - self.dropout), active
        )
        return result

    def down(self) -> torch.Tensor:
        """The matrix that multiplies the input first, (rank, in_features)."""
        return self.lora_A


class FrozenLinear(nn.Module):
    """x W^T + b, frozen; gradients pass through. For layers without an update."""

    def __init__(self, weight: FrozenWeight, bias: torch.Tensor | None) -> None:
        super().__init__()
        self.weight = weight
        self.bias = bias

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = _FrozenProduct.apply(x, self.weight, self.bias)  # type: ignore[no-untyped-call]
        return result


class _FrozenProduct(torch.autograd.Function):
    """Stores nothing: a weight that is widened for each use would stay in memory until the backward pass."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, weight: FrozenWeight, bias: torch.Tensor | None) -> torch.Tensor:
        ctx.weight = weight
        return functional.linear(x, weight.widened(x.dtype), bias)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> Any:
        return grads[0] @ ctx.weight.widened(grads[0].dtype), None, None


class _LowRankLinear(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        a: torch.Tensor,
        b: torch.Tensor,
        weight: FrozenWeight,
        bias: torch.Tensor | None,
        scaling: float,
        mask: torch.Tensor | None,
        mask_scale: float,
        active: torch.Tensor | None,
    ) -> torch.Tensor:
        rows = x.reshape(-1, x.shape[-1])  # (tokens, in)
        acted = rows if active is None else rows[active]  # (active tokens, in)
        dropped_out = acted if mask is None else acted * mask.reshape(acted.shape) * mask_scale
        inner = dropped_out @ a.to(x.dtype).t()  # (active tokens, rank)
        result = functional.linear(rows, weight.widened(x.dtype), bias)
        if active is None:
            result.addmm_(inner, b.to(x.dtype).t(), alpha=scaling)
        else:
            result.index_add_(0, active, inner @ b.to(x.dtype).t(), alpha=scaling)
        ctx.save_for_backward(acted, inner, a, b, mask, active)
        ctx.weight, ctx.scaling, ctx.mask_scale, ctx.shape = weight, scaling, mask_scale, x.shape
        return result.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> Any:
        acted, inner, a, b, mask, active = ctx.saved_tensors
        grad = grads[0].reshape(-1, grads[0].shape[-1])  # (tokens, out)
        grad = grad if active is None else grad[active]  # (active tokens, out)
        mask = None if mask is None else mask.reshape(acted.shape)
        dropped_out = acted if mask is None else acted * mask * ctx.mask_scale
        grad_b = (grad.t() @ inner).float().mul_(ctx.scaling)
        grad_inner = grad @ b.to(grad.dtype) * ctx.scaling  # (active tokens, rank)
        grad_a = (grad_inner.t() @ dropped_out).float()
        grad_x = None
        if ctx.needs_input_grad[0]:
            grad_x = grad @ ctx.weight.widened(grad.dtype)
            if mask is None:
                grad_x.addmm_(grad_inner, a.to(grad.dtype))
            else:
                grad_x += (grad_inner @ a.to(grad.dtype)) * mask * ctx.mask_scale
            if active is not None:
                # Tokens that no update changes depend on no trained parameter, so their gradient is not needed.
                whole = grad_x.new_zeros(ctx.shape).view(-1, ctx.shape[-1])
                grad_x = whole.index_copy_(0, active, grad_x)
            grad_x = grad_x.view(ctx.shape)
        return grad_x, grad_a, grad_b, None, None, None, None, None, None


class MemoryEfficientRMSNorm(nn.Module):
    """RMSNorm that stores its input and one number for each token for the backward pass."""

    def __init__(self, weight: torch.Tensor, eps: float) -> None:
        super().__init__()
        self.scale = weight.detach()
        self.eps = eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return normalise(x, self.scale, self.eps)


def normalise(x: torch.Tensor, scale: torch.Tensor, eps: float) -> torch.Tensor:
    """Divide x by its root mean square and multiply by `scale`, which gets no gradient."""
    result: torch.Tensor = _RMSNorm.apply(x, scale, eps)  # type: ignore[no-untyped-call]
    return result


class _RMSNorm(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, scale: torch.Tensor, eps: float) -> torch.Tensor:
        x_fp32 = x.float()
        inverse = torch.rsqrt(x_fp32.square().mean(-1, keepdim=True) + eps)  # (..., 1)
        ctx.save_for_backward(x, inverse, scale)
        return scale * (x_fp32 * inverse).to(x.dtype)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> Any:
        x, inverse, scale = ctx.saved_tensors
        normal = x.float() * inverse  # not in place: for fp32, float() returns x itself
        grad = grads[0].float() * scale
        along = (grad * normal).mean(-1, keepdim=True)
        return grad.sub_(normal.mul_(along)).mul_(inverse).to(x.dtype), None, None


class _SwiGLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, gate: torch.Tensor, up: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(gate, up)
        return functional.silu(gate).mul_(up)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> Any:
        gate, up = ctx.saved_tensors
        sigmoid = torch.sigmoid(gate)
        silu = gate * sigmoid
        grad_up = grads[0] * silu
        slope = silu.sub_(gate).neg_().mul_(sigmoid)  # gate * sigmoid * (1 - sigmoid)
        grad_gate = slope.add_(sigmoid).mul_(up).mul_(grads[0])
        return grad_gate, grad_up


class MemoryEfficientMLP(nn.Module):
    """down(silu(gate(x)) * up(x)), without storing the activation or a second copy of its parts."""

    def __init__(self, mlp: Any) -> None:
        super().__init__()
        self.gate_proj, self.up_proj, self.down_proj = mlp.gate_proj, mlp.up_proj, mlp.down_proj

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        product = _SwiGLU.apply(self.gate_proj(x), self.up_proj(x))  # type: ignore[no-untyped-call]
        result: torch.Tensor = self.down_proj(product)
        return result


class NarrowEmbedding(nn.Module):
    """An input layer that is stored in bf16 and read in fp32."""

    def __init__(self, weight: nn.Parameter) -> None:
        super().__init__()
        self.weight = weight

    def forward(self, token_ids: torch.Tensor) -> torch.Tensor:
        """(...) int64 -> (..., hidden_size) fp32."""
        return functional.embedding(token_ids, self.weight).float()


def head_chunk(vocabulary: int) -> int:
    """Supervised positions whose logits are in memory at a time."""
    return max(16, min(256, CHUNK_LOGITS // vocabulary))


def _logits(hidden: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
    """(chunk, hidden) and (vocabulary, hidden) -> (chunk, vocabulary) fp32."""
    if head.dtype == hidden.dtype:
        return (hidden @ head.t()).float()
    parts = (head[start : start + HEAD_SLICE] for start in range(0, len(head), HEAD_SLICE))
    return torch.cat([hidden @ part.to(hidden.dtype).t() for part in parts], -1)


def _states_gradient(share: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
    """(chunk, vocabulary) gradients of the logits -> (chunk, hidden)."""
    if head.dtype == share.dtype:
        return share @ head
    result = share.new_zeros(len(share), head.shape[1])
    for start in range(0, len(head), HEAD_SLICE):
        part = slice(start, start + HEAD_SLICE)
        result.addmm_(share[:, part], head[part].to(share.dtype))
    return result


class _HeadLoss(torch.autograd.Function):
    """Summed cross entropy of supervised positions; the logits are computed and freed in chunks."""

    @staticmethod
    def forward(ctx: Any, hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor) -> Any:
        grad = torch.empty_like(hidden)
        grad_head = torch.zeros_like(head, dtype=torch.float32) if ctx.needs_input_grad[1] else None
        loss = hidden.new_zeros((), dtype=torch.float32)
        correct = torch.zeros((), dtype=torch.long, device=hidden.device)
        chunk = head_chunk(len(head))
        for start in range(0, len(hidden), chunk):
            part = slice(start, start + chunk)
            logits = _logits(hidden[part], head)  # (chunk, vocabulary)
            correct += (logits.argmax(-1) == targets[part]).sum()
            logs = functional.log_softmax(logits, -1)
            loss -= logs.gather(1, targets[part, None]).sum()
            share = logs.exp_()
            share.scatter_add_(1, targets[part, None], -torch.ones_like(targets[part, None], dtype=torch.float32))
            grad[part] = _states_gradient(share.to(hidden.dtype), head)
            if grad_head is not None:
                grad_head += share.to(hidden.dtype).t() @ hidden[part]
        ctx.save_for_backward(grad, grad_head)
        ctx.mark_non_differentiable(correct)
        return loss, correct

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> Any:
        grad, grad_head = ctx.saved_tensors
        of_head = None if grad_head is None else (grad_head * grads[0]).to(grad.dtype)
        return grad * grads[0].to(grad.dtype), of_head, None


def head_loss(hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(summed loss, number of correct top-1 predictions) of states (targets, hidden), head (vocabulary, hidden)."""
    loss, correct = _HeadLoss.apply(hidden, head, targets)  # type: ignore[no-untyped-call]
    return loss, correct
