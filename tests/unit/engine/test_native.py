"""The native kernels give what PyTorch gives in fp32, up to the rounding of bf16."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from app.engine import native
from app.engine.base_identity import QuantizationRecipe
from app.engine.elementwise import use_native_elementwise
from app.engine.kernels import FusedProjection, choose_kernels, use_native_linears
from app.engine.loading import choose_dtype, choose_serving_dtype
from app.engine.lora import load_adapter, wrap_linears
from app.engine.native.product import NativeLinear, supports
from app.engine.quantize import footprint, quantize_model
from app.engine.sampling import SamplingParams
from app.numerics.packed_linear import has_packing
from app.numerics.precision import native_bfloat16
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import SIZES, base_spec, tiny_model

needs_kernels = pytest.mark.usefixtures("kernels")
needs_packing = pytest.mark.skipif(not has_packing(), reason="oneDNN computes in bf16 with AVX-512 only")
WIDE = {**SIZES, "hidden_size": 128, "head_dim": 64}  # shapes that the kernels take


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a processor's instructions by a file")
def test_kernels_are_built_where_they_can_run() -> None:
    """A build that fails is tolerated at installation; here it would hide every test below."""
    flags = Path("/proc/cpuinfo").read_text(encoding="ascii").split()
    for name, flag in zip(native.LIBRARIES, ("avx512_bf16", "avx2"), strict=True):
        assert (native.load(name) is not None) == (flag in flags)


@needs_kernels
def test_serving_computes_in_bf16_where_the_kernels_run() -> None:
    """Training does not: PyTorch computes there."""
    four_bits, eight = QuantizationRecipe("nf4", 64), QuantizationRecipe("int8")
    assert choose_serving_dtype("auto", "cpu", four_bits) == torch.bfloat16
    assert choose_serving_dtype("float32", "cpu", four_bits) == torch.float32
    assert choose_serving_dtype("auto", "cpu", eight) == choose_dtype("auto", "cpu")
    assert choose_dtype("auto", "cpu") == (torch.bfloat16 if native_bfloat16("cpu") else torch.float32)


@needs_kernels
@pytest.mark.parametrize(("heads", "kv_heads", "dim"), [(9, 3, 64), (4, 4, 64), (8, 1, 128), (4, 2, 256)], ids=str)
@pytest.mark.parametrize("window", [None, 5, 64])
@pytest.mark.parametrize(
    "spans",  # (rows, positions before them)
    [[(1, 0)], [(1, 344)], [(130, 0)], [(1, 15), (1, 16), (2, 0), (33, 40), (1, 200)]],
    ids=["first token", "decode", "prefill", "mixed"],
)
def test_attention_equals_that_of_pytorch(
    heads: int, kv_heads: int, dim: int, window: int | None, spans: list[tuple[int, int]]
) -> None:
    torch.manual_seed(1)
    keys, values = (torch.randn(kv_heads, 2048, dim, dtype=torch.bfloat16) for _ in range(2))
    keys[:, 1500:], values[:, 1500:] = torch.nan, torch.nan  # what nobody wrote must not count
    rows = sum(count for count, _ in spans)
    query = torch.randn(rows, heads, dim, dtype=torch.bfloat16).transpose(0, 1)
    table, row, place = [], 0, 1504
    for count, past in spans:
        place -= -(-(past + count) // 16) * 16
        table.append((row, count, past, place))
        row += count
    if spans == [(1, 344)]:
        keys[:, place + 345 :], values[:, place + 345 :] = torch.nan, torch.nan
    got = native.attend(query, keys, values, torch.tensor(table), scaling=dim**-0.5, window=window)
    for row, count, past, place in table:
        at, seen = torch.arange(past, past + count)[:, None], torch.arange(past + count)[None, :]
        mask = (seen <= at) & (seen > at - (window or 10**6))
        expected = scaled_dot_product_attention(
            query[None, :, row : row + count].float(),
            keys[None, :, place : place + past + count].nan_to_num().float(),
            values[None, :, place : place + past + count].nan_to_num().float(),
            attn_mask=mask,
            enable_gqa=True,
        )[0].transpose(0, 1)
        if place + past + count <= 1500:
            assert torch.allclose(got[row : row + count].float(), expected, atol=0.02, rtol=0.02)


@needs_kernels
def test_each_row_gets_the_update_of_its_own_adapter() -> None:
    torch.manual_seed(2)
    columns = (128, 64, 64)

    def pair(rank: int, width: int) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.randn(96, rank) * 0.1, torch.randn(rank, width) * 0.1

    adapters = [
        [pair(16, 128), pair(16, 64), pair(16, 64)],
        [None, pair(5, 64), None],  # an odd rank, missing targets
        [pair(64, 128), None, pair(1, 64)],
    ]
    x, y = torch.randn(30, 96).bfloat16(), torch.randn(30, 256).bfloat16()
    bounds = [(0, 1), (1, 20), (22, 29)]  # rows of no segment stay as they are
    expected = y.float()
    for (start, end), pairs in zip(bounds, adapters, strict=True):
        at = 0
        for one, width in zip(pairs, columns, strict=True):
            if one is not None:
                expected[start:end, at : at + width] += x[start:end].float() @ one[0] @ one[1]
            at += width
    updates = [(*rows, native.PackedUpdate(pairs, columns)) for rows, pairs in zip(bounds, adapters, strict=True)]
    untouched = y.clone()
    native.update_rows(x, y, updates, len(columns))
    assert torch.allclose(y.float(), expected, atol=0.03, rtol=0.02)
    for rows in (slice(20, 22), slice(29, 30)):
        assert torch.equal(y[rows], untouched[rows])


@needs_kernels
@pytest.mark.parametrize(("method", "block", "double"), [("nf4", 32, True), ("nf4", 64, False), ("fp4", 64, True)])
@pytest.mark.parametrize("bias", [False, True], ids=["plain", "bias"])
def test_product_equals_that_of_the_dequantised_weights(method: Any, block: int, double: bool, bias: bool) -> None:
    from bitsandbytes.functional import dequantize_4bit

    torch.manual_seed(3)
    recipe = QuantizationRecipe(method, block, double_quantization=double)
    model = nn.Sequential(*(nn.Linear(192, width, bias=bias and width != 128).bfloat16() for width in (192, 64, 128)))
    model.requires_grad_(requires_grad=False)
    kept = model[1]
    four_bits = nn.Sequential(model[0], model[2], nn.Identity())  # the last one would be kept as a head
    quantize_model(four_bits, recipe, compute_dtype=torch.bfloat16)
    layers = [four_bits[0], kept, four_bits[1]]
    assert supports(layers)
    weights = [
        layer.weight.float() if layer is kept else dequantize_4bit(layer.weight.data, layer.weight.quant_state).float()
        for layer in layers
    ]
    product = NativeLinear(layers)
    biases = [torch.zeros(layer.out_features) if layer.bias is None else layer.bias.float() for layer in layers]
    for rows in (1, 2, 3, 6, 7, 31, 40):
        x = torch.randn(1, rows, 192).bfloat16()
        expected = x.float() @ torch.cat(weights).t() + torch.cat(biases)
        got = product(x)
        assert (got.float() - expected).norm() < 0.004 * expected.norm()  # bf16 has 8 bits
        dense = product.as_dense()(x)
        assert (dense.float() - expected).norm() < 0.006 * expected.norm()


@needs_packing
@needs_kernels
def test_4_bit_layers_with_the_same_input_run_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """As close to the same weights in fp32 as bitsandbytes' own kernels are."""
    exact = wide(torch.bfloat16).float()
    quantize_model(exact, QuantizationRecipe("nf4", 64), compute_dtype=torch.float32)
    plain = quantized(wide(torch.bfloat16))
    ours = quantized(wide(torch.bfloat16))
    use_native_linears(ours)
    monkeypatch.setattr("app.engine.kernels._dense_rows", lambda *_: 20)
    choice = choose_kernels(ours, budget_bytes=10**9, dtype=torch.bfloat16)
    layers = SIZES["num_hidden_layers"]
    assert (choice.native, choice.fused) == (4 * layers + 1, 2 * layers)  # the head among them
    assert footprint(ours)[0] > 0
    tokens = torch.arange(3, 40)[None]
    with torch.inference_mode():
        for length in (5, 37):  # below the threshold, and on the dense copies
            expected, theirs, got = (model(tokens[:, :length]).logits.float() for model in (exact, plain, ours))
            assert (got - expected).norm() < 1.5 * (theirs - expected).norm()
            assert (got - expected).norm() < 0.1 * expected.norm()


