"""Products of whole numbers: exactly the sums that their definition gives, and near to those in bf16."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from app.engine import kernels as kernel_choice
from app.engine.base_identity import QuantizationRecipe
from app.engine.kernels import choose_kernels, integers_are_faster, use_native_linears
from app.engine.native.integer_product import (
    HEAD_BLOCK,
    OFFSET,
    EightBitEmbedding,
    EightBitHead,
    IntegerLinear,
    lookup_table,
    supports_integers,
)
from app.engine.native.product import NativeLinear
from app.engine.quantize import footprint, quantize_model
from app.numerics.packed_linear import has_packing
from tests.support.tiny_models import SIZES, tiny_model

pytestmark = pytest.mark.usefixtures("kernels")
WIDE = {**SIZES, "hidden_size": 128, "head_dim": 64}
ROWS = (1, 3, 4, 5, 9, 70, 131)  # fewer and more than a micro-tile, and than the rows that share a panel


def four_bit(inner: int, columns: int, block: int, *, bias: bool = False, method: Any = "nf4") -> Any:
    parent = nn.Sequential(nn.Linear(inner, columns, bias=bias).bfloat16())
    quantize_model(parent, QuantizationRecipe(method, block), compute_dtype=torch.bfloat16)
    return parent[0]


def activations(rows: int, inner: int) -> torch.Tensor:
    """Normal, with a channel a hundred times as large, as language models have."""
    x = torch.randn(rows, inner)
    x[:, 3] *= 100
    return x.bfloat16()


def rounded(x: torch.Tensor, block: int, most: int) -> torch.Tensor:
    """(rows, inner) fp64: the activations that the kernel multiplies by."""
    blocks = x.double().unflatten(-1, (-1, block))
    scale = blocks.abs().amax(-1, keepdim=True) / most
    return ((blocks / scale.clamp_min(1e-30)).round() * scale).flatten(-2)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(("method", "block"), [("nf4", 64), ("nf4", 32), ("fp4", 64)])
def test_product_is_that_of_rounded_activations_and_looked_up_weights(rows: int, method: Any, block: int) -> None:
    torch.manual_seed(rows)
    layers = [four_bit(1152, columns, block, bias=True, method=method) for columns in (128, 64)]
    integer = IntegerLinear(layers)
    x = activations(rows, 1152)
    weights = integer_weights(layers)
    bias = torch.cat([layer.bias for layer in layers]).double()
    expected = rounded(x, block, 63) @ weights.T + bias
    # Half of a step of bf16 at the end, and activations that lie between two whole numbers.
    torch.testing.assert_close(integer(x).double(), expected, rtol=2**-7, atol=2e-3 * float(expected.abs().max()))
    x = torch.randn(rows, 1152).bfloat16()
    exact = NativeLinear(layers)(x).double()
    assert (integer(x).double() - exact).norm() < 0.025 * exact.norm()


def integer_weights(layers: list[Any]) -> torch.Tensor:
    """(columns, inner) fp64, from bitsandbytes' own layout."""
    from bitsandbytes.functional import dequantize_4bit

    parts = []
    for layer in layers:
        state = layer.weight.quant_state
        table, factor = lookup_table(state.code)
        dense = dequantize_4bit(layer.weight.data, state).double().view(layer.out_features, -1, state.blocksize)
        codes = state.code.double() / state.code.abs().max()
        scale = dense.abs().amax(-1, keepdim=True)  # of the largest code in the block, which need not be 1
        packed = layer.weight.data.view(-1)
        indexes = torch.stack((packed >> 4, packed & 15), 1).view(dense.shape).long()
        block_scale = scale / codes[indexes].abs().amax(-1, keepdim=True)
        parts.append(((table.double() - OFFSET)[indexes] / factor * block_scale).flatten(1))
    return torch.cat(parts)


def test_largest_weights_and_activations_do_not_overflow() -> None:
    layer = four_bit(256, 64, 64)
    layer.weight.data.fill_(0xFF)  # the largest code, everywhere
    integer, exact = IntegerLinear([layer]), NativeLinear([layer])
    for x in (torch.full((5, 256), 2.0), torch.full((5, 256), -2.0), torch.tensor([2.0, -2.0]).repeat(5, 128)):
        torch.testing.assert_close(integer(x.bfloat16()), exact(x.bfloat16()), rtol=2**-6, atol=1e-2)


def test_rows_of_zeros_give_the_bias() -> None:
    layer = four_bit(128, 64, 32, bias=True)
    got = IntegerLinear([layer])(torch.zeros(6, 128, dtype=torch.bfloat16))
    assert torch.equal(got, layer.bias.bfloat16().expand(6, -1))


def test_rows_with_a_stride_are_read() -> None:
    layer = four_bit(128, 64, 32)
    x = torch.randn(7, 256).bfloat16()
    integer = IntegerLinear([layer])
    assert torch.equal(integer(x[:, 64:192]), integer(x[:, 64:192].contiguous()))


