"""Vectors computed from the text of the passages follow the same change log as the stored ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.bootstrap.storage import changes_of, static_vectors_of
from app.embeddings.hashing import HashingEmbedder
from app.index.change_feed import ChangeFeed
from app.index.index_cache import IndexCache
from app.storage.database import Database
from tests.support.storage_factories import DIMENSION, FINGERPRINT, ready, vectors

WORDS = HashingEmbedder(64)


def opened(db: Database, folder: Path) -> IndexCache:
    return IndexCache(folder, WORDS.dimension, WORDS.fingerprint, static_vectors_of(db, WORDS))


def search(indexes: IndexCache, tenant_id: str, text: str) -> list[tuple[int, float]]:
    return indexes.for_tenant(tenant_id).search(WORDS.embed_queries([text])[0], 10)


def test_passages_are_found_by_their_text_until_they_are_deleted(db: Database, tenant_id: str, tmp_path: Path) -> None:
    indexes = opened(db, tmp_path)
    assert search(indexes, tenant_id, "two") == []
    document = ready(db, tenant_id, "a.txt", ["one", "two"])
    hits = search(indexes, tenant_id, "two")
    assert len(hits) == 2
    assert hits[0][1] == pytest.approx(1)
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document.id)
    assert search(indexes, tenant_id, "two") == []


def test_stored_and_static_vectors_have_separate_checkpoints(
    db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, words = IndexCache(tmp_path, DIMENSION, FINGERPRINT, changes_of(db)), opened(db, tmp_path)
    for i in range(4):
        ready(db, tenant_id, f"{i}.txt", [f"word{i}"], seed=i)
        stored.for_tenant(tenant_id).search(vectors(1)[0], 5)
        search(words, tenant_id, "word")
        stored.checkpoint_all()
        words.checkpoint_all()
    assert len(list(tmp_path.glob("*.faiss"))) == 4
    query = WORDS.embed_queries(["word3"])[0]
    monkeypatch.setattr(WORDS, "embed_passages", _fail)
    assert opened(db, tmp_path).for_tenant(tenant_id).search(query, 1)[0][1] == pytest.approx(1)


def test_sample_and_count_are_of_the_same_texts(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", [f"word{i}" for i in range(10)])
    source: ChangeFeed
    with static_vectors_of(db, WORDS)(tenant_id, False) as source:
        assert source.count("any") == 10
        assert source.sample("any", 5).shape == (5, WORDS.dimension)
        ids = np.concatenate([ids for ids, _ in source.all_vectors("any")])
        found, some = source.vectors_at(ids[[7, 2]], "any")
    assert found.tolist() == ids[[2, 7]].tolist()
    assert np.allclose(some @ WORDS.embed_queries(["word2"])[0], [1, 0], atol=1e-3)


def _fail(*_: object) -> None:
    raise AssertionError("a whole checkpoint needs no text")
