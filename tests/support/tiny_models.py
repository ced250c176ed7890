"""Tiny random models of several architectures, saved as folders; adapters for them; PEFT as the oracle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    GraniteConfig,
    GraniteForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.engine.base_identity import QuantizationRecipe
from app.engine.quantize import quantize_model

SIZES = {
    "vocab_size": 256,
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 512,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "tie_word_embeddings": False,
}
ARCHITECTURES = ("llama", "qwen3", "gemma3")


def tiny_model(architecture: str, dtype: torch.dtype = torch.float32, sizes: dict[str, Any] = SIZES) -> Any:
    """The same random weights whenever it is called."""
    torch.manual_seed(7)
    # Gemma 3 mixes sliding-window layers with full ones: a window shorter than the prompts.
    model: Any
    match architecture:
        case "llama":
            model = LlamaForCausalLM(LlamaConfig(**sizes, initializer_range=0.3))
        case "qwen2":
            config = Qwen2Config(**sizes, initializer_range=0.3)
            config.head_dim = sizes["head_dim"]
            model = Qwen2ForCausalLM(config)
            for name, bias in model.named_parameters():
                if name.endswith("bias"):
                    torch.nn.init.normal_(bias, std=0.3)  # zeros, as made
        case "granite":
            scales = {"residual_multiplier": 0.3, "embedding_multiplier": 5.0, "logits_scaling": 4.0}
            model = GraniteForCausalLM(
                GraniteConfig(**sizes, initializer_range=0.3, attention_multiplier=0.1, **scales)
            )
        case "qwen3":
            model = Qwen3ForCausalLM(Qwen3Config(**sizes, initializer_range=0.3))
        case "gemma3":
            layers = ["sliding_attention", "sliding_attention", "full_attention"]
            model = Gemma3ForCausalLM(
                Gemma3TextConfig(**sizes, initializer_range=0.3, sliding_window=8, layer_types=layers)
            )
        case _:
            raise ValueError(architecture)
    return model.to(dtype).eval().requires_grad_(requires_grad=False)


def base_spec(model: Any, folder: Path) -> BaseSpec:
    model.save_pretrained(folder)
    return read_base_spec(folder, name="tiny", fingerprint="tiny")


def nf4(model: Any, dtype: torch.dtype = torch.float32, block_size: int = 64, *, device: str = "cpu") -> Any:
    """Quantised in place and never packed: PEFT asks for the flag, and state_dict() would pack."""
    quantize_model(model, QuantizationRecipe("nf4", block_size), compute_dtype=dtype, device=device)
    model.is_loaded_in_4bit = True
    return model


class Oracle:
    """PEFT's own answers: one fresh copy of the base for each adapter, greedy, one sequence at a time.

    `fresh` makes the base anew: a copy of one that has served would be packed, and PEFT would change it.
    """

    def __init__(self, fresh: Callable[[], Any]) -> None:
        self._fresh = fresh
        self._with: dict[Path | None, Any] = {}

    def greedy(self, prompt: Sequence[int], adapter: Path | None, max_tokens: int) -> list[int]:
        model = self._prepared(adapter)
        with torch.inference_mode():
            out = model.generate(
                input_ids=torch.tensor([list(prompt)], device=model.device),
                attention_mask=torch.ones((1, len(prompt)), dtype=torch.long, device=model.device),
                max_new_tokens=max_tokens,
                do_sample=False,
                eos_token_id=None,
                pad_token_id=0,
            )
        return [int(token) for token in out[0, len(prompt) :]]

    def logprobs(self, prompt: Sequence[int], continuation: Sequence[int], adapter: Path | None) -> list[float]:
        """The log-probability of each token of a continuation. An adapter that is activated, is so by the prompt."""
        ids = torch.tensor([[*prompt, *continuation]])
        with torch.inference_mode():
            rows = self._prepared(adapter)(input_ids=ids).logits[0, len(prompt) - 1 : -1]
        return [float(row[token]) for row, token in zip(torch.log_softmax(rows.float(), -1), continuation, strict=True)]

    def _prepared(self, adapter: Path | None) -> Any:
        if adapter not in self._with:
            model = self._fresh()
            if adapter is not None:
                from peft import PeftModel

                model = PeftModel.from_pretrained(model, str(adapter))
            self._with[adapter] = model.eval()
        return self._with[adapter]


def dequantize_model(model: Any) -> Any:
    """Replace each 4-bit layer by a dense one of the same weights, in place. Returns the model."""
    import bitsandbytes as bnb

    for name, layer in [(name, each) for name, each in model.named_modules() if isinstance(each, bnb.nn.Linear4bit)]:
        weight = bnb.functional.dequantize_4bit(layer.weight.data, layer.weight.quant_state).to(layer.compute_dtype)
        dense = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=layer.bias is not None, dtype=weight.dtype)
        dense.weight.data = weight
        if layer.bias is not None:
            dense.bias.data = layer.bias.data
        parent, _, child = name.rpartition(".")
        setattr(model.get_submodule(parent), child, dense)
    return model.eval().requires_grad_(requires_grad=False)
