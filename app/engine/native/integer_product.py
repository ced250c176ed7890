"""Linear layers whose products are sums of whole numbers: 4-bit or 8-bit weights, activations quantised on the way.

4-bit weights keep their codes; each code is multiplied as a whole number of 7 bits (W4A8 in the literature, with
activations of 7 bits so that AVX2's sums of pairs fit). A head of 16 bits is quantised to 8 bits here, and its
activations to 15. What this changes is measured by `benchmarks.quantization`; see docs/decisions/0024.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from app.engine import native
from app.engine.native.product import TILE, NativeLinear, block_scales, concatenate_bias, is_plain, supports

LARGEST = 64  # integer.h: the largest looked-up weight, before OFFSET is added
OFFSET = 64
HEAD_BLOCK = 64  # weights of a head that share a scale
HEAD_LARGEST = 127
ROWS_AT_ONCE = 4096  # of a table that is quantised: an fp32 copy of a large one is large
MAX_BLOCK = 1024  # integer.h: PANEL


class IntegerLinear(NativeLinear):
    """x W^T + b for serving, with 4-bit weights and whole-number products. It has no gradients."""

    def __init__(self, layers: Sequence[Any]) -> None:
        """`layers` (Linear4bit that have not run yet) share their input; see `supports_integers`."""
        nn.Module.__init__(self)
        self.in_features = layers[0].in_features
        self.out_features = sum(layer.out_features for layer in layers)
        state = layers[0].weight.quant_state
        self._block = state.blocksize
        self._table, factor = lookup_table(state.code)
        self._tensors: list[torch.Tensor] = []
        addresses: list[int] = []
        self.quantized_bytes = self.plain_bytes = 0
        for layer in layers:
            weights, scales = _integer_tiles(layer), _tile_scales(layer) / factor
            self._tensors += [weights, scales]
            self.quantized_bytes += sum(one.numel() * one.element_size() for one in (weights, scales))
            for i in range(len(weights)):
                addresses += [weights[i].data_ptr(), scales[i].data_ptr()]
        self._tiles = torch.tensor(addresses)
        self._bias = concatenate_bias(layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) bf16 -> (..., out_features) bf16. Raises MemoryError."""
        y = x.new_empty(*x.shape[:-1], self.out_features)
        rows = x.reshape(-1, self.in_features)
        native.multiply_integers(rows, y.view(-1, self.out_features), self._tiles, self._table, self._block, self._bias)
        return y

    def addresses(self) -> list[int]:
        """The fields of a `matrix` struct in kernels.c. The addresses are valid as long as this layer lives."""
        bias = self._bias.data_ptr() if self._bias is not None else 0
        tiles, table = self._tiles.data_ptr(), self._table.data_ptr()
        return [tiles, self._tiles.numel() // 2, 0, self._block, bias, self.in_features, table]

    @torch.inference_mode()
    def as_dense(self) -> nn.Linear:
        """A plain bf16 layer with the same weights up to rounding."""
        dense = nn.Linear(self.in_features, self.out_features, bias=False, device="meta")
        pairs = zip(self._tensors[::2], self._tensors[1::2], strict=True)
        columns = torch.cat([_unpacked(weights, scales, self._table, self._block) for weights, scales in pairs])
        dense.weight = nn.Parameter(columns.bfloat16(), requires_grad=False)
        if self._bias is not None:
            dense.bias = nn.Parameter(self._bias.bfloat16(), requires_grad=False)
        return dense


class EightBitHead(NativeLinear):
    """The output layer in 8 bits: x W^T for serving, and the rows of W for an input layer that shares them."""

    def __init__(self, head: nn.Linear) -> None:
        """`head` is plain, in bf16; see `supports_eight_bits`."""
        nn.Module.__init__(self)
        self.in_features, self.out_features = head.in_features, head.out_features
        self._block = HEAD_BLOCK
        rows, scales = quantize_rows(head.weight.detach())
        # (tiles, inner / 2, 64, 2) and (tiles, blocks, 64)
        self._weights = rows.view(-1, TILE, self.in_features // 2, 2).transpose(1, 2).contiguous()
        self._scales = scales.view(-1, TILE, scales.shape[1]).transpose(1, 2).contiguous()
        self._tensors = [self._weights, self._scales]
        self._tiles = torch.tensor(
            [[one.data_ptr(), scale.data_ptr()] for one, scale in zip(self._weights, self._scales, strict=True)]
        )
        self._bias = head.bias.detach().float() if head.bias is not None else None
        self.quantized_bytes = self._weights.numel() + 4 * self._scales.numel()
        self.plain_bytes = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) bf16 -> (..., out_features) bf16. Raises MemoryError."""
        y = x.new_empty(*x.shape[:-1], self.out_features)
        rows = x.reshape(-1, self.in_features)
        native.multiply_integers(rows, y.view(-1, self.out_features), self._tiles, None, self._block, self._bias)
        return y

    def rows(self, indexes: torch.Tensor) -> torch.Tensor:
        """(...) int64 -> (..., in_features) bf16: the rows of W."""
        tile, column = indexes // TILE, indexes % TILE
        return _scaled(self._weights[tile, :, column].flatten(-2), self._scales[tile, :, column], HEAD_BLOCK).bfloat16()


class EightBitEmbedding(nn.Module):
    """The input layer in 8 bits: the rows of a head that shares its weights, or of a table of its own."""

    def __init__(self, table: EightBitHead | nn.Embedding) -> None:
        super().__init__()
        self._head = table if isinstance(table, EightBitHead) else None
        self.quantized_bytes = 0
        if isinstance(table, nn.Embedding):
            self._rows, self._scales = quantize_rows(table.weight.detach())
            self.quantized_bytes = self._rows.numel() + 4 * self._scales.numel()

    def forward(self, token_ids: torch.Tensor) -> torch.Tensor:
        """(...) int64 -> (..., hidden_size) bf16."""
        if self._head is not None:
            return self._head.rows(token_ids)
        return _scaled(self._rows[token_ids], self._scales[token_ids], HEAD_BLOCK).bfloat16()


def supports_integers(layers: Sequence[Any]) -> bool:
    """Whether these layers can become one IntegerLinear."""
    return (
        supports(layers)
        and not any(is_plain(layer) for layer in layers)
        and layers[0].weight.quant_state.blocksize <= MAX_BLOCK
        and layers[0].weight.quant_state.blocksize % 8 == 0
    )


def supports_eight_bits(head: Any) -> bool:
    """Whether this layer can become an EightBitHead."""
    return (
        is_plain(head)
        and head.weight.is_cpu
        and head.weight.dtype == torch.bfloat16
        and head.in_features % HEAD_BLOCK == 0
        and head.out_features % TILE == 0
        and native.available()
    )


def supports_eight_bit_rows(embedding: Any) -> bool:
    """Whether this layer can become an EightBitEmbedding. A subclass may scale its output, as Gemma's does."""
    return (
        type(embedding) is nn.Embedding
        and embedding.weight.is_cpu
        and embedding.weight.dtype == torch.bfloat16
        and embedding.embedding_dim % HEAD_BLOCK == 0
    )


def quantize_rows(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(rows, inner) -> int8 of that shape, and the scale of each block of HEAD_BLOCK, (rows, blocks) fp32."""
    rows, inner = weight.shape
    whole = torch.empty(rows, inner, dtype=torch.int8)
    scales = torch.empty(rows, inner // HEAD_BLOCK)
    for start in range(0, rows, ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        values = weight[part].float().view(-1, inner // HEAD_BLOCK, HEAD_BLOCK)
        scales[part] = values.abs().amax(-1) / HEAD_LARGEST
        whole[part] = (values / scales[part].clamp_min(1e-30)[..., None]).round().view(-1, inner).to(torch.int8)
    return whole, scales


def lookup_table(codes: torch.Tensor) -> tuple[torch.Tensor, float]:
    """(16,) values of a 4-bit weight -> (16,) uint8 of `code * factor + OFFSET`, and the factor.

    The factor is the one up to LARGEST with the smallest error of rounding.
    """
    values = codes.detach().float().cpu()
    factors = torch.linspace(0.7, 1.0, 301) * (LARGEST / float(values.abs().max()))
    errors = ((values * factors[:, None]).round() / factors[:, None] - values).square().sum(1)
    factor = float(factors[errors.argmin()])
    return ((values * factor).round() + OFFSET).to(torch.uint8), factor


def _integer_tiles(layer: Any) -> torch.Tensor:
    """(tiles, inner / 4, 128) uint8: 4 elements of columns c in the low, of columns 32 + c in the high halves."""
    out, inner = layer.out_features, layer.in_features
    packed = layer.weight.detach().view(-1)
    codes = torch.stack((packed >> 4, packed & 15), 1).view(-1, 2, TILE // 2, inner // 4, 4)
    halves = codes.permute(1, 0, 3, 2, 4)  # (half, tiles, inner / 4, 32, 4)
    return (halves[0] | (halves[1] << 4)).reshape(out // TILE, inner // 4, 2 * TILE)


def _tile_scales(layer: Any) -> torch.Tensor:
    """(tiles, inner / block, 64) fp32."""
    state = layer.weight.quant_state
    scales = block_scales(state).view(-1, TILE, layer.in_features // state.blocksize)
    return scales.transpose(1, 2).float().contiguous()


def _unpacked(weights: torch.Tensor, scales: torch.Tensor, table: torch.Tensor, block: int) -> torch.Tensor:
    """(columns, inner) fp32: the weights that the kernel multiplies by."""
    values = table.float() - OFFSET
    halves = torch.stack((values[(weights & 15).long()], values[(weights >> 4).long()]))  # (2, tiles, inner / 4, 128)
    columns = halves.view(*halves.shape[:-1], TILE // 2, 4).permute(1, 0, 3, 2, 4).flatten(3)  # (tiles, 2, 32, inner)
    return _scaled(columns.flatten(1, 2), scales.transpose(1, 2), block).flatten(0, 1)


def _scaled(whole: torch.Tensor, scales: torch.Tensor, block: int) -> torch.Tensor:
    """(..., inner) whole numbers and (..., inner / block) -> (..., inner) fp32: each block times its scale."""
    blocks = whole.float().view(*scales.shape, block)
    product: torch.Tensor = (blocks * scales[..., None]).flatten(-2)
    return product