@needs_kernels
def test_unsupported_layers_are_not_replaced() -> None:
    """Those that compute in another type."""
    odd = quantized(wide(torch.bfloat16))
    before = [type(layer) for layer in odd.modules()]
    for layer in odd.modules():
        if hasattr(layer, "compute_dtype"):
            layer.compute_dtype = torch.float32
    odd.lm_head.float()
    use_native_linears(odd)
    assert [type(layer) for layer in odd.modules()] == before


@needs_kernels
def test_engine_on_kernels_is_as_close_to_fp32_as_one_on_pytorch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """bf16 rounds either way: what counts is that ours rounds no more."""
    adapter = write_random_adapter(
        tmp_path / "a", base_spec(wide(torch.float32), tmp_path / "base"), rank=8, std=0.2, seed=1
    )
    exact = first_tokens(wide(torch.float32), adapter)
    ours = first_tokens(wide(torch.bfloat16), adapter)
    monkeypatch.setattr(native, "available", lambda: False)
    pytorchs = first_tokens(wide(torch.bfloat16), adapter)
    assert ours != pytorchs  # both ways were gone
    for i in range(2):
        assert apart(ours[i], exact[i]) < 2 * apart(pytorchs[i], exact[i]) + 0.1
    assert apart(*exact) > 0.8  # the adapter changes much more than that


