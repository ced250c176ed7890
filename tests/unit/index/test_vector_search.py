"""Every VectorSearch finds what the stored vectors say, with the same scores in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.bootstrap.storage import changes_of
from app.index.base import Ids, Vectors
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.index.vector_search import VectorSearch
from app.storage.database import Database, open_database
from app.storage.pgvector.partitions import Partitions
from app.storage.pgvector.search import PgvectorSearch
from app.storage.sql.repositories.tenants import Tenants
from tests.support.postgres import TEMPLATE
from tests.support.storage_factories import DIMENSION, FINGERPRINT, make_ready, ready, vectors

KINDS = ("faiss", "faiss on postgresql", "pgvector exact", "pgvector hnsw")
TOLERANCE = 1e-6  # of float32 sums in another order, for norms of 1
QUERY = vectors(1, seed=99)[0]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def db(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if kind == "faiss":
        yield request.getfixturevalue("sqlite_db")
        return
    with request.getfixturevalue("postgres").database(TEMPLATE) as url:
        database = open_database(tmp_path / "data", url)
        yield database
        database.close()


@pytest.fixture
def sqlite_db(settings, fresh_database: None) -> Iterator[Database]:  # type: ignore[no-untyped-def]
    database = open_database(settings.data_dir)
    yield database
    database.close()


@pytest.fixture
def search(kind: str, db: Database, tmp_path: Path) -> VectorSearch:
    """Of the kind `pgvector hnsw`, `prepare` gives each tenant with two vectors or more a partition."""
    if kind.startswith("faiss"):
        return IndexCache(tmp_path / "index", DIMENSION, FINGERPRINT, changes_of(db), IndexLimits())
    return PgvectorSearch(db, FINGERPRINT, Partitions(db, 1 if kind == "pgvector hnsw" else 10_000))


def expected(
    db: Database, tenant_id: str, k: int, allowed: Ids | None = None, query: Vectors = QUERY
) -> list[tuple[int, float]]:
    with db.read_tenant(tenant_id) as store:
        scored = [
            (int(i), float(score))
            for ids, held in store.changes.all_vectors(FINGERPRINT)
            for i, score in zip(ids, held @ query, strict=True)
        ]
    permitted = None if allowed is None else set(allowed.tolist())
    kept = [hit for hit in scored if permitted is None or hit[0] in permitted]
    return sorted(kept, key=lambda hit: (-hit[1], hit[0]))[:k]


def assert_finds(
    search: VectorSearch, db: Database, tenant_id: str, k: int = 10, allowed: Ids | None = None
) -> list[int]:
    found, wanted = search.best(tenant_id, QUERY, k, allowed), expected(db, tenant_id, k, allowed)
    assert [i for i, _ in found] == [i for i, _ in wanted]
    np.testing.assert_allclose([score for _, score in found], [score for _, score in wanted], atol=TOLERANCE)
    return [i for i, _ in found]


def filled(db: Database, search: VectorSearch, tenant_id: str, documents: int = 4) -> None:
    for number in range(documents):
        ready(db, tenant_id, f"{number}.txt", [f"{number} {i}" for i in range(50)], seed=number)
    search.prepare(tenant_id)


def test_tenant_without_documents_has_no_hits(db: Database, tenant_id: str, search: VectorSearch) -> None:
    assert search.best(tenant_id, QUERY, 10) == []
    assert search.best(tenant_id, QUERY, 10, np.array([1, 2])) == []


def test_best_are_exact_cosines_in_order(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id)
    assert len(assert_finds(search, db, tenant_id)) == 10
    assert len(assert_finds(search, db, tenant_id, k=1000)) == 200


def test_only_allowed_chunks_are_found(
    db: Database, tenant_id: str, search: VectorSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(db, search, tenant_id)
    with db.read_tenant(tenant_id) as store:
        ids = store.chunks.live_ids()
    for most_compared in (5000, 2):  # by the chunks' own vectors, and through the index
        monkeypatch.setattr("app.index.index_cache.EXACT_SEARCH_CHUNKS", most_compared)
        monkeypatch.setattr("app.storage.pgvector.search.EXACT_SEARCH_CHUNKS", most_compared)
        for allowed in (ids[::7], ids[-3:], ids[:0], np.array([10**9])):
            assert_finds(search, db, tenant_id, allowed=allowed)


def test_change_is_found_by_the_next_search(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id)
    added = ready(db, tenant_id, "new.txt", ["new", "newer"], seed=50)
    assert_finds(search, db, tenant_id, k=1000)
    make_ready(db, tenant_id, added.latest.id, ["again"], seed=51)
    assert_finds(search, db, tenant_id, k=1000)
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(added.id)
    assert len(assert_finds(search, db, tenant_id, k=1000)) == 200


def test_disabled_chunk_is_not_found_until_it_is_enabled(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id, documents=1)
    document = ready(db, tenant_id, "a.txt", ["a", "b", "c"], seed=9)
    with db.read_tenant(tenant_id) as store:
        chunk = store.chunks.of_document(document.id).data[1]
    for enabled, count in ((False, 52), (True, 53)):
        with db.write_tenant(tenant_id) as store:
            store.chunks.set_enabled(document.id, f"chk_{chunk.id}", enabled)
        found = assert_finds(search, db, tenant_id, k=1000)
        assert (len(found), chunk.id in found) == (count, enabled)


def test_tenants_do_not_find_each_other(db: Database, tenant_id: str, search: VectorSearch) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    filled(db, search, tenant_id)
    filled(db, search, other, documents=1)
    own, others = (set(assert_finds(search, db, tenant, k=1000)) for tenant in (tenant_id, other))
    assert len(own) == 200
    assert len(others) == 50
    assert not own & others
    assert search.best(other, QUERY, 10, np.array(sorted(own))) == []


def test_deleted_tenant_leaves_nothing(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id)
    assert search.best(tenant_id, QUERY, 1)
    with db.write() as session:
        Tenants(session).delete(tenant_id)
    search.drop(tenant_id)
    assert search.best(tenant_id, QUERY, 1) == []


def test_stored_vectors_are_given_by_id(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id, documents=1)
    with db.read_tenant(tenant_id) as store:
        ids, held = next(store.changes.all_vectors(FINGERPRINT))
    found, given = search.vectors_at(tenant_id, [int(ids[3]), 10**9, int(ids[1])])
    assert found.tolist() == [ids[1], ids[3]]
    np.testing.assert_array_equal(given, held[[1, 3]])


def test_equal_vectors_are_all_found(db: Database, tenant_id: str, search: VectorSearch) -> None:
    for number in range(12):
        ready(db, tenant_id, f"{number}.txt", ["same"], seed=1)
    search.prepare(tenant_id)
    found = search.best(tenant_id, QUERY, 100)
    assert len({i for i, _ in found}) == 12
    assert len({round(score, 5) for _, score in found}) == 1


def test_process_without_open_indexes_is_current(db: Database, tenant_id: str, search: VectorSearch) -> None:
    filled(db, search, tenant_id, documents=1)
    search.catch_up_all()
    search.checkpoint_all()
    assert search.is_current()
