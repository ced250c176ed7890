"""Loads the base model: memory-mapped safetensors, quantised layer by layer, ready to serve."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import torch

from app.engine import native
from app.engine.kernels import KernelChoice, choose_kernels, integers_are_faster, use_native_linears
from app.engine.quantize import QuantizationRecipe, footprint, quantize_model
from app.errors import WeightsUnavailable
from app.numerics.memory import trim
from app.numerics.precision import native_bfloat16
from app.numerics.threads import set_torch_threads, single_torch_thread

DTYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A base model that is ready to serve, with the facts that the start-up log and fingerprints need."""

    model: Any  # transformers causal language model, in eval mode
    tokenizer: Any  # transformers fast tokenizer
    device: str
    compute_dtype: torch.dtype
    context_tokens: int
    quantized_bytes: int
    other_bytes: int
    recipe: QuantizationRecipe
    kernels: KernelChoice
    fingerprint: str  # of weights, quantisation and chat template

    def describe(self) -> dict[str, Any]:
        return {
            "quantization": self.recipe.describe(),
            "device": self.device,
            "compute_dtype": str(self.compute_dtype).removeprefix("torch."),
            "quantized_bytes": self.quantized_bytes,
            "other_bytes": self.other_bytes,
            "dense_copy_bytes": self.kernels.dense_bytes,
            "dense_rows": self.kernels.dense_rows,
            "fused_products": self.kernels.fused,
            "native_products": self.kernels.native,
            "integer_products": self.kernels.integer,
            "packed_linears": self.kernels.packed,
            "native_kernels": native.available() and self.device == "cpu",
            "fingerprint": self.fingerprint,
        }


def load_base(
    folder: Path,
    *,
    weights_fingerprint: str,
    recipe: QuantizationRecipe,
    compute_dtype: Literal["auto", "bfloat16", "float16", "float32"] = "auto",
    device: Literal["auto", "cpu", "cuda"] = "auto",
    threads: int = 0,
    dense_bytes: int = 0,
    integer_products: Literal["auto", "on", "off"] = "auto",
) -> LoadedModel:
    """Load and quantise the model in `folder`. Raises WeightsUnavailable if it is missing or damaged.

    `weights_fingerprint` identifies the folder's content. `threads` 0 keeps PyTorch's own count. `dense_bytes` is the
    budget for dense weights beside quantised layers, where those are faster. `integer_products` "auto" quantises
    activations too where that is faster here and exact enough.
    """
    set_torch_threads(threads)
    device = choose_device(device)
    dtype = choose_serving_dtype(compute_dtype, device, recipe)
    tokenizer, model = _read(folder, dtype)
    model = model.eval().requires_grad_(requires_grad=False)
    quantize_model(model, recipe, compute_dtype=dtype, device=device)
    _copy_out_of_mapped_file(model)
    # PEFT and transformers read these attributes.
    model.is_loaded_in_4bit = recipe.method in {"nf4", "fp4"}
    model.is_loaded_in_8bit = recipe.method == "int8"
    if device == "cpu":
        integers = integer_products == "on" or (integer_products == "auto" and integers_are_faster(model))
        use_native_linears(model, integers=integers)
    warm_up(model, device)
    quantized, other = footprint(model)
    kernels = choose_kernels(model, budget_bytes=dense_bytes, dtype=dtype)
    trim()
    return LoadedModel(
        model=model,
        tokenizer=tokenizer,
        device=device,
        compute_dtype=dtype,
        context_tokens=int(getattr(model.config, "max_position_embeddings", 2048)),
        quantized_bytes=quantized,
        other_bytes=other,
        recipe=recipe,
        kernels=kernels,
        fingerprint=base_fingerprint(weights_fingerprint, recipe, tokenizer),
    )


def _read(folder: Path, dtype: torch.dtype) -> tuple[Any, Any]:
    """Read (tokenizer, model) from disk. Raises WeightsUnavailable."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=dtype, local_files_only=True, trust_remote_code=False, use_safetensors=True
        )
    except Exception as fault:
        raise WeightsUnavailable(
            f"The model in {folder} cannot be loaded ({type(fault).__name__}: {str(fault)[:200]}). Run `loracle "
            "models verify`, then `loracle models pull` to fetch it again."
        ) from fault
    return tokenizer, model


def _copy_out_of_mapped_file(model: Any) -> None:
    """Copy the parameters that still point into the memory-mapped file, so that the file can be unmapped."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.data.is_cpu and parameter.dtype.is_floating_point:
                parameter.data = parameter.data.clone()


def choose_device(device: str) -> Literal["cpu", "cuda"]:
    if device == "cuda" or (device == "auto" and torch.cuda.is_available()):
        return "cuda"
    return "cpu"


def choose_dtype(compute_dtype: str, device: str) -> torch.dtype:
    """The type PyTorch computes in: bf16 where the processor supports it, fp32 on other CPUs, fp16 on older GPUs."""
    if compute_dtype != "auto":
        return DTYPES[compute_dtype]
    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return torch.bfloat16 if native_bfloat16("cpu") else torch.float32


def choose_serving_dtype(compute_dtype: str, device: str, recipe: QuantizationRecipe) -> torch.dtype:
    """As `choose_dtype`, but bf16 wherever the engine's own kernels run: also on AVX2, where PyTorch's bf16 is slow."""
    if compute_dtype == "auto" and device == "cpu" and recipe.method != "int8" and native.available():
        return torch.bfloat16
    return choose_dtype(compute_dtype, device)


def base_fingerprint(weights_fingerprint: str, recipe: QuantizationRecipe, tokenizer: Any) -> str:
    """16 hex digits that identify the exact weights, quantisation and chat template an adapter was trained on."""
    parts = [weights_fingerprint, asdict(recipe), str(tokenizer.chat_template)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def warm_up(model: Any, device: str) -> None:
    """One forward on one thread: the packing of 4-bit weights at the first forward is not thread-safe."""
    with single_torch_thread(), torch.inference_mode():
        model(input_ids=torch.zeros((1, 1), dtype=torch.long, device=device), use_cache=False)
