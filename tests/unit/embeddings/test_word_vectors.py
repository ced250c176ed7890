"""Static word vectors: what weighs, how tables are read, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from app.embeddings.static_embeddings import load_embedding_table, zipf
from app.embeddings.word_vectors import SMOOTHING, WordVectors
from app.errors import WeightsUnavailable

WORDS = ["the", "museum", "gallery", "whale"]
VECTORS = np.array([[0, 0, 1], [1, 0.1, 0], [1, 0, 0], [-1, 1, 0]], np.float32)


def text_table(folder: Path, header: str = "4 3\n") -> Path:
    lines = [f"{word} {' '.join(map(str, row))}" for word, row in zip(WORDS, VECTORS.tolist(), strict=True)]
    (folder / "words.vec").write_text(header + "\n".join(lines) + "\n", "utf-8")
    return folder


def static_model(folder: Path) -> Path:
    """As sentence-transformers saves a StaticEmbedding; scores are natural logarithms of shares."""
    inner = folder / "0_StaticEmbedding"
    inner.mkdir()
    shares = [0.0, *np.log([0.9, 0.05, 0.04, 0.01]).tolist()]
    tokenizer = Tokenizer(models.Unigram([*zip(["<unk>", *WORDS], shares, strict=True)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(inner / "tokenizer.json"))
    table = torch.tensor(np.vstack([np.zeros((1, 3), np.float32), VECTORS]))
    save_file({"embedding.weight": table}, inner / "model.safetensors")
    return folder


def test_a_vector_is_the_weighted_mean_of_its_words(tmp_path: Path) -> None:
    embedder = WordVectors(load_embedding_table(text_table(tmp_path)))
    shares = zipf(4)
    centred = VECTORS - VECTORS.mean(axis=0)
    expected = sum(SMOOTHING / (SMOOTHING + shares[i]) * centred[i] for i in (0, 3))
    expected /= np.linalg.norm(expected)
    found = embedder.embed_passages(["The whale, unheard-of"])[0]
    assert np.allclose(found, expected, atol=2e-3)


def test_a_frequent_word_weighs_less_than_a_rare_one(tmp_path: Path) -> None:
    embedder = WordVectors(load_embedding_table(static_model(tmp_path)))
    both, common, rare = embedder.embed_passages(["the whale", "the", "whale"])
    assert both @ rare > 0.99
    assert both @ common < 0.5


def test_related_words_are_near_without_sharing_one(tmp_path: Path) -> None:
    embedder = WordVectors(load_embedding_table(text_table(tmp_path, header="")))
    museum, gallery, whale = embedder.embed_passages(["museum", "Gallery!", "whale"])
    assert museum @ gallery > 0.9
    assert museum @ whale < 0


def test_text_without_a_known_word_has_a_vector_of_norm_one(tmp_path: Path) -> None:
    embedder = WordVectors(load_embedding_table(text_table(tmp_path)))
    assert np.allclose(np.linalg.norm(embedder.embed_passages(["", "zzz"]), axis=1), 1)


def test_another_table_has_another_fingerprint(tmp_path: Path) -> None:
    first = WordVectors(load_embedding_table(text_table(tmp_path))).fingerprint
    path = tmp_path / "words.vec"
    path.write_text(path.read_text("utf-8").replace("whale -1", "whale -2"), "utf-8")
    assert WordVectors(load_embedding_table(tmp_path)).fingerprint != first


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("a 1 2\nb 1\n", "line 2: a word and 2 finite numbers"),
        ("a 1 x\n", "line 1: a word and its numbers"),
        ("a 1 nan\n", "line 1"),
        ("2 3\n", "holds no word vectors"),
        ("", "holds no word vectors"),
    ],
)
def test_a_damaged_text_table_is_refused_with_its_line(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "words.txt").write_text(content, "utf-8")
    with pytest.raises(WeightsUnavailable, match=complaint):
        load_embedding_table(tmp_path)


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="LORACLE_WORD_VECTORS"):
        load_embedding_table(tmp_path)
    with pytest.raises(WeightsUnavailable, match="LORACLE_WORD_VECTORS"):
        load_embedding_table(tmp_path / "missing")


def test_a_tokenizer_without_its_table_is_refused(tmp_path: Path) -> None:
    inner = static_model(tmp_path) / "0_StaticEmbedding"
    save_file({"embedding.weight": torch.ones(2, 3)}, inner / "model.safetensors")
    with pytest.raises(WeightsUnavailable, match=re.escape("for the 5 tokens")):
        load_embedding_table(tmp_path)
