"""The IVF-SQ8 index: results as exact search, built in the background, loaded from a file whose hash is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.bootstrap.storage import changes_of
from app.errors import Unavailable
from app.index import ivf_builder, tenant_index
from app.index.checkpoint import read_index
from app.index.flat import FlatIndex
from app.index.index_cache import IndexCache
from app.index.ivf_sq8 import IvfSq8Index
from app.index.sq8 import Sq8Codec
from app.index.tenant_index import IndexLimits, TenantIndex
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.sql.repositories.tenants import Tenants
from tests.support.storage_factories import DIMENSION, FINGERPRINT, ready
from tests.support.vectors import Embeddings
from tests.unit.index.test_tenant_index import QUERY, all_hits, hits_of_the_store

SMALL = IndexLimits(exact_vectors=20)


def opened(db: Database, folder: Path, limits: IndexLimits = SMALL) -> IndexCache:
    return IndexCache(folder, DIMENSION, FINGERPRINT, changes_of(db), limits)


def has_same_results(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> bool:
    """The same ids; cosines as the store's own vectors give them."""
    return [i for i, _ in found] == [i for i, _ in expected] and np.allclose(
        [score for _, score in found], [score for _, score in expected], atol=1e-5
    )


def has_built_ivf(indexes: IndexCache, tenant_id: str) -> bool:
    index = indexes.for_tenant(tenant_id)
    index.catch_up()
    index.wait_for_ivf_build()
    return index.is_approximate


