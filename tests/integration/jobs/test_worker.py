"""The worker: runs what is queued, says how it ended, gives up only with a reason."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from typing import Any
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.storage import Storage, open_storage
from app.documents.handler import DocumentJobs
from app.documents.ingestion.pipeline import Ingestion, Ingestor
from app.domain.documents import Document
from app.domain.jobs import Job
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.model_set import EmbeddingModelSet
from app.errors import FilesUnavailable, NotFound, StorageFull, Unavailable
from app.jobs.worker import Worker, WorkerTiming
from app.settings import Settings
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.storage.sql.repositories.tenants import Tenants


@pytest.fixture
def storage(settings: Settings) -> Any:
    opened = open_storage(settings)
    yield opened
    opened.db.close()


@pytest.fixture
def tenant(storage: Storage) -> str:
    with storage.db.write() as session:
        return Tenants(session).create("acme").id


def upload(storage: Storage, tenant_id: str, content: bytes = b"The museum opens at ten.") -> Document:
    writer = storage.blobs.writer(10**6)
    writer.write(content)
    staged = writer.commit()
    with storage.db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=f"{hashlib.sha256(content).hexdigest()}.txt",
            metadata={},
            sha256=staged.sha256,
            size_bytes=staged.size_bytes,
            media_type="text/plain",
            blob=staged.name,
        )
    return document


def ingestor_of(storage: Storage) -> Ingestor:
    return build_ingestor(storage, EmbeddingModelSet(HashingEmbedder()))


def worker(storage: Storage, ingestor: Ingestor | None = None, **timing: Any) -> Worker:
    reindexing = build_reindexing(storage, HashingEmbedder())
    documents = DocumentJobs(storage.db, storage.blobs, ingestor or ingestor_of(storage), reindexing)
    return Worker(storage.db, documents.by_kind(), WorkerTiming(**timing))


def state(storage: Storage, document: Document) -> Any:
    with storage.db.read_tenant(document.tenant_id) as store:
        return store.documents.get(document.id).latest


def test_queued_document_becomes_ready(storage: Storage, tenant: str) -> None:
    document = upload(storage, tenant)
    running = worker(storage)
    assert running.run_once()
    assert not running.run_once()
    latest = state(storage, document)
    assert (latest.status, latest.progress, latest.chunks) == ("ready", 1.0, 1)


def test_workers_that_share_a_lock_poll_one_at_a_time_and_run_at_once(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [upload(storage, tenant, f"Text {number}.".encode()) for number in range(6)]
    polling, most_polling, at_work = [0], [0], threading.Barrier(3)
    query = JobQueue.has_claimable

    def counted(self: JobQueue, *arguments: Any) -> bool:
        polling[0] += 1
        most_polling[0] = max(most_polling[0], polling[0])
        try:
            time.sleep(0.01)
            return query(self, *arguments)
        finally:
            polling[0] -= 1

    ingestor = ingestor_of(storage)
    parse = ingestor._parse

    def together(run: Ingestion) -> Any:
        at_work.wait(30)  # none goes on before three are at work
        return parse(run)

    monkeypatch.setattr(JobQueue, "has_claimable", counted)
    monkeypatch.setattr(ingestor, "_parse", together)
    jobs = DocumentJobs(storage.db, storage.blobs, ingestor, build_reindexing(storage, HashingEmbedder()))
    workers = jobs.workers(WorkerTiming())[:3]
    for one in workers:
        one.start()
    until = time.monotonic() + 60
    while any(state(storage, document).status != "ready" for document in documents):
        assert time.monotonic() < until
        time.sleep(0.02)
    for one in workers:
        one.stop()
    assert most_polling == [1]


def test_failing_job_is_retried_and_then_fails_for_good(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = upload(storage, tenant)
    monkeypatch.setattr("app.storage.sql.queue.backoff_s", lambda _: -1.0)
    ingestor = ingestor_of(storage)
    running = worker(storage, ingestor, max_attempts=2)
    monkeypatch.setattr(ingestor, "_parse", lambda _: 1 / 0)
    assert running.run_once()
    assert state(storage, document).status == "queued"
    assert running.run_once()
    assert (state(storage, document).status, state(storage, document).error_code) == ("failed", "internal_error")
    assert not running.run_once()


def test_full_disk_postpones_the_job(storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = upload(storage, tenant)
    ingestor = ingestor_of(storage)
    running = worker(storage, ingestor)

    def full(*_: Any) -> None:
        raise StorageFull("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(ingestor, "_save", full)
        running.run_once()
    assert state(storage, document).status == "queued"
    assert state(storage, document).error_code == "storage_full"


def test_document_waits_for_the_file_storage_however_long_it_is_away(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.sql.queue.OUTAGE_PAUSE_S", -1.0)
    document, running = upload(storage, tenant), worker(storage)

    def away(name: str) -> None:
        raise FilesUnavailable("The file storage does not answer.")

    with monkeypatch.context() as outage:
        outage.setattr(storage.blobs, "hold", away)
        for _ in range(10):
            assert running.run_once()
        latest = state(storage, document)
        assert (latest.status, latest.error_code) == ("queued", "file_storage_unavailable")
    assert running.run_once()
    assert state(storage, document).status == "ready"


def test_job_cancelled_while_running_stops_and_is_recorded_as_cancelled(storage: Storage, tenant: str) -> None:
    document = upload(storage, tenant)
    ingestor = ingestor_of(storage)
    running = worker(storage, ingestor)
    ingest = ingestor.ingest

    def cancel(_: Ingestion) -> None:
        with storage.db.write_tenant(tenant) as store:
            store.jobs.cancel(document.latest.job_id or "")

    ingestor.ingest = lambda job: ingest(job, cancel)  # type: ignore[method-assign]
    running.run_once()
    assert state(storage, document).status == "cancelled"


def test_document_deleted_while_running_leaves_nothing(storage: Storage, tenant: str) -> None:
    document = upload(storage, tenant)
    ingestor = ingestor_of(storage)
    running = worker(storage, ingestor)
    ingest = ingestor.ingest

    def delete(_: Ingestion) -> None:
        with storage.db.write_tenant(tenant) as store:
            store.documents.delete(document.id)

    ingestor.ingest = lambda job: ingest(job, delete)  # type: ignore[method-assign]
    assert running.run_once()
    assert not running.run_once()
    with storage.db.read_tenant(tenant) as store:
        assert store.documents.page().data == []
        assert store.chunks.count_live() == 0


def test_missing_file_fails_the_job_with_its_own_code(storage: Storage, tenant: str) -> None:
    document = upload(storage, tenant)
    storage.blobs.delete(document.latest.blob)
    worker(storage).run_once()
    assert state(storage, document).error_code == "file_missing"


def test_heartbeat_renews_the_lease_of_a_long_job(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    document = upload(storage, tenant)
    ingestor = ingestor_of(storage)
    running = worker(storage, ingestor, lease_s=0.6, heartbeat_s=0.1)
    parse = ingestor._parse

    def slow(run: Ingestion) -> Any:
        time.sleep(1.5)
        assert not worker(storage).run_once()  # nobody else may take it
        return parse(run)

    monkeypatch.setattr(ingestor, "_parse", slow)
    running.run_once()
    assert state(storage, document).status == "ready"


def test_files_without_a_document_are_deleted_when_the_worker_starts(storage: Storage, tenant: str) -> None:
    document = upload(storage, tenant)
    writer = storage.blobs.writer(100)
    writer.write(b"left by a crash")
    orphan = storage.blobs.path(writer.commit().name)
    kept = storage.blobs.path(state(storage, document).blob)
    for path in (orphan, kept):
        os.utime(path, (0, 0))
    running = worker(storage)
    running.start()
    for _ in range(200):
        if state(storage, document).status == "ready":
            break
        time.sleep(0.05)
    running.stop()
    assert not orphan.exists()
    assert kept.exists()


def test_job_that_outlasts_the_stop_is_left_to_others_at_once(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = threading.Event(), threading.Event()
    slow = ingestor_of(storage)

    def waits(job: Job) -> None:
        began.set()
        go_on.wait(20)
        Ingestor.ingest(slow, job)

    monkeypatch.setattr(slow, "ingest", waits)
    document = upload(storage, tenant)
    stopping = worker(storage, slow, lease_s=600.0)
    stopping.start()
    assert began.wait(20)
    stopping.stop(0)
    stopping.release()
    assert worker(storage).run_once()  # although the lease would last for minutes
    assert state(storage, document).status == "ready"
    go_on.set()
    stopping.stop()
    with storage.db.read_tenant(tenant) as store:
        assert [change.kind for change in store.changes.after(0)] == ["add"]  # the late one wrote nothing


@pytest.mark.parametrize(
    "fault",
    [RuntimeError("shutting down"), Unavailable("down"), FilesUnavailable("away"), NotFound("gone")],
)
def test_fault_of_a_job_that_was_given_back_is_not_the_documents(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    ingestor = ingestor_of(storage)
    document = upload(storage, tenant)
    stopping = worker(storage, ingestor)

    def given_back(_job: Job) -> None:
        stopping.release()
        raise fault

    monkeypatch.setattr(ingestor, "ingest", given_back)
    with capture_logs() as logs:
        assert stopping.run_once()
    assert "job_failed" not in [one["event"] for one in logs]
    assert state(storage, document).status != "failed"
    assert state(storage, document).error_code is None
    assert worker(storage).run_once()
    assert state(storage, document).status == "ready"


def test_worker_stops_although_the_database_is_away(storage: Storage, tenant: str) -> None:
    upload(storage, tenant)
    stopping = worker(storage)
    with storage.db.write() as session:
        job = JobQueue(session).claim(["ingest"], lease_s=60.0, max_attempts=3)
    assert job is not None
    stopping._running = Lease(job.id, job.lease_token or "")
    with patch.object(storage.db, "write", side_effect=Unavailable("down")), capture_logs() as logs:
        stopping.release()
    assert [(one["event"], one["job_id"]) for one in logs] == [("job_not_released", job.id)]
