"""Loads the base model, quantised once and read in 4 bits from then on, ready to serve."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import torch

from app.engine import native
from app.engine.base_identity import FOUR_BIT, QuantizationRecipe, base_fingerprint
from app.engine.kernels import KernelChoice, choose_kernels, integers_are_faster, use_native_linears
from app.engine.quantize import footprint, quantize_model
from app.errors import WeightsUnavailable
from app.numerics.bitsandbytes_import import import_bitsandbytes
from app.numerics.memory import trim
from app.numerics.precision import native_bfloat16
from app.numerics.threads import set_torch_threads, single_torch_thread
from app.observability import StepTimer

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
    load_seconds: Mapping[str, float] = field(default_factory=dict)  # by step

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
    timer = StepTimer()
    with timer.measure("tokenizer"):
        tokenizer = read_tokenizer(folder)
    with timer.measure("read_weights"):
        model = read_quantized_model(
            folder, weights_fingerprint=weights_fingerprint, recipe=recipe, dtype=dtype, device=device
        )
    # PEFT and transformers read these attributes.
    model.is_loaded_in_4bit = recipe.method in FOUR_BIT
    model.is_loaded_in_8bit = recipe.method == "int8"
    if device == "cpu":
        _lay_out(model, integer_products, timer)
    with timer.measure("warm_up"):
        warm_up(model, device)
    quantized, other = footprint(model)
    with timer.measure("kernels"):
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
        load_seconds=timer.seconds,
    )


def _lay_out(model: Any, integer_products: str, timer: StepTimer) -> None:
    """Move the layers to the engine's own kernels, in the layout that is faster here if it may choose."""
    with timer.measure("kernels"):
        integers = integer_products == "on" or (integer_products == "auto" and integers_are_faster(model))
    with timer.measure("layout"):
        use_native_linears(model, integers=integers)


def read_tokenizer(folder: Path) -> Any:
    """Load only the tokenizer of a model. Raises WeightsUnavailable."""
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as fault:
        raise unreadable_model(folder, fault) from fault


def read_quantized_model(
    folder: Path, *, weights_fingerprint: str, recipe: QuantizationRecipe, dtype: torch.dtype, device: str
) -> Any:
    """Read the model in `folder` and quantise it as `recipe` says, frozen and in eval mode, on `device`.

    4-bit weights are kept beside the model and read from there the next time; an empty `weights_fingerprint` prevents
    that. No layer has run yet. Raises WeightsUnavailable.
    """
    import_bitsandbytes()
    model = None
    if recipe.method in FOUR_BIT and not _is_quantized_already(folder):
        from app.engine.quantized_model import read_four_bit_model

        try:
            model = read_four_bit_model(
                folder, weights_fingerprint=weights_fingerprint, recipe=recipe, dtype=dtype, device=device
            )
        except WeightsUnavailable:
            raise
        except Exception as fault:
            raise unreadable_model(folder, fault) from fault
    if model is None:
        model = read_model(folder, dtype)
        quantize_model(model, recipe, compute_dtype=dtype, device=device)
        _copy_out_of_mapped_file(model)
    return model.eval().requires_grad_(requires_grad=False)


def read_model(folder: Path, dtype: torch.dtype) -> Any:
    """Read the unquantised model from disk into main memory. Raises WeightsUnavailable."""
    from transformers import AutoModelForCausalLM

    try:
        return AutoModelForCausalLM.from_pretrained(
            folder, dtype=dtype, local_files_only=True, trust_remote_code=False, use_safetensors=True
        )
    except Exception as fault:
        raise unreadable_model(folder, fault) from fault


def unreadable_model(folder: Path, fault: Exception) -> WeightsUnavailable:
    return WeightsUnavailable(
        f"The model in {folder} cannot be loaded ({type(fault).__name__}: {str(fault)[:200]}). Run `loracle models "
        "verify`, then `loracle models pull` to fetch it again."
    )


def _is_quantized_already(folder: Path) -> bool:
    """Whether the model was published in a quantised form, which transformers reads by itself."""
    try:
        return "quantization_config" in json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False  # transformers says what is wrong


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


def warm_up(model: Any, device: str) -> None:
    """One forward on one thread: the packing of 4-bit weights at the first forward is not thread-safe."""
    with single_torch_thread(), torch.inference_mode():
        model(input_ids=torch.zeros((1, 1), dtype=torch.long, device=device), use_cache=False)
