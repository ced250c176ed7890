"""Large indexes get partitions of their own while their tenants go on; what is gone leaves none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from sqlalchemy import text

from app.errors import Unavailable
from app.index.verification import find_problems
from app.storage.database import Database, open_database
from app.storage.pgvector import partitions as partitions_module
from app.storage.pgvector.description import describe_indexes
from app.storage.pgvector.maintained_index import MaintainedPgvectorIndex
from app.storage.pgvector.partition_build import BUILD_MEMORY_BYTES, build, build_memory
from app.storage.pgvector.partitions import Partitions
from app.storage.pgvector.search import PgvectorSearch
from app.storage.pgvector.upkeep import PartitionUpkeep
from app.storage.postgres.vectors.index_rows import find_index
from app.storage.sql.repositories.tenants import Tenants
from tests.support.postgres import TEMPLATE, PostgresServer
from tests.support.storage_factories import DIMENSION, FINGERPRINT, add_document_with_vectors, ready, vectors

QUERY = vectors(1, seed=99)[0]
EXACT = 30  # more vectors make an index large


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database(TEMPLATE) as made:
        yield made


@pytest.fixture
def db(url: str, tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path, url)
    yield database
    database.close()


@pytest.fixture
def partitions(db: Database) -> Partitions:
    return Partitions(db, EXACT)


@pytest.fixture
def search(db: Database, partitions: Partitions) -> PgvectorSearch:
    return PgvectorSearch(db, FINGERPRINT, partitions)


def chunks(db: Database, tenant_id: str, name: str, count: int, seed: int = 0) -> str:
    return ready(db, tenant_id, name, [f"{name} {i}" for i in range(count)], seed).id


def tables(db: Database) -> set[str]:
    with db.read() as session:
        return set(
            session.scalars(text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'indexed_v%'"))
        )


def rows(db: Database) -> dict[int, int]:
    """The number of vectors by partition."""
    with db.read() as session:
        counted = session.execute(text("SELECT partition, count(*) FROM indexed_vectors GROUP BY partition"))
        return {row[0]: row[1] for row in counted}


def problems(db: Database, tenant_id: str, partitions: Partitions) -> list[str]:
    index = MaintainedPgvectorIndex(db, tenant_id, FINGERPRINT, DIMENSION, partitions)
    with db.read_tenant(tenant_id) as store:
        return list(find_problems(index, store.changes, FINGERPRINT))


def test_only_large_indexes_get_a_partition(db: Database, tenant_id: str, partitions: Partitions) -> None:
    with db.write() as session:
        small = Tenants(session).create("small").id
    chunks(db, tenant_id, "a.txt", EXACT + 1)
    chunks(db, small, "a.txt", EXACT)
    partitions.make_all()
    assert sorted(rows(db).values()) == [EXACT, EXACT + 1]
    assert rows(db)[0] == EXACT
    assert tables(db) == {"indexed_vectors_0", "indexed_vectors_1"}
    partitions.make_all()  # nothing is left to do
    assert tables(db) == {"indexed_vectors_0", "indexed_vectors_1"}
    assert problems(db, tenant_id, partitions) == problems(db, small, partitions) == []


def test_large_index_is_searched_through_its_hnsw_index(
    db: Database, tenant_id: str, partitions: Partitions, search: PgvectorSearch
) -> None:
    chunks(db, tenant_id, "a.txt", 200)
    exact = search.best(tenant_id, QUERY, 10)
    partitions.make_all()
    with db.read() as session:
        before = session.scalar(text("SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE indexrelname LIKE '%_hnsw'"))
    assert search.best(tenant_id, QUERY, 10) == exact
    with db.write() as session:
        session.execute(text("SELECT pg_stat_force_next_flush()"))
    with db.read() as session:
        after = session.scalar(text("SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE indexrelname LIKE '%_hnsw'"))
    assert (before, after) == (0, 1)


def test_documents_change_while_a_partition_is_built(
    db: Database, tenant_id: str, partitions: Partitions, search: PgvectorSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, deleted = chunks(db, tenant_id, "a.txt", 40), chunks(db, tenant_id, "b.txt", 10, seed=1)
    built, changed = Event(), Event()

    def build_and_wait(*given: object) -> None:
        build(*given)  # type: ignore[arg-type]
        built.set()
        assert changed.wait(30)

    monkeypatch.setattr(partitions_module, "build", build_and_wait)
    made: list[bool] = []
    thread = Thread(target=lambda: made.append(partitions.make(tenant_id, FINGERPRINT)))
    thread.start()
    assert built.wait(30)
    chunks(db, tenant_id, "c.txt", 7, seed=2)
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(deleted)
    assert len(search.best(tenant_id, QUERY, 1000)) == 47  # found before the partition is there
    assert not Partitions(db, EXACT).make(tenant_id, FINGERPRINT)  # another process does not build it too
    changed.set()
    thread.join()
    assert made == [True]
    assert rows(db) == {1: 47}
    assert len(search.best(tenant_id, QUERY, 1000)) == 47
    assert problems(db, tenant_id, partitions) == []
    del kept


def test_writer_that_is_long_at_work_does_not_undo_a_build(
    url: str, db: Database, tenant_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    impatient = open_database(tmp_path, url, lock_timeout_s=0.2)
    built = Event()

    def build_and_tell(*given: object) -> None:
        build(*given)  # type: ignore[arg-type]
        built.set()

    monkeypatch.setattr(partitions_module, "build", build_and_tell)
    made: list[bool] = []
    thread = Thread(target=lambda: made.append(Partitions(impatient, EXACT).make(tenant_id, FINGERPRINT)))
    with db.write_tenant(tenant_id):
        thread.start()
        assert built.wait(30)
        thread.join(0.6)
        assert thread.is_alive()
    thread.join()
    impatient.close()
    assert made == [True]
    assert rows(db) == {1: 40}


def test_search_that_began_before_the_partition_ends_on_its_snapshot(
    db: Database, tenant_id: str, partitions: Partitions
) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    count = text("SELECT count(*) FROM indexed_vectors WHERE partition = 0")
    with db.read_tenant(tenant_id) as store:
        index = find_index(store.session, tenant_id, FINGERPRINT)
        assert index is not None
        assert index.is_shared
        partitions.make_all()
        assert store.session.scalar(count) == 40
    with db.read() as session:
        assert session.scalar(count) == 0


def test_failed_build_leaves_nothing_and_is_made_later(
    db: Database, tenant_id: str, partitions: Partitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks(db, tenant_id, "a.txt", 40)

    def build_and_fail(*given: object) -> None:
        build(*given)  # type: ignore[arg-type]
        raise RuntimeError("out of memory")

    with monkeypatch.context() as patched:
        patched.setattr(partitions_module, "build", build_and_fail)
        with pytest.raises(RuntimeError):
            partitions.make_all()
    assert tables(db) == {"indexed_vectors_0"}
    assert problems(db, tenant_id, partitions) == []
    partitions.make_all()
    assert rows(db) == {1: 40}


def test_server_that_goes_away_during_a_build_leaves_nothing(
    url: str, postgres: PostgresServer, db: Database, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks(db, tenant_id, "a.txt", 40)

    def build_and_be_ended(session, index) -> None:  # type: ignore[no-untyped-def]
        build(session, index)
        own = session.scalar(text("SELECT pg_backend_pid()"))
        postgres.execute(f"SELECT pg_terminate_backend({own}, 5000)")

    with monkeypatch.context() as patched:
        patched.setattr(partitions_module, "build", build_and_be_ended)
        with pytest.raises(Unavailable):
            Partitions(db, EXACT).make_all()
    assert tables(db) == {"indexed_vectors_0"}
    Partitions(db, EXACT).make_all()
    assert rows(db) == {1: 40}


def test_deleted_tenant_leaves_no_partition(
    db: Database, tenant_id: str, partitions: Partitions, search: PgvectorSearch
) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    partitions.make_all()
    with db.write() as session:
        Tenants(session).delete(tenant_id)
    assert rows(db) == {}
    search.drop(tenant_id)
    assert tables(db) == {"indexed_vectors_0"}


def test_partition_in_use_is_dropped_later(db: Database, tenant_id: str, partitions: Partitions) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    partitions.make_all()
    with db.read() as reading:
        reading.scalar(text("SELECT count(*) FROM indexed_vectors"))
        with db.write() as session:
            Tenants(session).delete(tenant_id)
        partitions.drop_unused()
        assert tables(db) == {"indexed_vectors_0", "indexed_vectors_1"}
    partitions.drop_unused()
    assert tables(db) == {"indexed_vectors_0"}


def test_index_without_vectors_goes(db: Database, tenant_id: str, partitions: Partitions) -> None:
    document = chunks(db, tenant_id, "a.txt", 40)
    partitions.make_all()
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document)
    partitions.make_all()
    assert tables(db) == {"indexed_vectors_0"}
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM vector_indexes")) == 0


def test_rebuilt_index_equals_the_former(
    db: Database, tenant_id: str, partitions: Partitions, search: PgvectorSearch
) -> None:
    chunks(db, tenant_id, "a.txt", 200)
    partitions.make_all()
    former = search.best(tenant_id, QUERY, 100)
    assert MaintainedPgvectorIndex(db, tenant_id, FINGERPRINT, DIMENSION, partitions).rebuild() == 200
    assert rows(db) == {2: 200}
    assert tables(db) == {"indexed_vectors_0", "indexed_vectors_2"}
    assert search.best(tenant_id, QUERY, 100) == former


def test_damages_are_named_and_mended(db: Database, tenant_id: str, partitions: Partitions) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    partitions.make_all()
    damages = {
        "DELETE FROM indexed_vectors WHERE chunk_id = (SELECT min(chunk_id) FROM indexed_vectors)": (
            "1 passages are not in the index"
        ),
        "INSERT INTO indexed_vectors SELECT partition, index_id, 10^9, vector FROM indexed_vectors LIMIT 1": (
            "1 passages of the index are not in the database"
        ),
        "UPDATE indexed_vectors SET vector = '[0.5,0.5,0.5,0.5]'": "vectors are not found where they should be",
        "DROP INDEX indexed_vectors_1_hnsw": "the HNSW index of 40 vectors is missing",
    }
    with db.read() as session:
        assert describe_indexes(session) == ("pgvector, 40 vectors in 1 indexes, 1 of them with HNSW", True)
    for damage, message in damages.items():
        with db.write() as session:
            number = session.scalar(text("SELECT id FROM vector_indexes"))
            session.execute(text(damage.replace("indexed_vectors_1", f"indexed_vectors_{number}")))
        assert message in "; ".join(problems(db, tenant_id, partitions))
        with db.read() as session:
            assert describe_indexes(session)[1] is not message.startswith("the HNSW index")
        MaintainedPgvectorIndex(db, tenant_id, FINGERPRINT, DIMENSION, partitions).rebuild()
        assert problems(db, tenant_id, partitions) == []


def test_upkeep_makes_partitions_and_survives_faults(
    db: Database, tenant_id: str, partitions: Partitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks(db, tenant_id, "a.txt", 40)
    looked = [0]
    make_all = partitions.make_all
    done = Event()

    def failing_at_first(*given: object) -> None:
        looked[0] += 1
        if looked[0] == 1:
            raise Unavailable("The database is away.", code="database_unavailable", retry_after=1)
        make_all(*given)  # type: ignore[arg-type]
        done.set()

    monkeypatch.setattr(partitions, "make_all", failing_at_first)
    upkeep = PartitionUpkeep(partitions, interval_s=0.01)
    upkeep.start()
    assert done.wait(30)
    upkeep.stop(30)
    assert rows(db) == {1: 40}


@pytest.mark.parametrize("dimension", [3, 384, 1024, 4096])
def test_vectors_of_any_dimension_are_found(
    db: Database, tenant_id: str, partitions: Partitions, dimension: int
) -> None:
    """Beyond 4,000 dimensions pgvector has no HNSW index: every search is exact."""
    random = np.random.default_rng(1)
    made = random.normal(size=(40, dimension)).astype(np.float32)
    held = made / np.linalg.norm(made, axis=1, keepdims=True)
    add_document_with_vectors(db, tenant_id, 0, held, "wide")
    partitions.make_all()
    assert rows(db) == ({0: 40} if dimension > 4000 else {1: 40})
    best = PgvectorSearch(db, "wide", partitions).best(tenant_id, held[7], 3)
    assert abs(best[0][1] - 1) < 1e-3


def test_build_has_the_memory_that_its_graph_needs() -> None:
    assert build_memory(10, 384) == BUILD_MEMORY_BYTES[0]
    assert build_memory(200_000, 384) == 200_000 * (768 + 450)
    assert build_memory(10**8, 384) == BUILD_MEMORY_BYTES[1]
