"""Layers of a training base: what they compute with, and what they leave in memory."""

from __future__ import annotations

import pytest
import torch

from app.training.layers import FrozenLinear, FrozenWeight, LoraLinear


def narrow_weight(rows: int, columns: int) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(rows)).bfloat16()


def test_weights_of_all_layers_are_widened_into_one_space() -> None:
    large, small = narrow_weight(48, 32), narrow_weight(16, 32)
    first = FrozenWeight(large).widened(torch.float32)
    assert torch.equal(first, large.float())
    second = FrozenWeight(small).widened(torch.float32)
    assert torch.equal(second, small.float())
    assert second.data_ptr() == first.data_ptr()


def test_a_weight_of_the_wanted_type_is_not_copied() -> None:
    weight = narrow_weight(16, 32).float()
    assert FrozenWeight(weight).widened(torch.float32).data_ptr() == weight.data_ptr()


@pytest.mark.parametrize("updated", [False, True])
def test_layers_that_share_the_space_compute_what_their_own_weights_give(updated: bool) -> None:
    weights = [narrow_weight(48, 32), narrow_weight(24, 48)]
    x = torch.randn(5, 32, generator=torch.Generator().manual_seed(0), requires_grad=True)
    layers = [(lora if updated else FrozenLinear)(FrozenWeight(weight), None) for weight in weights]
    result = layers[1](torch.tanh(layers[0](x)))
    (found,) = torch.autograd.grad(result.square().sum(), x)

    first, second = (
        weight.float() + (update(layer) if updated else 0) for weight, layer in zip(weights, layers, strict=True)
    )
    expected = torch.tanh(x @ first.t()) @ second.t()
    (wanted,) = torch.autograd.grad(expected.square().sum(), x)
    torch.testing.assert_close(result, expected, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-3)


def lora(weight: FrozenWeight, bias: torch.Tensor | None) -> LoraLinear:
    shape = tuple(weight.dense(torch.float32).shape)
    layer = LoraLinear(weight, bias, shape=(shape[0], shape[1]), rank=4, scaling=0.5)
    with torch.no_grad():
        layer.lora_A.normal_(generator=torch.Generator().manual_seed(1))
        layer.lora_B.normal_(generator=torch.Generator().manual_seed(2))
    return layer


def update(layer: LoraLinear) -> torch.Tensor:
    return layer.scaling * (layer.lora_B @ layer.lora_A).detach()
