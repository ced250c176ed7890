"""The dense retriever caches embedded questions and drops the oldest; word vectors are opened at their first use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from app.bootstrap.storage import changes_of
from app.embeddings.base import Vectors
from app.embeddings.hashing import HashingEmbedder
from app.errors import InvalidRequest
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.search import dense_retriever
from app.search.dense_retriever import DenseRetriever, DenseRetrievers
from app.storage.database import Database


class CountingEmbedder(HashingEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed_queries(texts)


def retriever(db: Database, folder: Path, embedder: HashingEmbedder) -> DenseRetriever:
    return DenseRetriever(
        embedder, IndexCache(folder, embedder.dimension, embedder.fingerprint, changes_of(db), IndexLimits(1000, 2**20))
    )


def test_last_questions_are_embedded_once(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense_retriever, "QUERY_CACHE_SIZE", 2)
    embedder = CountingEmbedder()
    one = retriever(db, tmp_path, embedder)
    for question in ("a", "b", "a", "c", "a", "b"):  # c pushes b out, for a was asked after it
        np.testing.assert_array_equal(one.embed(question), HashingEmbedder().embed_queries([question])[0])
    assert embedder.embedded == ["a", "b", "c", "b"]


def test_each_dense_retriever_has_its_own_cache(db: Database, tmp_path: Path) -> None:
    first, second = CountingEmbedder(), CountingEmbedder()
    retriever(db, tmp_path, first).embed("a")
    retriever(db, tmp_path, second).embed("a")
    assert first.embedded == second.embedded == ["a"]


def test_word_vectors_are_opened_once_at_their_first_use(db: Database, tmp_path: Path) -> None:
    opened: list[DenseRetriever] = []

    def open_word_vectors() -> DenseRetriever:
        opened.append(retriever(db, tmp_path, HashingEmbedder(64)))
        return opened[-1]

    current = retriever(db, tmp_path, HashingEmbedder())
    retrievers = DenseRetrievers(db, current, open_word_vectors=open_word_vectors)
    assert retrievers.all() == [current]
    assert not opened
    assert retrievers.get("any", "word_vectors") is retrievers.word_vectors() is opened[0]
    assert retrievers.all() == [current, opened[0]]
    assert len(opened) == 1


def test_service_without_word_vectors_looks_for_them_once(db: Database, tmp_path: Path) -> None:
    looked: list[bool] = []

    def none() -> None:
        looked.append(True)

    retrievers = DenseRetrievers(db, retriever(db, tmp_path, HashingEmbedder()), open_word_vectors=none)
    for _ in range(2):
        with pytest.raises(InvalidRequest, match="no word vectors"):
            retrievers.word_vectors()
    assert len(looked) == 1