def test_dense_copy_has_the_weights_of_the_products() -> None:
    torch.manual_seed(2)
    integer = IntegerLinear([four_bit(128, 64, 32, bias=True), four_bit(128, 128, 32)])
    x = torch.randn(9, 128).bfloat16()
    expected = integer.as_dense()(x).float()
    assert (integer(x).float() - expected).norm() < 0.02 * expected.norm()


@pytest.mark.parametrize("rows", ROWS)
def test_head_in_8_bits_is_near_to_the_head(rows: int) -> None:
    torch.manual_seed(rows)
    head = nn.Linear(192, 320, bias=False).bfloat16()
    x = activations(rows, 192)
    expected = x.double() @ head.weight.double().T
    assert (EightBitHead(head)(x).double() - expected).norm() < 0.01 * expected.norm()


def test_input_layer_reads_the_rows_of_the_head() -> None:
    embedding = nn.Embedding(320, 192).bfloat16().requires_grad_(requires_grad=False)
    head = nn.Linear(192, 320, bias=False)
    head.weight = embedding.weight
    ids = torch.tensor([[0, 5, 319, 64, 63]])
    step = embedding.weight.float().abs().amax() / 127
    for eight_bits in (EightBitEmbedding(EightBitHead(head)), EightBitEmbedding(embedding)):
        assert (eight_bits(ids).float() - embedding(ids).float()).abs().max() < step
    assert torch.equal(EightBitEmbedding(EightBitHead(head))(ids), EightBitEmbedding(embedding)(ids))
    assert 192 % HEAD_BLOCK == 0


@pytest.mark.parametrize("tied", [True, False])
def test_model_with_integers_is_near_to_the_model(tied: bool) -> None:
    """Much nearer than the model in 4 bits is to the one in 16."""
    sizes = {**WIDE, "tie_word_embeddings": tied}

    def fresh(integers: bool) -> Any:
        model = tiny_model("llama", torch.bfloat16, sizes)
        quantize_model(model, QuantizationRecipe("nf4", 64), compute_dtype=torch.bfloat16)
        use_native_linears(model, integers=integers)
        return model

    ids = torch.arange(3, 40)[None]
    with torch.inference_mode():
        exact, integer = fresh(integers=False), fresh(integers=True)
        expected, got = exact(input_ids=ids).logits.float(), integer(input_ids=ids).logits.float()
        full = tiny_model("llama", torch.bfloat16, sizes)(input_ids=ids).logits.float()
    assert (got - expected).norm() < 0.5 * (full - expected).norm()
    assert isinstance(integer.lm_head, EightBitHead)
    assert isinstance(integer.model.embed_tokens, EightBitEmbedding)
    assert sum(footprint(integer)) < sum(footprint(exact))
    choice = choose_kernels(integer, budget_bytes=0, dtype=torch.bfloat16)
    assert choice.integer == 3 * 4


def test_dense_weights_are_weighed_for_every_layer_but_an_eight_bit_head(monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny_model("llama", torch.bfloat16, WIDE)
    quantize_model(model, QuantizationRecipe("nf4", 64), compute_dtype=torch.bfloat16)
    use_native_linears(model, integers=True)
    monkeypatch.setattr(kernel_choice, "_time_forward", lambda layers, *_: float(isinstance(layers[0], IntegerLinear)))
    choice = choose_kernels(model, budget_bytes=2**30, dtype=torch.bfloat16)
    assert (choice.dense_bytes > 0) == has_packing()
    assert isinstance(model.get_output_embeddings(), EightBitHead)


def test_mixed_groups_and_odd_blocks_stay_in_bf16() -> None:
    assert supports_integers([four_bit(128, 64, 64)])
    assert not supports_integers([four_bit(128, 64, 64), nn.Linear(128, 64, bias=False).bfloat16()])
    assert not supports_integers([nn.Linear(128, 64, bias=False).bfloat16()])


def test_integers_are_refused_where_they_change_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny_model("llama", torch.bfloat16, WIDE)
    quantize_model(model, QuantizationRecipe("nf4", 64), compute_dtype=torch.bfloat16)
    monkeypatch.setattr(
        kernel_choice, "_time_forward", lambda layers, *_: 0.5 if isinstance(layers[0], IntegerLinear) else 1.0
    )
    assert integers_are_faster(model)
    monkeypatch.setattr(kernel_choice, "MAX_INTEGER_ERROR", 1e-4)
    assert not integers_are_faster(model)
    monkeypatch.setattr(kernel_choice, "MAX_INTEGER_ERROR", 0.03)
    monkeypatch.setattr(
        kernel_choice, "_time_forward", lambda layers, *_: 2.0 if isinstance(layers[0], IntegerLinear) else 1.0
    )
    assert not integers_are_faster(model)
