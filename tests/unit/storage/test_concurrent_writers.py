"""Several writers at once: no job is claimed twice, no entry of the change log is missed, no transaction is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.domain.change_log import ChangeKind
from app.domain.jobs import Job
from app.domain.usage import RateLimits, TenantLimits
from app.errors import Conflict
from app.storage.database import Database
from app.storage.sql.change_log import log_change
from app.storage.sql.queue import EVERYONE, JobQueue
from app.storage.sql.repositories.embeddings import EmbeddingModels
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.repositories.limits import Limits
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import ChunkRow, EmbeddingModelRow, PostingsRow, PostingsTotalRow
from app.storage.sql.tables.chunks import BUCKET
from tests.support.storage_factories import make_ready, ready, uploaded

pytestmark = pytest.mark.both_databases
WORKERS = 8
TEXTS = ["The lighthouse keeper counts ships.", "Ships pass the lighthouse at night.", "Night falls.", "The keeper"]


def tenants(db: Database, count: int) -> list[str]:
    with db.write() as session:
        return [Tenants(session).create(f"tenant {i}").id for i in range(count)]


def at_once(workers: Sequence[Callable[[], None]]) -> None:
    """Run all of them in threads of their own that start together. Raises what the first of them raises."""
    start = threading.Barrier(len(workers))

    def run(work: Callable[[], None]) -> None:
        start.wait()
        work()

    with ThreadPoolExecutor(len(workers)) as pool:
        for ended in [pool.submit(run, work) for work in workers]:
            ended.result()


def claim(db: Database, per_tenant: int) -> Job | None:
    with db.write() as session:
        return JobQueue(session).claim(["ingest"], lease_s=60, max_attempts=3, per_tenant=per_tenant)


def test_each_job_is_claimed_by_one_worker(db: Database) -> None:
    for tenant_id in tenants(db, 4):
        with db.write_tenant(tenant_id) as store:
            jobs = Jobs(store.session, tenant_id)
            for number in range(10):
                jobs.create("ingest", {"number": number})
    claimed: list[str] = []

    def work() -> None:
        while (job := claim(db, per_tenant=100)) is not None:
            claimed.append(job.id)

    at_once([work] * WORKERS)
    assert len(claimed) == len(set(claimed)) == 40


def test_workers_that_claim_at_once_keep_to_the_cap_of_each_tenant(db: Database) -> None:
    for tenant_id in tenants(db, 3):
        with db.write_tenant(tenant_id) as store:
            for number in range(5):
                Jobs(store.session, tenant_id).create("ingest", {"number": number})
    claimed: list[Job | None] = []
    at_once([lambda: claimed.append(claim(db, per_tenant=1))] * WORKERS)
    assert len({job.tenant_id for job in claimed if job is not None}) == 3
    assert sum(job is not None for job in claimed) == 3


def test_a_reader_of_the_change_log_misses_no_entry_of_a_slow_writer(db: Database, tenant_id: str) -> None:
    """The transaction that has the lower number commits last, unless the other waits for it."""
    versions = [ready(db, tenant_id, f"{i}.txt", TEXTS[:1], seed=i).latest.id for i in range(2)]
    slow_has_logged, fast_has_committed = threading.Event(), threading.Event()
    with db.read_tenant(tenant_id) as store:
        begun = store.changes.max_seq()
    seen: list[int] = []

    def slow() -> None:
        with db.write() as session:
            log_change(session, tenant_id, ChangeKind.ADD, versions[0])
            slow_has_logged.set()
            fast_has_committed.wait(0.5)

    def fast() -> None:
        slow_has_logged.wait(5)
        with db.write() as session:
            log_change(session, tenant_id, ChangeKind.ADD, versions[1])
        with db.read_tenant(tenant_id) as store:
            seen.extend(change.version_id for change in store.changes.after(begun))
        fast_has_committed.set()

    at_once([slow, fast])
    assert seen == versions


def test_name_that_is_asked_for_at_once_is_given_once(db: Database) -> None:
    outcomes: list[str] = []

    def create() -> None:
        try:
            with db.write() as session:
                Tenants(session).create("acme")
            outcomes.append("made")
        except Conflict:
            outcomes.append("taken")

    at_once([create] * WORKERS)
    assert sorted(outcomes) == ["made"] + ["taken"] * (WORKERS - 1)


def test_what_many_record_at_once_is_there_once(db: Database, tenant_id: str) -> None:
    limits = TenantLimits(tenant=RateLimits(requests=5))

    def record() -> None:
        with db.write() as session:
            EmbeddingModels(session).record("f" * 64, "a model")
            JobQueue(session).pause()
            Limits(session).set(tenant_id, limits)

    at_once([record] * WORKERS)
    with db.read() as session:
        assert session.scalars(select(EmbeddingModelRow.source)).all() == ["a model"]
        assert JobQueue(session).paused(EVERYONE)
        assert Limits(session).all() == {tenant_id: limits}


def test_tenant_goes_with_the_file_that_comes_in_meanwhile(db: Database, tenant_id: str) -> None:
    has_written, is_deleted = threading.Event(), threading.Event()
    files: list[str] = []

    def upload() -> None:
        with db.write_tenant(tenant_id) as store:
            store.documents.upload(
                collection="c",
                filename="a.txt",
                metadata={},
                sha256="0" * 64,
                size_bytes=1,
                media_type="text/plain",
                blob="late",
            )
            has_written.set()
            is_deleted.wait(0.5)

    def delete() -> None:
        has_written.wait(5)
        with db.write() as session:
            files.extend(Tenants(session).delete(tenant_id)[0])
        is_deleted.set()

    at_once([upload, delete])
    assert files == ["late"]


def test_chunks_of_a_version_have_ids_in_a_row_in_as_few_buckets_as_they_fill(db: Database, database_kind: str) -> None:
    owners = tenants(db, 3)

    def writer(tenant_id: str, number: int) -> Callable[[], None]:
        def write() -> None:
            for i in range(4):
                ready(db, tenant_id, f"{number}-{i}.txt", TEXTS, seed=number)

        return write

    at_once([writer(tenant_id, number) for tenant_id in owners for number in range(2)])
    with db.read() as session:
        rows = session.execute(select(ChunkRow.version_id, ChunkRow.id, ChunkRow.tenant_id).order_by(ChunkRow.id)).all()
    by_version: dict[int, list[int]] = {}
    for version_id, chunk_id, _ in rows:
        by_version.setdefault(version_id, []).append(chunk_id)
    assert len(by_version) == 24
    assert all(ids == list(range(ids[0], ids[0] + len(TEXTS))) for ids in by_version.values())
    if database_kind == "postgresql":
        buckets = {(row.tenant_id, row.id // BUCKET) for row in rows}
        assert len(buckets) == len({bucket for _, bucket in buckets}) == len(owners)


def test_writers_of_the_same_words_finish_and_every_posting_is_there(db: Database) -> None:
    """Each adds and replaces documents of one vocabulary: rows of the same terms, of one tenant and of several."""
    owners = tenants(db, 2)

    def writer(tenant_id: str, number: int) -> Callable[[], None]:
        texts = TEXTS[number:] + TEXTS[:number]

        def write() -> None:
            document = uploaded(db, tenant_id, f"{number}.txt", bytes([number]))
            for _ in range(3):
                make_ready(db, tenant_id, document.latest.id, texts, number)

        return write

    at_once([writer(tenant_id, number) for tenant_id in owners for number in range(3)])
    for tenant_id in owners:
        with db.read_tenant(tenant_id) as store:
            assert len(store.chunks.lexical("lighthouse").ids) == 6
            assert store.session.get_one(PostingsTotalRow, tenant_id).chunks == 12
            entries = store.session.scalars(select(PostingsRow.entries).where(PostingsRow.tenant_id == tenant_id))
            assert all(entries.all())
