"""Documents and their versions: what is kept, what answers, what goes."""

from __future__ import annotations

import pytest

from app.errors import Conflict
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from tests.support.storage_factories import FINGERPRINT, make_ready, ready, uploaded

pytestmark = pytest.mark.both_databases


def live_texts(db: Database, tenant_id: str) -> list[str]:
    with db.read_tenant(tenant_id) as store:
        return sorted(live.chunk.text for live in store.chunks.live(store.chunks.live_ids().tolist()).values())


def test_new_version_becomes_live_when_it_is_ready(db: Database, tenant_id: str) -> None:
    first = ready(db, tenant_id, "a.txt", ["old"])
    second = uploaded(db, tenant_id, "a.txt", b"other bytes")
    assert second.id == first.id
    assert second.latest.version == 2
    assert live_texts(db, tenant_id) == ["old"]
    make_ready(db, tenant_id, second.latest.id, ["new"])
    assert live_texts(db, tenant_id) == ["new"]


def test_version_older_than_the_live_one_does_not_become_live(db: Database, tenant_id: str) -> None:
    first = uploaded(db, tenant_id, "a.txt", b"1")
    second = uploaded(db, tenant_id, "a.txt", b"2")
    make_ready(db, tenant_id, second.latest.id, ["newest"])
    make_ready(db, tenant_id, first.latest.id, ["late"])
    assert live_texts(db, tenant_id) == ["newest"]


def test_second_commit_replaces_the_chunks_of_the_first(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", ["one", "two"])
    make_ready(db, tenant_id, document.latest.id, ["one", "two"])
    assert live_texts(db, tenant_id) == ["one", "two"]


def test_chunk_ids_are_never_reused(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", ["one"])
    with db.write_tenant(tenant_id) as store:
        before = max(store.chunks.live_ids())
        store.documents.delete(document.id)
    ready(db, tenant_id, "b.txt", ["two"])
    with db.read_tenant(tenant_id) as store:
        assert min(store.chunks.live_ids()) > before


def test_commit_without_the_lease_writes_nothing(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    lost = Lease(document.latest.job_id or "", "someone else's token")
    with pytest.raises(Conflict), db.write_tenant(tenant_id) as store:
        store.document_versions.commit_ready(document.latest.id, _text(), [], _none(), FINGERPRINT, lease=lost)
    with db.read_tenant(tenant_id) as store:
        assert store.documents.get(document.id).latest.status == "queued"
        assert store.changes.max_seq() == 0


def test_full_text_finds_new_chunks_and_not_deleted_ones(db: Database, tenant_id: str) -> None:
    document = ready(db, tenant_id, "a.txt", ["the quick fox", "the lazy dog"])
    with db.read_tenant(tenant_id) as store:
        assert len(store.chunks.lexical("fox").ids) == 1
        assert len(store.chunks.lexical('fox" OR "dog').ids) == 2  # words, never query syntax
        assert len(store.chunks.lexical("NEAR( * ^ :").ids) == 0
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document.id)
    with db.read_tenant(tenant_id) as store:
        assert len(store.chunks.lexical("fox").ids) == 0


def test_full_text_ignores_accents_and_case(db: Database, tenant_id: str) -> None:
    ready(db, tenant_id, "a.txt", ["A função do ESTÁGIO"])
    with db.read_tenant(tenant_id) as store:
        assert len(store.chunks.lexical("funcao estagio").ids) == 1


def test_deleting_cancels_the_running_job(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    with db.write() as session:
        job = JobQueue(session).claim(["ingest"], lease_s=60, max_attempts=3)
    assert job is not None
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(document.id)
    with db.read() as session:
        assert JobQueue(session).cancel_requested(job.id)


def test_blob_in_use_by_another_document_is_kept(db: Database, tenant_id: str) -> None:
    content = b"same bytes"
    one = uploaded(db, tenant_id, "a.txt", content)
    with db.write_tenant(tenant_id) as store:
        two, created = store.documents.upload(
            collection="elsewhere",
            filename="a.txt",
            metadata={},
            sha256=one.latest.sha256,
            size_bytes=1,
            media_type="text/plain",
            blob=one.latest.blob,
        )
        assert created
        assert store.documents.delete(one.id) == []
        assert store.documents.delete(two.id) == [one.latest.blob]


def _text():
    from app.domain.documents import DocumentText

    return DocumentText("", ())


def _none():
    import numpy as np

    return np.empty((0, 4), np.float32)
