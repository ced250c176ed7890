"""A dense copy gives the quantised layer's product and stays within its budget."""

from __future__ import annotations

import pytest
import torch

from app.engine.kernels import HybridLinear, choose_kernels
from app.numerics.precision import native_bfloat16
from tests.support.tiny_models import nf4, tiny_model


@pytest.mark.parametrize("dense_from", [1, 4])
def test_dense_copies_stay_within_the_budget_and_give_the_same_product(
    monkeypatch: pytest.MonkeyPatch, dense_from: int
) -> None:
    monkeypatch.setattr("app.engine.kernels._dense_rows", lambda *_: dense_from)
    plain, model = nf4(tiny_model("qwen3")), nf4(tiny_model("qwen3"))
    one_layer = 128 * 64 * 4  # the largest, in fp32
    choice = choose_kernels(model, budget_bytes=3 * one_layer, dtype=torch.float32)
    copies = [layer for layer in model.modules() if isinstance(layer, HybridLinear)]
    assert 0 < choice.dense_bytes <= 3 * one_layer
    assert choice.dense_bytes == sum(copy.dense.weight.numel() * 4 for copy in copies)
    tokens = torch.arange(3, 20)[None]
    with torch.inference_mode():
        for length in (1, 17):
            expected, got = plain(tokens[:, :length]).logits, model(tokens[:, :length]).logits
            # A processor with AVX512-BF16 runs the fused kernel in bf16 whatever the input.
            assert (got - expected).norm() < (0.03 if native_bfloat16("cpu") else 1e-4) * expected.norm()


def test_without_a_budget_nothing_is_copied() -> None:
    model = nf4(tiny_model("llama"))
    assert choose_kernels(model, budget_bytes=0, dtype=torch.float32).dense_bytes == 0
    assert not [layer for layer in model.modules() if isinstance(layer, HybridLinear)]
