"""The index is a cache: whatever happens to it, it says what the store says."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.bootstrap.storage import changes_of
from app.index.checkpoint import node_of
from app.index.index_cache import IndexCache
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.sql.change_log import CHECKPOINTS_KEPT
from app.storage.sql.repositories.tenants import Tenants
from tests.support.storage_factories import DIMENSION, FINGERPRINT, make_ready, ready, uploaded, vectors

QUERY = vectors(1, seed=99)[0]


def opened(db: Database, folder: Path) -> IndexCache:
    return IndexCache(folder, DIMENSION, FINGERPRINT, changes_of(db))


def all_hits(indexes: IndexCache, tenant_id: str) -> list[tuple[int, float]]:
    return sorted(indexes.for_tenant(tenant_id).search(QUERY, 10_000))


def hits_of_the_store(db: Database, tenant_id: str) -> list[tuple[int, float]]:
    with db.read_tenant(tenant_id) as store:
        return sorted(
            (int(i), float(score))
            for ids, held in store.changes.all_vectors(FINGERPRINT)
            for i, score in zip(ids, held @ QUERY, strict=True)
        )


def has_same_results(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> bool:
    return [i for i, _ in found] == [i for i, _ in expected] and np.allclose(
        [score for _, score in found], [score for _, score in expected], atol=1e-5
    )


@pytest.fixture
def indexes(db: Database, tmp_path: Path) -> IndexCache:
    return opened(db, tmp_path / "index")


def test_search_sees_changes_committed_before_it(db: Database, tenant_id: str, indexes: IndexCache) -> None:
    assert all_hits(indexes, tenant_id) == []
    document = ready(db, tenant_id, "a.txt", ["one", "two"])
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document.id)
    assert all_hits(indexes, tenant_id) == []


def test_scores_are_cosines_best_first(db: Database, tenant_id: str, indexes: IndexCache) -> None:
    ready(db, tenant_id, "a.txt", [str(i) for i in range(50)])
    found = indexes.for_tenant(tenant_id).search(QUERY, 10)
    assert len(found) == 10
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert sorted(found) == sorted(
        sorted(hits_of_the_store(db, tenant_id), key=lambda hit: -hit[1])[:10]
    ) or has_same_results(sorted(found), sorted(sorted(hits_of_the_store(db, tenant_id), key=lambda hit: -hit[1])[:10]))


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("put"), st.integers(0, 4), st.integers(1, 5)),
            st.tuples(st.just("delete"), st.integers(0, 4)),
            st.tuples(st.just("again"), st.integers(0, 4)),
            st.just(("checkpoint",)),
            st.just(("restart",)),
            st.just(("search",)),
        ),
        max_size=20,
    )
)
def test_updated_index_equals_a_rebuilt_one(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple]) -> None:
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
            case ("again", name) if name in held:
                make_ready(db, tenant_id, held[name].latest.id, ["again"], seed=number)
            case ("checkpoint",):
                indexes.checkpoint_all()
            case ("restart",):
                indexes = opened(db, root / "index")
            case ("search",):
                assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    indexes.for_tenant(tenant_id).rebuild()
    assert has_same_results(all_hits(indexes, tenant_id), hits_of_the_store(db, tenant_id))
    db.close()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[: len(data) // 2],
    "one bit": lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
    "header": lambda data: data[:8] + bytes([data[8] ^ 8]) + data[9:],
    "empty": lambda _: b"",
    "other file": lambda _: b"not an index at all",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_checkpoint_is_not_used(db: Database, tenant_id: str, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "index"
    ready(db, tenant_id, "a.txt", ["one", "two", "three"])
    first = opened(db, folder)
    all_hits(first, tenant_id)
    first.checkpoint_all()
    (file,) = folder.glob("*.faiss")
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert has_same_results(all_hits(opened(db, folder), tenant_id), hits_of_the_store(db, tenant_id))


def test_intact_checkpoint_is_used(
    db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    ready(db, tenant_id, "a.txt", ["one", "two", "three"])
    first = opened(db, folder)
    all_hits(first, tenant_id)
    first.checkpoint_all()
    again = opened(db, folder)
    monkeypatch.setattr(type(again.for_tenant(tenant_id)), "_build_flat", lambda *_: pytest.fail("rebuilt"))
    assert has_same_results(all_hits(again, tenant_id), hits_of_the_store(db, tenant_id))


def test_index_is_rebuilt_when_its_folder_is_deleted(db: Database, tenant_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    ready(db, tenant_id, "a.txt", ["one", "two"])
    first = opened(db, folder)
    all_hits(first, tenant_id)
    first.checkpoint_all()
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    assert has_same_results(all_hits(opened(db, folder), tenant_id), hits_of_the_store(db, tenant_id))


def test_two_checkpoints_are_kept_and_older_files_are_deleted(db: Database, tenant_id: str, tmp_path: Path) -> None:
    indexes = opened(db, tmp_path / "index")
    for i in range(4):
        ready(db, tenant_id, f"{i}.txt", [str(i)], seed=i)
        all_hits(indexes, tenant_id)
        indexes.checkpoint_all()
    assert len(list((tmp_path / "index").glob("*.faiss"))) == 2


def test_vectors_of_other_embedding_models_are_not_indexed(db: Database, tenant_id: str, tmp_path: Path) -> None:
    ready(db, tenant_id, "a.txt", ["one"])
    other = IndexCache(tmp_path / "index", DIMENSION, "another-model", changes_of(db))
    assert all_hits(other, tenant_id) == []


def test_tenants_have_separate_indexes(db: Database, tenant_id: str, indexes: IndexCache) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    ready(db, tenant_id, "a.txt", ["one"])
    assert all_hits(indexes, other) == []
    assert indexes.is_current()
    uploaded(db, other)
    ready(db, other, "b.txt", ["two"], seed=3)
    assert len(all_hits(indexes, other)) == 1
    assert len(all_hits(indexes, tenant_id)) == 1


def test_nodes_that_share_a_database_keep_their_own_files(db: Database, tenant_id: str, tmp_path: Path) -> None:
    def node(name: str) -> IndexCache:
        folder = tmp_path / name
        return IndexCache(folder, DIMENSION, FINGERPRINT, changes_of(db), node=node_of(folder))

    def files(name: str) -> set[Path]:
        return set((tmp_path / name).glob("*.faiss"))

    for number in range(4):
        ready(db, tenant_id, f"{number}.txt", ["one", "two"], seed=number)
        for name in ("a", "b"):
            indexes = node(name)
            assert len(all_hits(indexes, tenant_id)) == 2 * (number + 1)
            indexes.checkpoint_all()
    assert node_of(tmp_path / "a") == node_of(tmp_path / "a") != node_of(tmp_path / "b")
    assert len(files("a")) == len(files("b")) == CHECKPOINTS_KEPT
    with db.read_tenant(tenant_id) as store:
        for name in ("a", "b"):
            saved = store.changes.checkpoints(FINGERPRINT, node_of(tmp_path / name))
            assert {tmp_path / name / one.path for one in saved} == files(name)


def test_processes_that_start_at_once_give_a_folder_one_name(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: node_of(tmp_path / "index"), range(64)))
    assert names == {node_of(tmp_path / "index")}
