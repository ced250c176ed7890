"""What every Embedder promises, held against all of them."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from app.bootstrap.models import build_embedder, build_word_vectors
from app.embeddings.base import Embedder
from app.embeddings.hashing import HashingEmbedder
from app.settings import Settings

TEXTS = ["The museum opens at ten.", "O museu abre às dez.", "x", "", "word " * 2000]


@pytest.fixture(
    params=[
        "hashing",
        pytest.param("sentence_embedder", marks=pytest.mark.models),
        pytest.param("word_vectors", marks=pytest.mark.models),
    ]
)
def embedder(request: Any) -> Embedder:
    return HashingEmbedder() if request.param == "hashing" else request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def sentence_embedder() -> Embedder:
    return build_embedder(Settings(_env_file=None))


@pytest.fixture(scope="module")
def word_vectors() -> Embedder:
    found = build_word_vectors(Settings(_env_file=None))
    assert found is not None
    return found


def test_vectors_have_norm_one_and_the_stated_dimension(embedder: Embedder) -> None:
    for embed in (embedder.embed_passages, embedder.embed_queries):
        vectors = embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_batches_do_not_change_vectors(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert np.all(np.sum(together * alone, axis=1) > 0.999)


def test_alike_texts_are_nearer_than_unrelated_ones(embedder: Embedder) -> None:
    query = embedder.embed_queries(["When does the museum open?"])[0]
    near, far = embedder.embed_passages(["The museum opens at ten.", "Whales eat krill."]) @ query
    assert near > far
    assert near > embedder.similarity_floor


def test_token_spans_reach_the_end_of_a_long_text_even_after_embedding(embedder: Embedder) -> None:
    embedder.embed_passages(TEXTS)
    text = "The museum opens at ten. " * 2000
    spans = embedder.token_spans(text)
    assert len(spans) > 2000
    assert spans[-1][1] >= len(text.rstrip())
    assert all(a < b <= c for (a, b), (c, _) in itertools.pairwise(spans))
