"""Quotas: what a tenant has is counted where rows come and go, and no two writers have more together than they may."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.documents.incoming_files import IncomingFile
from app.documents.uploads import UploadService
from app.domain.adapters import AdapterOrigin, Lineage
from app.domain.files import FilePurpose
from app.domain.jobs import JobKind
from app.domain.quotas import Known, Quota, Quotas
from app.domain.training import DatasetOrigin, NewDataset
from app.domain.usage import TenantLimits
from app.errors import AppError, QuotaExceeded, RateLimited
from app.metering.quotas import TenantQuotas
from app.settings import Settings
from app.storage.blobs.local import LocalBlobs
from app.storage.database import Database, open_database
from app.storage.sql.repositories.limits import Limits
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tenant_store import TenantStore
from app.storage.sql.totals import wrong_totals
from tests.support.storage_factories import make_ready, ready

pytestmark = pytest.mark.both_databases


def used(db: Database, tenant_id: str) -> dict[Quota, int]:
    with db.read_tenant(tenant_id) as store:
        return {quota: value for quota, value in store.quotas.used(tuple(Quota)).items() if value}


def upload(store: TenantStore, name: str, blob: str, size_bytes: int) -> str:
    document, _ = store.documents.upload(
        collection="default",
        filename=name,
        metadata={},
        sha256=blob,
        size_bytes=size_bytes,
        media_type="text/plain",
        blob=blob,
    )
    return document.id


def test_what_a_tenant_has_is_counted(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", ["One.", "Two."])
    with db.write_tenant(tenant_id) as store:
        upload(store, "b.txt", "b1", 10)
        upload(store, "c.txt", "b1", 10)  # the same file
        store.files.create(
            filename="b.txt",
            purpose=FilePurpose.ASSISTANTS,
            size_bytes=10,
            sha256="b1",
            media_type="text/plain",
            blob="b1",
        )
        store.datasets.create(NewDataset("rows", DatasetOrigin.UPLOAD, "d1", "s", 100, {"rows": 1}, "base"))
        for name, origin in (
            ("mine", AdapterOrigin.UPLOAD),
            ("again", AdapterOrigin.MERGE),
            ("s", AdapterOrigin.STARTER),
        ):
            store.adapters.add(
                *(name, "v1"),
                path="shared" if origin == AdapterOrigin.STARTER else "p",
                rank=1,
                alpha=1,
                target_modules=(),
                size_bytes=1000,
                base_fingerprint="base",
                lineage=Lineage(origin),
            )
        store.jobs.create(JobKind.TRAIN, {"training_id": "t"})
        store.jobs.create(JobKind.EVALUATE, {"evaluation_id": "e"})
        store.jobs.create(JobKind.EVALUATE_ADAPTER, {"evaluation_id": "e"})
        store.jobs.create(JobKind.REINDEX, {"document_id": document.id, "version_id": document.latest.id})
    expected = {
        Quota.STORED_BYTES: document.latest.size_bytes + 10 + 100 + 1000,
        Quota.DOCUMENTS: 3,
        Quota.CHUNKS: 2,
        Quota.ADAPTERS: 2,
        Quota.DATASETS: 1,
        Quota.QUEUED_DOCUMENTS: 3,
        Quota.QUEUED_TRAININGS: 1,
        Quota.QUEUED_EVALUATIONS: 2,
    }
    assert used(db, tenant_id) == expected
    with db.read() as session:
        assert wrong_totals(session) == {}


def test_tenants_do_not_count_each_others(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["One."])
    with db.write() as session:
        other = Tenants(session).create("other").id
    assert used(db, other) == {}


def refusal(
    db: Database, tenant_id: str, quotas: Quotas, quota: Quota, work: Callable[[TenantStore], object]
) -> AppError:
    keeper = TenantQuotas(quotas)
    with pytest.raises(AppError) as refused, db.write_tenant(tenant_id) as store, keeper.keep(store, quota):
        work(store)
    return refused.value


def test_what_goes_beyond_a_quota_is_rolled_back_and_the_error_says_how_much_there_is(
    db: Database, tenant_id: str
) -> None:
    quotas = Quotas(stored_bytes=30, documents=2, queued_documents=1)
    with db.write_tenant(tenant_id) as store, TenantQuotas(quotas).keep(store, *Quota):
        upload(store, "a.txt", "b1", 20)
    before = used(db, tenant_id)
    fault = refusal(db, tenant_id, quotas, Quota.STORED_BYTES, lambda store: upload(store, "b.txt", "b2", 11))
    assert isinstance(fault, QuotaExceeded)
    assert (fault.status, fault.type, fault.code) == (413, "insufficient_quota", "quota_exceeded")
    assert (fault.param, fault.retry_after) == ("stored_bytes", None)
    assert "may store 30 bytes and has 20; this needs 11 more. Delete documents" in fault.message
    fault = refusal(db, tenant_id, quotas, Quota.QUEUED_DOCUMENTS, lambda store: upload(store, "b.txt", "b2", 1))
    assert isinstance(fault, RateLimited)
    assert (fault.status, fault.code, fault.param) == (429, "quota_exceeded", "queued_documents")
    assert fault.retry_after
    assert used(db, tenant_id) == before


def test_what_adds_nothing_may_be_done_above_a_quota_that_was_lowered(db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        upload(store, "a.txt", "b1", 20)
        upload(store, "b.txt", "b1", 20)
    lowered = TenantQuotas(Quotas(stored_bytes=1, documents=1))
    with db.write_tenant(tenant_id) as store, lowered.keep(store, Quota.STORED_BYTES, Quota.DOCUMENTS):
        upload(store, "a.txt", "b1", 20)
    with db.read_tenant(tenant_id) as store, pytest.raises(QuotaExceeded):
        lowered.check(store, Quota.DOCUMENTS)


def test_quotas_of_a_tenant_hold_before_the_defaults(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        Limits(session).set(tenant_id, TenantLimits(quotas=Quotas(documents=7)))
    with db.read_tenant(tenant_id) as store:
        in_force = TenantQuotas(Quotas(documents=1, chunks=2)).in_force(store)
    assert (in_force.documents, in_force.chunks, in_force.datasets) == (7, 2, None)


def test_chunks_of_a_version_that_takes_the_place_of_another_count_once(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", ["One.", "Two.", "Three."])
    with db.write_tenant(tenant_id) as store, TenantQuotas(Quotas(chunks=3)).keep(store, Quota.CHUNKS):
        version = store.document_versions.create(document.id, "s", 1, "text/plain", "b2")
    make_ready(db, tenant_id, version.id, ["Four.", "Five."])
    assert used(db, tenant_id)[Quota.CHUNKS] == 2


def at_once(workers: Sequence[Callable[[], bool]]) -> int:
    """Run all of them in threads that start together; how many returned True."""
    start = threading.Barrier(len(workers))

    def run(work: Callable[[], bool]) -> bool:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(workers)) as pool:
        return sum(ended.result() for ended in [pool.submit(run, work) for work in workers])


@pytest.mark.parametrize(
    ("quotas", "fit"), [(Quotas(stored_bytes=350), 3), (Quotas(documents=5), 5), (Quotas(queued_documents=4), 4)]
)
def test_uploads_at_once_from_two_processes_have_no_more_than_the_quota_and_leave_no_file(
    db: Database, settings: Settings, tenant_id: str, tmp_path: Path, quotas: Quotas, fit: int
) -> None:
    other_process = open_database(settings.data_dir, settings.database_url)
    folder = tmp_path / "blobs"
    services = [
        UploadService(database, LocalBlobs(folder), max_bytes=1000, url_timeout_s=None, quotas=TenantQuotas(quotas))
        for database in (db, other_process)
    ]

    def work(number: int) -> Callable[[], bool]:
        file = IncomingFile(f"{number}.txt", [f"{number:>100}".encode()])

        def one() -> bool:
            try:
                services[number % 2].upload(tenant_id, file, "default", {})
            except (QuotaExceeded, RateLimited):
                return False
            return True

        return one

    try:
        assert at_once([work(number) for number in range(12)]) == fit
    finally:
        other_process.close()
    assert used(db, tenant_id)[Quota.DOCUMENTS] == fit
    assert len([path for path in folder.rglob("*") if path.is_file()]) == fit


def test_what_may_be_sent_again_is_found_by_its_size_and_name(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other_id = Tenants(session).create("other").id
    with db.write_tenant(tenant_id) as store:
        upload(store, "a.txt", "a1", 10)
        upload(store, "b.txt", "b1", 500)
        upload(store, "c.txt", "c1", 900)
        c = store.documents.page(q="c.txt").data[0]
        store.document_versions.drop_file(c.latest.id)  # its bytes are gone
        sizes = [store.quotas.largest_known(Known.DOCUMENTS, most) for most in (9, 10, 499, 500, 2**62)]
        assert sizes == [0, 10, 10, 500, 500]
        assert store.quotas.largest_known(Known.NOTHING, 500) == 0
        assert store.quotas.largest_known(Known.ADAPTERS, 500) == 0
        named = [store.quotas.has_document_named("a.txt", place) for place in (None, "default", "elsewhere")]
        assert named == [True, True, False]
        assert not store.quotas.has_document_named("d.txt")
    with db.read_tenant(other_id) as store:
        assert store.quotas.largest_known(Known.DOCUMENTS, 500) == 0
        assert not store.quotas.has_document_named("a.txt")
