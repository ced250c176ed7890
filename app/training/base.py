"""The base model for training: the weights that serve, in layers that gradients can pass through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.engine.base_identity import QuantizationRecipe, base_fingerprint
from app.engine.loading import (
    choose_device,
    choose_dtype,
    read_model,
    read_quantized_model,
    read_tokenizer,
)
from app.engine.lora_targets import TARGETS
from app.training.batches import ATTENTION_NAME, prefix_group_attention
from app.training.layers import (
    FrozenLinear,
    FrozenWeight,
    MemoryEfficientMLP,
    MemoryEfficientRMSNorm,
    NarrowEmbedding,
    UpdatedTokens,
)
from app.training.recipe import Recipe

DENSE_SHARE = 0.3  # share of a GPU's free memory for dense weights
WIDE_BYTES = 2**30  # dense fp32 weights above this are stored in bf16 on a CPU, and widened for each use
WIDE_TABLE_BYTES = 2**28  # the same for an input layer and for a head, which are bf16 on disk: nothing is lost


@dataclass(frozen=True, slots=True)
class BaseModelSpec:
    """The location of the base model and its quantisation in the service."""

    name: str
    folder: Path
    weights_fingerprint: str
    quantization: QuantizationRecipe
    device: str = "auto"
    compute_dtype: str = "auto"


@dataclass(frozen=True, slots=True)
class TrainingBase:
    model: Any  # transformers causal language model; its linear layers are frozen
    tokenizer: Any
    dtype: torch.dtype
    device: str
    fingerprint: str  # of the base model that serves the adapter
    updated_tokens: UpdatedTokens = field(default_factory=UpdatedTokens)  # shared by the updates of all layers

    @property
    def head(self) -> torch.Tensor:
        """(vocabulary, hidden) weight of the head, perhaps stored in bf16; has a gradient if the head is trained."""
        weight: torch.Tensor = self.model.get_output_embeddings().weight
        weight = weight if weight.dtype == torch.bfloat16 else weight.to(self.dtype)
        return weight if torch.is_grad_enabled() else weight.detach()


def load_model(model_spec: BaseModelSpec, dtype: torch.dtype) -> Any:
    """Load the unquantised model from disk into main memory. Raises WeightsUnavailable."""
    return read_model(model_spec.folder, dtype)


def load_training_base(model_spec: BaseModelSpec, *, quantized: bool, dense: bool = True) -> TrainingBase:
    """Load the base model with frozen weights.

    With `quantized`, training uses the quantised values that serve. With `dense`, these values are stored as dense
    tensors (the same mathematics, faster) and not in 4 bits, unless a GPU has too little memory.
    """
    device = choose_device(model_spec.device)
    dtype = choose_dtype(model_spec.compute_dtype, device)
    tokenizer = read_tokenizer(model_spec.folder)
    if quantized:
        model = read_quantized_model(
            model_spec.folder,
            weights_fingerprint=model_spec.weights_fingerprint,
            recipe=model_spec.quantization,
            dtype=dtype,
            device=device,
        )
    else:
        model = load_model(model_spec, dtype).requires_grad_(requires_grad=False)
    model.to(device)
    dense = dense and _dense_fits_memory(model, dtype, device)
    stored = _storage_dtype(model, dtype, device) if quantized else dtype
    for parent, name, linear in list(linears(model)):
        setattr(parent, name, FrozenLinear(frozen_weight(linear, stored, dense=dense), linear.bias))
    if quantized and device == "cpu" and dtype == torch.float32:
        _narrow_tables(model)
    use_memory_efficient_layers(model)
    _use_prefix_group_attention(model)
    fingerprint = base_fingerprint(model_spec.weights_fingerprint, model_spec.quantization, tokenizer)
    return TrainingBase(model, tokenizer, dtype, device, fingerprint)


class BasePool:
    """Gives consecutive runs a clean base model; loads it again only if the last run changed its weights."""

    def __init__(self, model_spec: BaseModelSpec, *, quantized: bool, dense: bool) -> None:
        self._model_spec, self._quantized, self._dense = model_spec, quantized, dense
        self._base: TrainingBase | None = None
        self._frozen: dict[str, nn.Module] = {}
        self._weights_changed = False

    def acquire(self, recipe: Recipe) -> TrainingBase:
        """The base model with its original layers. The last acquired run must have ended."""
        if self._base is None or self._weights_changed:
            self._base, self._frozen = None, {}  # freed first, so that two models are never in memory
            self._base = load_training_base(self._model_spec, quantized=self._quantized, dense=self._dense)
            names = {id(module): name for name, module in self._base.model.named_modules()}
            self._frozen = {names[id(layer)]: layer for _, _, layer in linears(self._base.model)}
        for name, layer in self._frozen.items():
            self._base.model.set_submodule(name, layer)
        self._weights_changed = recipe.init == "pissa"
        return self._base


def linears(model: nn.Module) -> Iterator[tuple[nn.Module, str, Any]]:
    """(parent, name, layer) of every projection an adapter may target."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if name in TARGETS:
                yield parent, name, child


