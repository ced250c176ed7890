"""Packed layers give what plain ones give; a processor without the instructions keeps plain ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import nn

from app.numerics.packed_linear import PackedLinear, has_packing, pack_linears, packed


@pytest.fixture(params=["as found", "without the instructions"])
def packing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    has_packing.cache_clear()
    if request.param != "as found":
        monkeypatch.setattr("app.numerics.packed_linear._kernels", lambda: WithoutInstructions)
    yield has_packing()
    has_packing.cache_clear()


class WithoutInstructions:
    _linear_pointwise = None

    @staticmethod
    def _is_mkldnn_bf16_supported() -> bool:
        return False


@pytest.mark.parametrize("bias", [True, False])
def test_packed_and_unpacked_layers_give_the_same_product(packing: bool, bias: bool) -> None:
    torch.manual_seed(1)
    layer = nn.Linear(64, 32, bias=bias).bfloat16()
    model = nn.Sequential(layer, nn.Linear(32, 8))  # the other one is not in bf16
    x = torch.randn(5, 64).bfloat16()
    with torch.inference_mode():
        expected = layer(x)
        assert pack_linears(model) == int(packing)
        assert isinstance(model[0], PackedLinear) == packing
        assert torch.allclose(model[0](x), expected, atol=0.02)
        assert torch.allclose(packed(layer)(x), expected, atol=0.02)
    assert isinstance(model[1], nn.Linear)