class VectorFeed:
    """Vectors of a benchmark as `ivf_builder.train` and `fill` read them."""

    def __init__(self, vectors: np.ndarray) -> None:
        self.vectors = vectors

    def count(self, _: str) -> int:
        return len(self.vectors)

    def sample(self, _: str, most: int) -> np.ndarray:
        return self.vectors[:: -(-len(self.vectors) // most)]

    def all_vectors(self, _: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for start in range(0, len(self.vectors), 4096):
            batch = self.vectors[start : start + 4096]
            yield np.arange(start, start + len(batch)), batch


def test_search_returns_the_results_of_exact_search(tmp_path: Path) -> None:
    population = Embeddings(64, topics=200)
    vectors, queries = np.concatenate(list(population.passages(20_000))), population.queries(200)
    source = VectorFeed(vectors)
    built, probe = ivf_builder.train(source, "", 64)  # type: ignore[arg-type]
    ivf_builder.fill(built, probe, source, "")  # type: ignore[arg-type]
    ivf_builder.write(built, tmp_path / "ivf")
    index = IvfSq8Index.read(tmp_path / "ivf", 64)
    hits = 0
    for query in queries:
        exact = np.argsort(-(vectors @ query))[:10]
        hits += len(set(exact) & set(index.search(query, 10)[1]))
    assert hits / (10 * len(queries)) >= 0.95
    assert index.resident_bytes < vectors.nbytes / 3
    assert probe.recall(built) >= ivf_builder.TARGET_RECALL


def test_codes_reproduce_cosines_and_clip_values_outside_the_sample() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((500, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    codes = Sq8Codec.fit(vectors)
    encoded = codes.encode(vectors)
    assert np.array_equal(encoded, np.rint(encoded))
    assert encoded.min() >= 0
    assert encoded.max() <= 255
    distances = ((encoded[:, None] - encoded[None, :20]) ** 2).sum(-1)
    assert np.abs(codes.cosines(distances) - vectors @ vectors[:20].T).max() < 0.02
    assert codes.encode(np.eye(64, dtype=np.float32) * 9).max() == 255


def test_file_with_another_quantiser_is_refused(tmp_path: Path) -> None:
    floats = faiss.ScalarQuantizer.QT_8bit
    former = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(8), 8, 1, floats, faiss.METRIC_INNER_PRODUCT)
    vectors = np.eye(8, dtype=np.float32)
    former.train(vectors)
    former.add_with_ids(vectors, np.arange(8))
    faiss.write_index(former, str(tmp_path / "former"))
    with pytest.raises(ValueError, match="of this kind"):
        read_index(tmp_path / "former", 8)


def test_large_index_becomes_ivf_in_the_background_and_applies_later_changes(
    db: Database, tenant_id: str, tmp_path: Path
) -> None:
    indexes = opened(db, tmp_path)
    first = ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    assert has_built_ivf(indexes, tenant_id)
    ready(db, tenant_id, "b.txt", ["new"], seed=5)
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(first.id)
    found = all_hits(indexes, tenant_id)
    assert has_same_results(found, hits_of_the_store(db, tenant_id))
    assert len(found) == 1


def test_ivf_file_is_loaded_after_a_restart_and_later_changes_are_applied(
    db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    assert has_built_ivf(opened(db, tmp_path), tenant_id)
    ready(db, tenant_id, "b.txt", ["new"], seed=5)
    monkeypatch.setattr(tenant_index.TenantIndex, "_build_flat", lambda *_: pytest.fail("rebuilt"))
    again = opened(db, tmp_path)
    assert has_same_results(all_hits(again, tenant_id), hits_of_the_store(db, tenant_id))
    assert again.for_tenant(tenant_id).is_approximate


@pytest.mark.parametrize("place", [0.01, 0.5, 0.99])
def test_damaged_ivf_file_is_rebuilt(db: Database, tenant_id: str, tmp_path: Path, place: float) -> None:
    ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    assert has_built_ivf(opened(db, tmp_path), tenant_id)
    (file,) = tmp_path.glob("*.faiss")
    data = bytearray(file.read_bytes())
    data[int(place * len(data))] ^= 4
    file.write_bytes(data)
    again = opened(db, tmp_path)
    assert has_same_results(all_hits(again, tenant_id), hits_of_the_store(db, tenant_id))
    assert has_built_ivf(again, tenant_id)
    assert has_same_results(all_hits(again, tenant_id), hits_of_the_store(db, tenant_id))


def test_rebuilt_ivf_index_has_no_removed_vectors(
    db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant_index, "CHECKPOINT_EVERY", 5)
    indexes = opened(db, tmp_path)
    documents = [ready(db, tenant_id, f"{i}.txt", [str(j) for j in range(20)], seed=i) for i in range(5)]
    assert has_built_ivf(indexes, tenant_id)
    before = set(tmp_path.glob("*.faiss"))
    with db.write_tenant(tenant_id) as store:
        for document in documents[:2]:
            store.documents.delete(document.id)
    assert has_built_ivf(indexes, tenant_id)
    newest = max(tmp_path.glob("*.faiss"), key=lambda path: path.stat().st_mtime_ns)
    assert newest not in before
    index = read_index(newest, DIMENSION)
    assert (len(index), index.stale) == (60, 0)
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))


def test_exact_index_keeps_serving_when_the_ivf_build_fails(
    db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ivf_builder, "train", lambda *_: 1 / 0)
    ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    indexes = opened(db, tmp_path)
    assert not has_built_ivf(indexes, tenant_id)
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    assert not list(tmp_path.glob("*.faiss*"))


def test_index_too_large_for_memory_is_unavailable_until_the_ivf_index_is_built(
    db: Database, tenant_id: str, tmp_path: Path
) -> None:
    ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    indexes = opened(db, tmp_path, IndexLimits(exact_vectors=10**6, memory_bytes=500))
    index = indexes.for_tenant(tenant_id)
    with pytest.raises(Unavailable, match="being rebuilt") as refused:
        index.search(QUERY, 5)
    assert refused.value.retry_after
    index.wait_for_ivf_build()
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))


def test_least_recently_used_indexes_are_closed_above_the_memory_limit(
    db: Database, tenant_id: str, tmp_path: Path
) -> None:
    tenants = [tenant_id]
    with db.write() as session:
        tenants += [Tenants(session).create(f"t{i}").id for i in range(3)]
    for tenant in tenants:
        ready(db, tenant, "a.txt", ["one", "two"])
    one = FlatIndex(DIMENSION)
    one.add(np.arange(2), np.zeros((2, DIMENSION), np.float32))
    indexes = opened(db, tmp_path, IndexLimits(memory_bytes=2 * one.resident_bytes))
    last_used: dict[str, TenantIndex] = {}
    for tenant in [*tenants, tenants[0]]:
        assert has_same_results(all_hits(indexes, tenant), hits_of_the_store(db, tenant))
        last_used[tenant] = indexes.for_tenant(tenant)  # closes indexes until the rest, this one included, fit
        assert indexes.describe()["open"] == min(len(last_used), 2)
        assert indexes.describe()["resident_bytes"] == indexes.describe()["open"] * one.resident_bytes
    for tenant in (tenants[3], tenants[0]):
        assert indexes.for_tenant(tenant) is last_used[tenant]
    for tenant in (tenants[1], tenants[2]):
        assert indexes.for_tenant(tenant) is not last_used[tenant]


@hypothesis_settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("put"), st.integers(0, 3), st.integers(1, 30)),
            st.tuples(st.just("delete"), st.integers(0, 3)),
            st.just(("ivf",)),
            st.just(("restart",)),
            st.just(("search",)),
        ),
        max_size=12,
    )
)
def test_ivf_index_agrees_with_the_store_after_any_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple]
) -> None:
    root = tmp_path_factory.mktemp("index")
    settings = Settings(_env_file=None, data_dir=root)
    migrate(settings.data_dir)
    db = open_database(settings.data_dir)
    with db.write() as session:
        tenant_id = Tenants(session).create("t").id
    indexes, held = opened(db, root / "index"), {}
    for number, step in enumerate(steps):
        match step:
            case ("put", name, count):
                held[name] = ready(db, tenant_id, f"{name}.txt", [f"{number} {i}" for i in range(count)], seed=number)
            case ("delete", name) if name in held:
                with db.write_tenant(tenant_id) as store:
                    store.documents.delete(held.pop(name).id)
            case ("ivf",) if held:
                indexes.for_tenant(tenant_id).start_ivf_build()
                indexes.for_tenant(tenant_id).wait_for_ivf_build()
            case ("restart",):
                indexes = opened(db, root / "index")
            case ("search",):
                assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    indexes.for_tenant(tenant_id).wait_for_ivf_build()
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    indexes.for_tenant(tenant_id).wait_for_ivf_build()
    db.close()
