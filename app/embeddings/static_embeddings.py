"""Static embedding tables: a model's token embeddings, a StaticEmbedding, or a word2vec text file.

The weight of a word depends on its frequency, which comes from the table itself. The scores of a Unigram tokenizer are
log probabilities; other vocabularies are ordered by frequency, and Zipf's law gives the probability of a rank.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.embeddings.base import Vectors
from app.errors import WeightsUnavailable

WORD = re.compile(r"\w+")
TENSOR_NAME = re.compile(r"(^|\.)(word_embeddings\.weight|embed_tokens\.weight|embedding\.weight|embeddings)$")
TEXT_SUFFIXES = (".vec", ".txt")
MAX_WORDS = 500_000  # words read from a text file, which lists the most frequent words first
ZIPF_OFFSET = 2.7  # offset in Mandelbrot's form of Zipf's law

Words = npt.NDArray[np.int64]  # indexes into the table


@dataclass(frozen=True, slots=True)
class EmbeddingTable:
    vectors: Vectors  # (words, dimension)
    probability: npt.NDArray[np.float64]  # (words,) probability of each word in running text; 0 for control tokens
    words: Callable[[Sequence[str]], list[Words]]  # word indexes of each text, in order
    spans: Callable[[str], list[tuple[int, int]]]  # character spans of the words of a text


def load_embedding_table(folder: Path) -> EmbeddingTable:
    """Load the table from a model's folder. Raises WeightsUnavailable if it is missing or damaged."""
    tokenizers = sorted(folder.rglob("tokenizer.json"), key=lambda path: len(path.parts))
    texts = [path for path in sorted(folder.iterdir()) if path.suffix in TEXT_SUFFIXES] if folder.is_dir() else []
    if tokenizers:
        return _load_token_table(tokenizers[0])
    vectors = [path for path in texts if path.suffix == ".vec"] or texts
    if vectors:
        return _load_text_table(vectors[0])
    raise WeightsUnavailable(
        f"{folder} holds no word vectors: neither tokenizer.json with a safetensors file nor a word2vec text file "
        "(.vec or .txt). Set LORACLE_WORD_VECTORS to a source that does."
    )


def _load_token_table(tokenizer_file: Path) -> EmbeddingTable:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vectors = _load_token_vectors(tokenizer_file.parent, tokenizer.get_vocab_size())
    config = json.loads(tokenizer_file.read_text("utf-8"))
    token_probabilities = _probabilities(config)
    probability = np.zeros(len(vectors))
    probability[: len(token_probabilities)] = token_probabilities[: len(vectors)]

    def words(texts: Sequence[str]) -> list[Words]:
        encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.array(one.ids, np.int64) for one in encoded]

    def spans(text: str) -> list[tuple[int, int]]:
        offsets = tokenizer.encode(text, add_special_tokens=False).offsets
        return [(start, end) for start, end in offsets if end > start]

    return EmbeddingTable(vectors, probability, words, spans)


def _load_token_vectors(folder: Path, vocabulary: int) -> Vectors:
    """Load the first 2-D tensor that has the name of token embeddings and a row for every token."""
    from safetensors import SafetensorError, safe_open

    for path in sorted(folder.glob("*.safetensors")):
        try:
            with safe_open(path, "pt") as file:
                for name in file.keys():  # noqa: SIM118
                    shape = file.get_slice(name).get_shape()
                    if TENSOR_NAME.search(name) and len(shape) == 2 and shape[0] >= vocabulary:
                        return np.asarray(file.get_tensor(name).float().numpy(), np.float32)
        except (SafetensorError, OSError) as fault:
            raise WeightsUnavailable(f"{path} cannot be read as safetensors: {fault}") from fault
    raise WeightsUnavailable(
        f"No safetensors file in {folder} holds token embeddings for the {vocabulary:,} tokens of its tokenizer. "
        "Set LORACLE_WORD_VECTORS to a source that does."
    )


def _probabilities(config: dict[str, Any]) -> npt.NDArray[np.float64]:
    """Probability of each token, by id; 0 for control tokens."""
    model = config["model"]
    if model.get("type") == "Unigram":
        scores = np.array([score for _, score in model["vocab"]])
        shares = np.where(scores < 0, np.exp(scores), 0.0)  # control tokens have score 0
    else:
        shares = zipf(max(model["vocab"].values()) + 1)
    for token in config.get("added_tokens", ()):
        if token["special"] and token["id"] < len(shares):
            shares[token["id"]] = 0.0
    return np.asarray(shares / shares.sum(), np.float64)


def zipf(words: int) -> npt.NDArray[np.float64]:
    """(words,) probabilities of the ranks 1, 2, ..., which sum to 1."""
    shares = 1 / (np.arange(1, words + 1) + ZIPF_OFFSET)
    return np.asarray(shares / shares.sum(), np.float64)


def _load_text_table(path: Path) -> EmbeddingTable:
    indexes, vectors = _read_text(path)

    def words(texts: Sequence[str]) -> list[Words]:
        return [
            np.array([i for word in WORD.findall(text) if (i := find_index(word)) >= 0], np.int64) for text in texts
        ]

    def find_index(word: str) -> int:
        found = indexes.get(word)
        return indexes.get(word.lower(), -1) if found is None else found

    def spans(text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    return EmbeddingTable(vectors, zipf(len(vectors)), words, spans)


def _read_text(path: Path) -> tuple[dict[str, int], Vectors]:
    """Read lines of a word and its numbers, most frequent first. Skips a first line (words, dimension)."""
    indexes: dict[str, int] = {}
    rows: list[Vectors] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            word, *fields = line.rstrip().split(" ")
            if (number == 1 and len(fields) == 1) or word in indexes:
                continue
            try:
                row = np.array(fields, np.float32)
            except ValueError:
                row = np.empty(0, np.float32)
            if not len(row) or (rows and len(row) != len(rows[0])) or not np.isfinite(row).all():
                expected = f"{len(rows[0])} finite numbers" if rows else "its numbers"
                raise WeightsUnavailable(
                    f"{path}, line {number}: a word and {expected}, separated by blanks, must stand here."
                )
            indexes[word] = len(rows)
            rows.append(row)
            if len(rows) == MAX_WORDS:
                break
    if not rows:
        raise WeightsUnavailable(f"{path} holds no word vectors.")
    return indexes, np.stack(rows)