def _dense_fits_memory(model: nn.Module, dtype: torch.dtype, device: str) -> bool:
    """Whether dense projections leave most of a GPU's free memory to activations. Always true on a CPU."""
    if device == "cpu":
        return True
    dense_bytes = sum(layer.out_features * layer.in_features for _, _, layer in linears(model)) * dtype.itemsize
    free, total = torch.cuda.mem_get_info()
    allowed = torch.cuda.get_per_process_memory_fraction() * total
    return bool(dense_bytes <= DENSE_SHARE * min(free, allowed))


def _storage_dtype(model: nn.Module, dtype: torch.dtype, device: str) -> torch.dtype:
    """The type that dense weights are stored in: bf16 where fp32 ones would fill a CPU's memory."""
    weights = sum(layer.out_features * layer.in_features for _, _, layer in linears(model))
    return torch.bfloat16 if device == "cpu" and weights * dtype.itemsize > WIDE_BYTES else dtype


def _narrow_tables(model: Any) -> None:
    """Store a large input layer and a large head in bf16, as they are on disk. The loss widens a part at a time."""
    embedding, head = model.get_input_embeddings(), model.get_output_embeddings()
    shared = embedding.weight is head.weight
    if type(embedding) is not nn.Embedding or embedding.weight.numel() * 4 <= WIDE_TABLE_BYTES:
        return
    narrow = nn.Parameter(embedding.weight.detach().bfloat16(), requires_grad=False)
    model.set_input_embeddings(NarrowEmbedding(narrow))
    head.weight = narrow if shared else nn.Parameter(head.weight.detach().bfloat16(), requires_grad=False)


def frozen_weight(linear: Any, dtype: torch.dtype, *, dense: bool) -> FrozenWeight:
    """The values that a linear layer computes with. The layer must not have run yet."""
    import bitsandbytes as bnb

    weight = linear.weight
    if isinstance(weight, bnb.nn.Params4bit):
        packed = FrozenWeight(None, (weight.data, weight.quant_state))
        return FrozenWeight(packed.dense(dtype).contiguous()) if dense else packed
    if isinstance(weight, bnb.nn.Int8Params):
        return FrozenWeight((weight.CB.float() * (weight.SCB[:, None] / 127)).to(dtype))
    return FrozenWeight(weight.detach().clone())


def use_memory_efficient_layers(model: nn.Module) -> None:
    """Replace norms and gated MLPs by versions that store less for the backward pass."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            kind = type(child).__name__
            if kind in {"LlamaRMSNorm", "MistralRMSNorm", "Qwen2RMSNorm", "Qwen3RMSNorm"}:
                norm: Any = child
                setattr(parent, name, MemoryEfficientRMSNorm(norm.weight, norm.variance_epsilon))
            elif kind.endswith("MLP") and isinstance(getattr(child, "act_fn", None), nn.SiLU | _transformers_silu()):
                setattr(parent, name, MemoryEfficientMLP(child))


def _use_prefix_group_attention(model: Any) -> None:
    from transformers import AttentionInterface

    AttentionInterface.register(ATTENTION_NAME, prefix_group_attention)
    model.set_attn_implementation(ATTENTION_NAME)


def _transformers_silu() -> type:
    from transformers.activations import ACT2FN

    return type(ACT2FN["silu"])
