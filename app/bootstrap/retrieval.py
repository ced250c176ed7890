"""Builds what searches: the dense retrievers with their indexes, and the retriever over them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap.models import build_embedders, build_reranker, build_word_vectors
from app.bootstrap.storage import Storage, open_storage, static_vectors_of
from app.bootstrap.vector_indexes import open_faiss, open_vector_search
from app.embeddings.base import Embedder
from app.embeddings.model_set import EmbeddingModelSet
from app.search.dense_retriever import DenseRetriever, DenseRetrievers
from app.search.retriever import Retriever
from app.settings import Settings
from app.storage.database import Database


def build_retriever(storage: Storage, embedders: EmbeddingModelSet) -> Retriever:
    """Build the retriever with the word vectors and the reranker that the settings name. Raises WeightsUnavailable."""
    dense = open_dense_retrievers(storage, embedders, _word_vectors_when_used(storage.settings))
    return Retriever(storage.db, dense, build_reranker(storage.settings))


def _word_vectors_when_used(settings: Settings) -> Callable[[], Embedder | None]:
    """A source that the settings name is read now: its faults belong to the start. Raises WeightsUnavailable."""
    if not settings.word_vectors:
        return lambda: build_word_vectors(settings)
    named = build_word_vectors(settings)
    return lambda: named


def open_dense_retrievers(
    storage: Storage, embedders: EmbeddingModelSet, build_words: Callable[[], Embedder | None] = lambda: None
) -> DenseRetrievers:
    """Build the dense retrievers: of the current embedding model, of previous ones still in use, of word vectors.

    The word vectors embed every passage's text when an index is built; nothing of them is in the database.
    """
    db = storage.db

    def retriever(embedder: Embedder) -> DenseRetriever:
        return DenseRetriever(embedder, open_vector_search(storage, embedder))

    def open_word_vectors() -> DenseRetriever | None:
        words = build_words()
        return (
            None if words is None else DenseRetriever(words, open_faiss(storage, words, static_vectors_of(db, words)))
        )

    previous = {name: retriever(embedder) for name, embedder in embedders.previous.items()}
    return DenseRetrievers(db, retriever(embedders.current), previous, open_word_vectors)


@contextmanager
def searching(settings: Settings) -> Iterator[tuple[Storage, Retriever, Embedder]]:
    """Open the data folder and build a retriever, without a generator; closed at the end."""
    storage = open_storage(settings)
    embedders = build_embedders(settings, storage.db)
    try:
        yield storage, build_retriever(storage, embedders), embedders.current
    finally:
        storage.db.close()


@contextmanager
def temporary_retriever(embedder: Embedder, words: Embedder | None = None) -> Iterator[tuple[Database, Retriever]]:
    """Build a retriever over an empty database in a temporary folder; `words` embeds passages as word vectors."""
    with tempfile.TemporaryDirectory(prefix="loracle-corpus-") as folder:
        storage = open_storage(Settings(data_dir=Path(folder)))
        try:
            dense = open_dense_retrievers(storage, EmbeddingModelSet(embedder), lambda: words)
            yield storage.db, Retriever(storage.db, dense)
        finally:
            storage.db.close()