@needs_packing
@needs_kernels
def test_fused_projections_equal_the_separate_products(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.kernels._dense_rows", lambda *_: 1)
    plain, fused = wide(torch.bfloat16), wide(torch.bfloat16)
    choice = choose_kernels(fused, budget_bytes=10**9, dtype=torch.bfloat16)
    assert choice.fused == 2 * SIZES["num_hidden_layers"]
    assert choice.dense_bytes == 0  # plain layers move, they are not copied
    assert isinstance(fused.model.layers[0].self_attn.q_proj, FusedProjection)
    tokens = torch.arange(3, 40)[None]
    with torch.inference_mode():
        expected = plain(tokens).logits
        assert torch.allclose(fused(tokens).logits, expected, atol=0.2, rtol=0.05)
        _, layouts = wrap_linears(fused)
        assert [len(layout.names) for layout in layouts[:4]] == [3, 1, 2, 1]
        assert torch.allclose(fused(tokens).logits, expected, atol=0.2, rtol=0.05)


@needs_kernels
def test_rotary_and_gate_equal_those_of_pytorch() -> None:
    torch.manual_seed(4)
    x = torch.randn(5, 7, 128).bfloat16().transpose(0, 1)  # (heads, rows, dim), not contiguous
    cos, sin = torch.randn(5, 128).bfloat16(), torch.randn(5, 128).bfloat16()
    whole = x.float()
    turned = torch.cat([-whole[..., 64:], whole[..., :64]], -1)
    expected = whole * cos.float() + turned * sin.float()
    assert torch.allclose(native.rotate(x, cos, sin).float(), expected, rtol=2**-7, atol=1e-2)
    both = torch.randn(33, 96).bfloat16() * 20
    gates, ups = both[:, :48], both[:, 48:]
    expected = torch.nn.functional.silu(gates.float()) * ups.float()
    assert torch.allclose(native.gate(gates, ups).float(), expected, rtol=2**-7, atol=1e-6)
    expected = torch.nn.functional.gelu(gates.float(), approximate="tanh") * ups.float()
    assert torch.allclose(native.gate(gates, ups, gelu=True).float(), expected, rtol=2**-7, atol=1e-5)


@needs_kernels
@pytest.mark.parametrize(
    ("family", "gate"), [("llama", "silu"), ("qwen3", "silu"), ("gemma3", "gelu"), ("llama", "relu")]
)
def test_native_parts_replace_only_modules_with_equal_outputs(family: str, gate: str) -> None:
    """An MLP that ReLU gates keeps its own."""
    sizes = {**WIDE, "hidden_act": gate} if gate == "relu" else WIDE
    plain, ours = (tiny_model(family, torch.bfloat16, sizes) for _ in range(2))
    exact = tiny_model(family, torch.bfloat16, sizes).float()
    layers = SIZES["num_hidden_layers"]
    assert use_native_elementwise(ours) == layers * (1 if gate == "relu" else 2)
    tokens = torch.arange(3, 40)[None]
    with torch.inference_mode():
        expected, theirs, got = (model(tokens).logits.float() for model in (exact, plain, ours))
        assert not torch.equal(got, theirs)
        assert (got - expected).norm() < 1.2 * (theirs - expected).norm()


def quantized(model: Any) -> Any:
    quantize_model(model, QuantizationRecipe("nf4", 64), compute_dtype=torch.bfloat16)
    return model


def wide(dtype: torch.dtype) -> Any:
    return tiny_model("llama", dtype, WIDE)


def first_tokens(model: Any, adapter: Path) -> list[dict[int, float]]:
    """Logprobs of the likeliest first tokens by id, without and with the adapter, side by side in one batch."""
    engine = make_engine(model)
    engine._adapter_cache._load = lambda folder: load_adapter(folder, engine._runner.layouts)
    prompt, sampling = list(range(3, 60)), SamplingParams(logprobs=20)
    asked = [Collected.submit(engine, prompt, chosen, sampling=sampling, max_tokens=2) for chosen in (None, adapter)]
    run_all(engine)
    return [dict(one.outputs[0].logprobs[0].top) for one in asked]


def apart(some: dict[int, float], others: dict[int, float]) -> float:
    """The largest difference over the tokens that both hold likely; infinite if they hold too few in common."""
    common = some.keys() & others.keys()
    return max(abs(some[token] - others[token]) for token in common) if len(common) > 10 else float("inf")
