"""Replaces a model's linear layers by bitsandbytes' 4-bit or 8-bit layers, one at a time, for serving only.

On processors with AVX512-BF16, bitsandbytes repacks a 4-bit weight in place at its first forward in eval mode.
Therefore a model that has served must never be trained or merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from app.engine.base_identity import QuantizationRecipe
from app.engine.native.integer_product import EightBitEmbedding
from app.engine.native.product import NativeLinear
from app.errors import WeightsUnavailable

ROWS_MULTIPLE = 32  # required by the packed CPU kernel


def quantize_model(
    model: nn.Module, recipe: QuantizationRecipe, *, compute_dtype: torch.dtype, device: str = "cpu"
) -> None:
    """Quantise every linear layer except the head and those in `keep`, in place, and move the model to `device`.

    Layers are moved one by one, so the device never holds the unquantised model, which may not fit there.
    Raises WeightsUnavailable if a layer's shape does not fit the kernels.
    """
    if recipe.method != "none":
        for name in [name for name, _ in linears_to_quantize(model, recipe)]:  # no list of layers: each is freed
            model.set_submodule(name, _quantized(model.get_submodule(name), recipe, compute_dtype, device))
    model.to(device)


def footprint(model: nn.Module) -> tuple[int, int]:
    """Current memory use: (bytes of quantised layers, bytes of all others). Shared weights count once."""
    import bitsandbytes as bnb

    seen: set[int] = set()
    quantized = other = 0
    for layer in model.modules():
        if isinstance(layer, NativeLinear):
            quantized += layer.quantized_bytes
            other += layer.plain_bytes
            continue
        if isinstance(layer, EightBitEmbedding):
            quantized += layer.quantized_bytes
            continue
        weight = getattr(layer, "weight", None)
        if weight is None or list(layer.children()) or weight.data_ptr() in seen:
            continue
        seen.add(weight.data_ptr())
        if isinstance(weight, bnb.nn.Params4bit | bnb.nn.Int8Params):
            quantized += layer_bytes(layer)
        else:
            other += layer_bytes(layer)
    return quantized, other


def layer_bytes(layer: nn.Module) -> int:
    """Bytes of a layer's weights, including quantisation statistics."""
    size: int = sum(parameter.numel() * parameter.element_size() for parameter in layer.parameters())
    state: Any = getattr(getattr(layer, "weight", None), "quant_state", None)
    if state is None:
        return size
    size += state.absmax.numel() * state.absmax.element_size()
    nested = getattr(state, "state2", None)  # absent after the CPU has packed the weight
    if nested is not None:
        size += nested.absmax.numel() * nested.absmax.element_size()
    return size


def linears_to_quantize(model: nn.Module, recipe: QuantizationRecipe) -> Iterator[tuple[str, nn.Linear]]:
    """Yield the full name and the layer of every plain linear layer except the head and those in `recipe.keep`."""
    get_head: Any = getattr(model, "get_output_embeddings", lambda: None)
    head = get_head()
    for prefix, parent in model.named_modules():
        for name, child in parent.named_children():
            if type(child) is nn.Linear and child is not head and name not in recipe.keep:
                yield f"{prefix}.{name}" if prefix else name, child


def quantize_to_four_bit(
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    recipe: QuantizationRecipe,
    *,
    compute_dtype: torch.dtype,
    device: str,
) -> nn.Module:
    """Quantise one weight (out_features, in_features) to a Linear4bit on `device`. Raises WeightsUnavailable."""
    import bitsandbytes as bnb

    rows, columns = weight.shape
    _check_shape(rows, columns, recipe.block_size)
    layer = empty_four_bit_layer(rows, columns, bias, compute_dtype)
    layer.weight = bnb.nn.Params4bit(
        weight,
        requires_grad=False,
        blocksize=recipe.block_size,
        compress_statistics=recipe.double_quantization,
        quant_type=recipe.method,
        module=layer,
    )
    layer.to(device)  # bitsandbytes quantises here
    return finish_four_bit_layer(layer)


def finish_four_bit_layer(layer: Any) -> nn.Module:
    """End the cycle of references between a quantised layer and its weight: it would outlive its use for long."""
    layer.weight.module = None
    finished: nn.Module = layer.eval()
    return finished


def empty_four_bit_layer(rows: int, columns: int, bias: torch.Tensor | None, compute_dtype: torch.dtype) -> Any:
    """A Linear4bit of `columns` inputs and `rows` outputs whose weight is still to be set."""
    import bitsandbytes as bnb

    layer = bnb.nn.Linear4bit(columns, rows, bias=bias is not None, compute_dtype=compute_dtype, device="meta")
    # The fused kernel always computes in bf16; another compute type would be rounded silently.
    layer.support_avx512bf16_for_cpu &= compute_dtype == torch.bfloat16
    if bias is not None:
        layer.bias = nn.Parameter(bias.detach(), requires_grad=False)
    return layer


def _quantized(linear: Any, recipe: QuantizationRecipe, compute_dtype: torch.dtype, device: str) -> nn.Module:
    if recipe.method == "int8":
        return _quantize_to_eight_bit(linear, device)
    return quantize_to_four_bit(linear.weight.data, linear.bias, recipe, compute_dtype=compute_dtype, device=device)


def _quantize_to_eight_bit(linear: nn.Linear, device: str) -> nn.Module:
    import bitsandbytes as bnb

    rows, columns = linear.weight.shape
    has_bias = linear.bias is not None
    layer: Any = bnb.nn.Linear8bitLt(columns, rows, bias=has_bias, has_fp16_weights=False, device="meta")
    layer.weight = bnb.nn.Int8Params(linear.weight.data, requires_grad=False, has_fp16_weights=False)
    if has_bias:
        layer.bias = nn.Parameter(linear.bias.data, requires_grad=False)
    quantized: nn.Module = layer.to(device)  # bitsandbytes quantises here
    return quantized.eval()


def _check_shape(rows: int, columns: int, block_size: int) -> None:
    if rows % ROWS_MULTIPLE or (rows * columns) % block_size:
        raise WeightsUnavailable(
            f"A layer of {rows} x {columns} does not fit the 4-bit kernels (rows in multiples of {ROWS_MULTIPLE}, "
            f"weights in blocks of {block_size}). Set LORACLE_QUANTIZATION=int8 or none for this model."
        )
