"""Tiny GGUF files of random weights, written with the `gguf` package; transformers' conversion as the oracle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType as Kind
from gguf import GGUFWriter, TokenType
from gguf.quants import quantize

HIDDEN, FEED_FORWARD, HEADS, KV_HEADS, HEAD_DIM, LAYERS = 256, 512, 2, 1, 128, 2
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
KINDS = (Kind.Q8_0, Kind.Q4_K, Kind.F16, Kind.Q6_K, Kind.BF16, Kind.Q5_0, Kind.Q4_1, Kind.F32, Kind.Q4_0)


def write_gguf(
    path: Path,
    architecture: str = "llama",
    *,
    named: str | None = None,
    template: str | None = CHATML,
    tied: bool = False,
    leave_out: str = "",
    kinds: tuple[Any, ...] = KINDS,
) -> Path:
    """Write a model of `architecture`, whose file may call itself `named`. `leave_out` drops tensors of that name."""
    random = np.random.default_rng(3)
    tokens = [*_byte_letters(), "he", "ll", "hell", *SPECIAL]
    writer = GGUFWriter(path, named or architecture)
    _add_sizes(writer)
    _add_tokenizer(writer, tokens, template)
    shapes = _shapes(architecture, len(tokens), tied=tied)
    for place, (name, shape) in enumerate(shapes.items()):
        if leave_out and leave_out in name:
            continue
        kind = kinds[place % len(kinds)] if len(shape) == 2 else Kind.F32
        _add_tensor(writer, name, random.normal(0, 0.1, shape).astype(np.float32), kind, random)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def convert_with_transformers(gguf: Path, folder: Path) -> None:
    """Load the file with transformers and save what it read."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, GgufConfig

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    if getattr(model.config, "quantization_config", None) is not None:
        del model.config.quantization_config
    model.is_quantized = False
    model.generation_config = GenerationConfig(
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    model.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _byte_letters() -> list[str]:
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    return list(bytes_to_unicode().values())


def _add_sizes(writer: GGUFWriter) -> None:
    writer.add_name("Tiny")
    writer.add_context_length(512)
    writer.add_block_count(LAYERS)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_key_length(HEAD_DIM)
    writer.add_value_length(HEAD_DIM)
    writer.add_rope_dimension_count(HEAD_DIM)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-6)


def _add_tokenizer(writer: GGUFWriter, tokens: list[str], template: str | None) -> None:
    first = len(tokens) - len(SPECIAL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.NORMAL] * first + [TokenType.CONTROL] * len(SPECIAL))
    writer.add_token_merges(["h e", "l l", "he ll"])
    writer.add_bos_token_id(first)
    writer.add_eos_token_id(first + 2)
    writer.add_pad_token_id(first)
    if template is not None:
        writer.add_chat_template(template)


def _shapes(architecture: str, vocabulary: int, *, tied: bool) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (vocabulary, HIDDEN), "output_norm.weight": (HIDDEN,)}
    if not tied:
        shapes["output.weight"] = (vocabulary, HIDDEN)
    for layer in range(LAYERS):
        block = {**_block(), **_extras(architecture)}
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in block.items()}
    return shapes


def _block() -> dict[str, tuple[int, ...]]:
    return {
        "attn_norm.weight": (HIDDEN,),
        "attn_q.weight": (HEADS * HEAD_DIM, HIDDEN),
        "attn_k.weight": (KV_HEADS * HEAD_DIM, HIDDEN),
        "attn_v.weight": (KV_HEADS * HEAD_DIM, HIDDEN),
        "attn_output.weight": (HIDDEN, HEADS * HEAD_DIM),
        "ffn_norm.weight": (HIDDEN,),
        "ffn_gate.weight": (FEED_FORWARD, HIDDEN),
        "ffn_up.weight": (FEED_FORWARD, HIDDEN),
        "ffn_down.weight": (HIDDEN, FEED_FORWARD),
    }


def _extras(architecture: str) -> dict[str, tuple[int, ...]]:
    sandwich: dict[str, tuple[int, ...]] = {"post_attention_norm.weight": (HIDDEN,), "post_ffw_norm.weight": (HIDDEN,)}
    head_norms: dict[str, tuple[int, ...]] = {"attn_q_norm.weight": (HEAD_DIM,), "attn_k_norm.weight": (HEAD_DIM,)}
    queries, keys = (HEADS * HEAD_DIM,), (KV_HEADS * HEAD_DIM,)
    return {
        "qwen2": {"attn_q.bias": queries, "attn_k.bias": keys, "attn_v.bias": keys},
        "qwen3": head_norms,
        "gemma2": sandwich,
        "gemma3": {**sandwich, **head_norms},
    }.get(architecture, {})


def _add_tensor(writer: GGUFWriter, name: str, values: Any, kind: Any, random: np.random.Generator) -> None:
    if kind in (Kind.F32, Kind.F16):
        writer.add_tensor(name, values.astype(np.float32 if kind == Kind.F32 else np.float16))
    elif kind in (Kind.Q4_K, Kind.Q6_K):  # the package reads these types and does not write them
        writer.add_tensor(name, _random_blocks(values.shape, kind, random), raw_dtype=kind)
    else:
        writer.add_tensor(name, quantize(values, kind), raw_dtype=kind)


def _random_blocks(shape: tuple[int, ...], kind: Any, random: np.random.Generator) -> Any:
    size, scales = {Kind.Q4_K: (144, (0, 2)), Kind.Q6_K: (210, (208,))}[kind]
    blocks = random.integers(0, 256, (shape[0] * shape[1] // 256, size), dtype=np.uint8)
    for place in scales:
        blocks[:, place : place + 2] = np.frombuffer(np.float16(0.001).tobytes(), np.uint8)
    return blocks.reshape(shape[0], -1)
