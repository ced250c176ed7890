"""Converts a GGUF file to a standard transformers folder, tensor by tensor, dequantised to bf16 safetensors.

The model is never held in memory: its tensors are read from the mapped file, dequantised in pieces and written at once.
The files are the same, byte for byte, as those of loading the file with transformers and saving the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import WeightsUnavailable
from app.weights.chat_template import check_chat_template
from app.weights.gguf_file import ARCHITECTURES, GgufFile, GgufTensor, open_gguf
from app.weights.machine import usable_cores
from app.weights.safetensors_file import Piece, StreamedTensor, write_bfloat16

PIECE_ELEMENTS = 1 << 20  # 4 MB in fp32: dequantisation stays in the processor's caches
MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """The model without weights: its configuration, and the shape of every tensor that is saved."""

    config: Any
    shapes: dict[str, tuple[int, ...]]
    name_map: dict[str, str]  # GGUF name -> transformers name
    restore: Callable[..., Any]  # takes back how llama.cpp stores a tensor


def convert_gguf(gguf: Path, folder: Path) -> None:
    """Write config, tokenizer with chat template, and bf16 weights of `gguf` into `folder`.

    Raises WeightsUnavailable if the file is damaged, of an architecture or a type that is not supported, or has no
    chat template that can be rendered.
    """
    from transformers import GenerationConfig

    opened = open_gguf(gguf)
    config = _config(opened)
    tokenizer = _tokenizer(opened, config)
    check_chat_template(tokenizer, gguf.name)
    skeleton = _skeleton(opened, config)
    write_bfloat16(folder / "model.safetensors", _streamed(opened, skeleton), threads=min(MOST_THREADS, usable_cores()))
    skeleton.config.save_pretrained(folder)
    GenerationConfig(
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    ).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _config(opened: GgufFile) -> Any:
    """The configuration that transformers reads from the file, by its own tables."""
    from transformers import AutoConfig
    from transformers.integrations import GGUF_CONFIG_DEFAULTS_MAPPING, GGUF_CONFIG_MAPPING

    names = {tensor.name for tensor in opened.tensors}
    values = {**GGUF_CONFIG_DEFAULTS_MAPPING.get(opened.architecture, {})}
    values["tie_word_embeddings"] = "output.weight" not in names
    for key, value in opened.metadata.items():
        prefix, _, name = key.partition(".")
        renamed = GGUF_CONFIG_MAPPING.get(prefix, {}).get(name)
        if isinstance(renamed, str):
            values[renamed] = value
    if values["model_type"] == "gemma3":  # the file holds the text model alone
        values["model_type"] = "gemma3_text"
    if head_dim := opened.metadata.get("qwen3.attention.key_length"):  # missing in the table of this architecture
        values["head_dim"] = head_dim
    values.setdefault("vocab_size", len(opened.metadata.get("tokenizer.ggml.tokens", ())))
    return AutoConfig.for_model(**values)


def _tokenizer(opened: GgufFile, config: Any) -> Any:
    from transformers import TOKENIZER_MAPPING, TokenizersBackend

    kind = TOKENIZER_MAPPING.get(type(config), TokenizersBackend)  # as AutoTokenizer, which reads the file once more
    try:
        return kind.from_pretrained(opened.path.parent, gguf_file=opened.path.name)
    except Exception as fault:
        raise WeightsUnavailable(
            f"The tokenizer in {opened.path.name} cannot be read ({type(fault).__name__}: {str(fault)[:200]}). Use the "
            "model's own repository (hf:<repository>@<revision>) or a folder of transformers (path:<folder>)."
        ) from fault


def _skeleton(opened: GgufFile, config: Any) -> _Skeleton:
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.modeling_gguf_pytorch_utils import TENSOR_PROCESSORS, TensorProcessor

    processor = TENSOR_PROCESSORS.get(opened.architecture, TensorProcessor)(config=config.to_dict())
    try:
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    except Exception as fault:
        raise WeightsUnavailable(
            f"The metadata of {opened.path.name} describe no model ({type(fault).__name__}: {str(fault)[:200]})."
        ) from fault
    model.config.architectures = [type(model).__name__]
    tied = set(model._tied_weights_keys or ()) if model.config.tie_word_embeddings else set()
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items() if name not in tied}
    return _Skeleton(model.config, shapes, _name_map(opened, config.num_hidden_layers, shapes), processor.process)


def _name_map(opened: GgufFile, layers: int, names: Iterable[str]) -> dict[str, str]:
    """GGUF name -> transformers name, by the table of the `gguf` package."""
    from gguf import MODEL_ARCH_NAMES, get_tensor_name_map

    architecture = next(number for number, name in MODEL_ARCH_NAMES.items() if name == opened.architecture)
    table = get_tensor_name_map(architecture, layers)
    pairs = ((name, *name.rpartition(".")[::2]) for name in names)
    return {f"{table.get_name(module)}.{kind}": name for name, module, kind in pairs}


def _streamed(opened: GgufFile, skeleton: _Skeleton) -> dict[str, StreamedTensor]:
    reordered = ARCHITECTURES[opened.architecture]
    tensors: dict[str, StreamedTensor] = {}
    for tensor in opened.tensors:
        name = skeleton.name_map.get(tensor.name)
        if name not in skeleton.shapes:
            continue
        if tensor.shape != skeleton.shapes[name]:
            raise WeightsUnavailable(
                f"{opened.path.name} is inconsistent: {tensor.name} is {tensor.shape}, its metadata say "
                f"{skeleton.shapes[name]}."
            )
        whole = any(part in tensor.name for part in reordered)
        pieces = partial(_whole, tensor, skeleton.restore) if whole else partial(_in_pieces, tensor)
        tensors[name] = StreamedTensor(tensor.shape, pieces)
    if missing := sorted(skeleton.shapes.keys() - tensors.keys()):
        raise WeightsUnavailable(
            f"{opened.path.name} lacks {len(missing)} of the model's tensors, {missing[0]} among them: it is one part "
            "of a split model, or damaged."
        )
    return tensors


def _in_pieces(tensor: GgufTensor) -> Iterator[Piece]:
    """Pieces of whole rows, so that no block of the quantisation is cut."""
    rows, columns = len(tensor.data), tensor.shape[-1]
    step = max(1, PIECE_ELEMENTS // columns)
    for first in range(0, rows, step):
        yield first * columns, partial(_bfloat16, tensor.data[first : first + step], tensor.kind)


def _whole(tensor: GgufTensor, restore: Callable[..., Any]) -> Iterator[Piece]:
    def restored(values: Any) -> Any:
        return restore(values.reshape(tensor.shape), tensor.name).weights

    yield 0, partial(_bfloat16, tensor.data, tensor.kind, restored)


def _bfloat16(data: Any, kind: Any, restore: Callable[[Any], Any] = lambda values: values) -> bytes:
    import numpy as np
    import torch
    from gguf import dequantize

    values = np.ascontiguousarray(restore(dequantize(data, kind)))
    if not values.flags.writeable:  # fp32 in the file: a view of the mapped file, which torch warns about
        values = values.copy()
    rounded = torch.from_numpy(values).to(torch.bfloat16)
    return rounded.view(torch.int16).numpy().tobytes()
