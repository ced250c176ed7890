"""Converts a GGUF file to a standard transformers folder, tensor by tensor, dequantised to bf16 safetensors.

The model is never held in memory: its tensors are read from the mapped file, dequantised in pieces and written at once.
The files are the same, byte for byte, as those of loading the file with transformers and saving the model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import WeightsUnavailable
from app.weights.chat_template import check_chat_template
from app.weights.gguf_file import ARCHITECTURES, architecture_of, open_gguf
from app.weights.safetensors_file import Piece, StreamedTensor, write_bfloat16

PIECE_ELEMENTS = 1 << 20  # 4 MB in fp32: dequantisation stays in the processor's caches
MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """The model without weights: its configuration, and the shape of every tensor that is saved."""

    config: Any
    shapes: dict[str, tuple[int, ...]]
    name_map: dict[str, str]  # GGUF name -> transformers name


def convert_gguf(gguf: Path, folder: Path) -> None:
    """Write config, tokenizer with chat template, and bf16 weights of `gguf` into `folder`.

    Raises WeightsUnavailable if the file is damaged, of an architecture or a type that is not supported, or has no
    chat template that can be rendered.
    """
    from transformers import AutoTokenizer, GenerationConfig

    reader = open_gguf(gguf)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    check_chat_template(tokenizer, gguf.name)
    processor = _processor(reader)
    skeleton = _skeleton(gguf, processor)
    tensors = _streamed(reader, skeleton, processor, gguf)
    write_bfloat16(folder / "model.safetensors", tensors, threads=min(MOST_THREADS, os.cpu_count() or 1))
    skeleton.config.save_pretrained(folder)
    GenerationConfig(
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    ).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _processor(reader: Any) -> Any:
    from transformers.modeling_gguf_pytorch_utils import TENSOR_PROCESSORS, TensorProcessor

    return TENSOR_PROCESSORS.get(architecture_of(reader), TensorProcessor)


def _skeleton(gguf: Path, processor: Any) -> _Skeleton:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM
    from transformers.modeling_gguf_pytorch_utils import get_gguf_hf_weights_map

    config = AutoConfig.from_pretrained(gguf.parent, gguf_file=gguf.name)
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    model.config.architectures = [type(model).__name__]
    tied = set(model._tied_weights_keys or ()) if model.config.tie_word_embeddings else set()
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items() if name not in tied}
    return _Skeleton(model.config, shapes, get_gguf_hf_weights_map(model, processor(config=model.config.to_dict())))


def _streamed(reader: Any, skeleton: _Skeleton, processor: Any, gguf: Path) -> dict[str, StreamedTensor]:
    reordered = ARCHITECTURES[architecture_of(reader)]
    restore = processor(config=skeleton.config.to_dict()).process
    tensors: dict[str, StreamedTensor] = {}
    for tensor in reader.tensors:
        name = skeleton.name_map.get(tensor.name)
        if name not in skeleton.shapes:
            continue
        shape = tuple(int(size) for size in reversed(tensor.shape))
        if shape != skeleton.shapes[name]:
            raise WeightsUnavailable(
                f"{gguf.name} is inconsistent: {tensor.name} is {shape}, its metadata say {skeleton.shapes[name]}."
            )
        whole = any(part in tensor.name for part in reordered)
        pieces = partial(_whole, tensor, restore) if whole else partial(_in_pieces, tensor)
        tensors[name] = StreamedTensor(shape, pieces)
    if missing := sorted(skeleton.shapes.keys() - tensors.keys()):
        raise WeightsUnavailable(
            f"{gguf.name} lacks {len(missing)} of the model's tensors, {missing[0]} among them: it is one part of a "
            "split model, or damaged."
        )
    return tensors


def _in_pieces(tensor: Any) -> Iterator[Piece]:
    """Pieces of whole rows, so that no block of the quantisation is cut."""
    columns = int(tensor.shape[0])
    rows = int(tensor.n_elements) // columns
    data = tensor.data.reshape(rows, -1)
    step = max(1, PIECE_ELEMENTS // columns)
    for first in range(0, rows, step):
        yield first * columns, partial(_bfloat16, data[first : first + step], tensor.tensor_type)


def _whole(tensor: Any, restore: Callable[..., Any]) -> Iterator[Piece]:
    yield 0, lambda: _bfloat16(tensor.data, tensor.tensor_type, lambda values: restore(values, tensor.name).weights)


def _bfloat16(data: Any, kind: Any, restore: Callable[[Any], Any] = lambda values: values) -> bytes:
    import numpy as np
    import torch
    from gguf import dequantize

    values = np.ascontiguousarray(restore(dequantize(data, kind)))
    if not values.flags.writeable:  # fp32 in the file: a view of the mapped file, which torch warns about
        values = values.copy()
    rounded = torch.from_numpy(values).to(torch.bfloat16)
    return rounded.view(torch.int16).numpy().tobytes()
