"""Reads a model without the weights of its 4-bit layers, which come from elsewhere.

Transformers reads everything else: configurations, embeddings, norms, biases, tied weights and computed buffers. Its
interface for quantisation methods lets us replace layers before any weight is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModelForCausalLM
from transformers.quantizers import HfQuantizer, register_quantizer
from transformers.utils.quantization_config import QuantizationConfigMixin

from app.engine.base_identity import QuantizationRecipe
from app.engine.quantize import linears_to_quantize

METHOD = "loracle_skeleton"


class UnreadLinear(nn.Module):
    """Stands for a linear layer whose weight has not been read; its bias has."""

    bias: nn.Parameter | None

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.in_features, self.out_features = linear.in_features, linear.out_features
        self.register_parameter("bias", linear.bias)


class SkeletonConfig(QuantizationConfigMixin):  # type: ignore[misc]
    """Tells the quantizer which weights to leave out; `read_skeleton` explains the fields."""

    def __init__(self, recipe: QuantizationRecipe, leave_out: Callable[[str, nn.Linear], bool]) -> None:
        self.quant_method = METHOD
        self.recipe = recipe
        self.leave_out = leave_out

    def __deepcopy__(self, _memo: dict[int, Any]) -> SkeletonConfig:
        return self


@register_quantizer(METHOD)
class SkeletonQuantizer(HfQuantizer):  # type: ignore[misc]
    """Replaces linear layers by UnreadLinear before transformers reads weights, and leaves no trace of itself."""

    def _process_model_before_weight_loading(self, model: Any, **_: Any) -> None:
        config: SkeletonConfig = self.quantization_config
        other_types = (*(model._keep_in_fp32_modules or ()), *(model._keep_in_fp32_modules_strict or ()))
        unread = [
            (name, linear)
            for name, linear in linears_to_quantize(model, config.recipe)
            if config.leave_out(name, linear) and not any(part in name for part in other_types)
        ]
        for name, linear in unread:
            model.set_submodule(name, UnreadLinear(linear))
        # Else transformers reports the weights of these layers as unexpected.
        expected = {rf"^{re.escape(name)}\.weight$" for name, _ in unread}
        model._keys_to_ignore_on_load_unexpected = {*(model._keys_to_ignore_on_load_unexpected or ()), *expected}

    def _process_model_after_weight_loading(self, model: Any, **_: Any) -> None:
        self.remove_quantization_config(model)

    def is_serializable(self) -> bool:
        return False

    @property
    def is_trainable(self) -> bool:
        return True


def read_skeleton(
    folder: Path, dtype: torch.dtype, recipe: QuantizationRecipe, leave_out: Callable[[str, nn.Linear], bool]
) -> Any:
    """Read the model in `folder` with an UnreadLinear for each layer to quantise that `leave_out` is true of.

    `leave_out` gets the layer's full name and the layer without data. Raises what transformers raises.
    """
    return AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=dtype,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
        quantization_config=SkeletonConfig(recipe, leave_out),
    )


def unread_linears(model: nn.Module) -> dict[str, UnreadLinear]:
    """The layers whose weights are missing, by full name."""
    return {name: layer for name, layer in model.named_modules() if isinstance(layer, UnreadLinear)}
