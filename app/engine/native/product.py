"""Linear layers that share an input, run as one matrix product: 4-bit weights stay 4-bit, bf16 weights stay bf16."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from app.engine import native

TILE = 64  # columns
UNPACK_MIN_ROWS = 32  # on AVX2, from this many rows the weights are unpacked and multiplied in fp32
WEIGHTS_PER_UNPACK = 2**19  # weights that are unpacked at a time
VECTOR = 16  # columns c, c + 16, c + 32 and c + 48 of a tile share 16 bits


class NativeLinear(nn.Module):
    """x W^T + b for serving, on the native kernels. It has no gradients, and its weight cannot be read back."""

    compute_dtype = torch.bfloat16

    def __init__(self, layers: Sequence[Any]) -> None:
        """`layers` (Linear4bit that have not run yet, or nn.Linear in bf16) share their input; see `supports`."""
        super().__init__()
        self.in_features = layers[0].in_features
        self.out_features = sum(layer.out_features for layer in layers)
        state = next((layer.weight.quant_state for layer in layers if not is_plain(layer)), None)
        self._block = state.blocksize if state is not None else self.in_features
        self._codes = (state.code if state is not None else torch.zeros(16)).to(torch.bfloat16).repeat(2)
        self.quantized_bytes = self.plain_bytes = 0
        self._tensors: list[torch.Tensor] = []
        addresses: list[int] = []
        for layer in layers:
            weights, scales = _plain_tiles(layer) if is_plain(layer) else _four_bit_tiles(layer)
            self._tensors += [weights, scales]
            size = weights.numel() * weights.element_size() + scales.numel() * scales.element_size()
            if is_plain(layer):
                self.plain_bytes += size
            else:
                self.quantized_bytes += size
            for i in range(len(weights)):
                addresses += [weights[i].data_ptr(), scales[i].data_ptr() if len(scales) else 0]
        self._tiles = torch.tensor(addresses)
        self._bias = concatenate_bias(layers)
        self._can_unpack = native.can_unpack()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) bf16 -> (..., out_features) bf16."""
        rows = x.reshape(-1, self.in_features)
        y = x.new_empty(*x.shape[:-1], self.out_features)
        if self._can_unpack and len(rows) >= UNPACK_MIN_ROWS:
            self._multiply_unpacked(rows, y.view(-1, self.out_features))
        else:
            native.multiply(rows, y.view(-1, self.out_features), self._tiles, self._codes, self._block, self._bias)
        return y

    def _multiply_unpacked(self, x: torch.Tensor, y: torch.Tensor) -> None:
        """Multiply in fp32, as many columns at a time as keep their weights in the processor's cache."""
        x = x.float()
        width = max(1, WEIGHTS_PER_UNPACK // (self.in_features * TILE)) * TILE
        for first in range(0, self.out_features, width):
            columns = slice(first, min(first + width, self.out_features))
            weights = torch.empty(self.in_features, columns.stop - first)
            tiles = self._tiles[2 * first // TILE : 2 * columns.stop // TILE]
            native.unpack(tiles, self._codes, self._block, weights)
            if self._bias is None:
                y[:, columns] = x @ weights
            else:
                y[:, columns] = torch.addmm(self._bias[columns], x, weights)

    def addresses(self) -> list[int]:
        """The fields of a `matrix` struct in kernels.c. The addresses are valid as long as this layer lives."""
        bias = self._bias.data_ptr() if self._bias is not None else 0
        tiles = self._tiles.data_ptr()
        return [tiles, self._tiles.numel() // 2, self._codes.data_ptr(), self._block, bias, self.in_features, 0]

    @torch.inference_mode()
    def as_dense(self) -> nn.Linear:
        """A plain bf16 layer with the same results up to rounding."""
        dense = nn.Linear(self.in_features, self.out_features, bias=False, device="meta")
        eye = torch.eye(self.in_features, dtype=torch.bfloat16)
        columns = torch.empty(self.in_features, self.out_features, dtype=torch.bfloat16)
        native.multiply(eye, columns, self._tiles, self._codes, self._block, None)
        dense.weight = nn.Parameter(columns.t().contiguous(), requires_grad=False)
        if self._bias is not None:
            dense.bias = nn.Parameter(self._bias.bfloat16(), requires_grad=False)
        return dense


def supports(layers: Sequence[Any]) -> bool:
    """Whether these layers can become a NativeLinear."""
    import bitsandbytes as bnb

    blocks = set()
    for layer in layers:
        if not isinstance(layer, nn.Linear) or not layer.weight.is_cpu:
            return False
        if layer.out_features % TILE or layer.in_features % 2:
            return False
        if isinstance(layer, bnb.nn.Linear4bit):
            state = layer.weight.quant_state
            if layer.compute_dtype != torch.bfloat16 or getattr(state, "packing_format_for_cpu", False):
                return False
            blocks.add((state.blocksize, state.quant_type))
            if layer.in_features % state.blocksize:
                return False
        elif not (is_plain(layer) and layer.weight.dtype == torch.bfloat16):
            return False
    return len(blocks) <= 1 and native.available()


def is_plain(layer: Any) -> bool:
    return type(layer) is nn.Linear


def _plain_tiles(layer: nn.Linear) -> tuple[torch.Tensor, torch.Tensor]:
    """(tiles, inner / 2, 64, 2) bf16, and no scales."""
    tiles = layer.weight.detach().view(-1, TILE, layer.in_features // 2, 2).transpose(1, 2)
    return tiles.contiguous(), torch.empty(0)


def _four_bit_tiles(layer: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Code indexes, (tiles, inner / 2, 32) int16 with four each, and scales, (tiles, inner / block, 64) fp32."""
    state = layer.weight.quant_state
    out, inner = layer.out_features, layer.in_features
    packed = layer.weight.detach().view(-1)
    codes = torch.stack((packed >> 4, packed & 15), 1).view(out, inner).int()  # the earlier code is in the high half
    # (tiles, vector, column, pair, of the pair) -> (tiles, pair, vector, lane = (column, of the pair))
    lanes = codes.view(-1, TILE // VECTOR, VECTOR, inner // 2, 2).permute(0, 3, 1, 2, 4).flatten(3)
    words = torch.zeros_like(lanes[:, :, 0])
    for v in range(TILE // VECTOR):
        words |= lanes[:, :, v] << (4 * v)
    scales = block_scales(state).view(-1, TILE, inner // state.blocksize).transpose(1, 2)
    return words.to(torch.int16).contiguous(), scales.float().contiguous()


def block_scales(state: Any) -> torch.Tensor:
    """One dequantised scale for each block, in the order of the weights."""
    from bitsandbytes.functional import dequantize_blockwise

    scales: torch.Tensor = state.absmax
    if state.nested:
        scales = dequantize_blockwise(scales, state.state2) + state.offset
    return scales


def concatenate_bias(layers: Sequence[Any]) -> torch.Tensor | None:
    """(sum of out_features,) fp32; None if no layer has a bias."""
    if all(layer.bias is None for layer in layers):
        return None
    parts = [torch.zeros(layer.out_features) if layer.bias is None else layer.bias.float() for layer in layers]
    return torch.cat(parts).detach().contiguous()
