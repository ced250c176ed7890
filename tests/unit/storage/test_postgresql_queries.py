"""What queries rely on in PostgreSQL alone: its clock, case folding, ids in blocks."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from app.errors import InvalidRequest
from app.storage.database import Database
from app.storage.postgres.functions import folded_sql, lower_case_sql
from app.storage.sql.dialects import clock
from app.storage.sql.dialects.chunk_ids import reserved_chunk_ids, skip_used_chunk_ids
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import base, now
from app.storage.sql.tables.chunks import BUCKET
from app.text.normalisation import folded
from tests.support.storage_factories import uploaded

UNFOLDED_BEFORE_18 = 181  # Cherokee letters, and nine of old Cyrillic


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture(scope="module")
def characters() -> list[str]:
    """Every assigned character but NUL, which no text of PostgreSQL holds."""
    every = map(chr, range(1, 0x110000))
    return [char for char in every if unicodedata.category(char) not in {"Cn", "Co", "Cs"}]


def differing(db: Database, expression: str, characters: list[str]) -> int:
    """The number of characters that the expression folds in another way than Python."""
    of_each = expression.replace("$1", "char")
    given = "FROM unnest(%s::text[]) WITH ORDINALITY AS given (char, place) ORDER BY place"
    with db.read() as session:
        rows = session.connection().exec_driver_sql(f"SELECT {of_each} {given}", (characters,))
        return sum(row[0] != folded(char) for row, char in zip(rows, characters, strict=True))


def test_every_character_is_folded_as_in_python(db: Database, characters: list[str]) -> None:
    assert differing(db, "folded($1)", characters) == 0


def test_servers_without_case_folding_differ_in_rare_letters_alone(db: Database, characters: list[str]) -> None:
    assert differing(db, folded_sql(lower_case_sql("pg_c_utf8")), characters) <= UNFOLDED_BEFORE_18
    assert differing(db, folded_sql(lower_case_sql("default")), characters) <= UNFOLDED_BEFORE_18


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)])
def test_a_machine_whose_clock_jumps_takes_no_job_and_loses_none(
    db: Database, tenant_id: str, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    def jumped() -> datetime:
        return now() + jump

    def claim() -> str | None:
        with db.write() as session:
            job = JobQueue(session).claim(["ingest"], lease_s=60, max_attempts=3, per_tenant=9)
            return None if job is None else job.id

    uploaded(db, tenant_id, "first.txt", b"1")
    first = claim()
    assert first is not None
    with monkeypatch.context() as machine:
        machine.setattr(clock, "now", jumped)
        machine.setattr(base, "now", jumped)
        assert claim() is None, "the job is under a lease by the clock of the database"
        uploaded(db, tenant_id, "second.txt", b"2")
        second = claim()
        assert second is not None, "a job of this machine is due at once"
    assert claim() is None, "the lease of the other machine is neither past nor far ahead"
    assert first != second


def test_ids_of_a_large_version_fill_blocks_that_follow_each_other(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    taken = []
    for owner, count in [(tenant_id, 10), (other, 3), (tenant_id, 2 * BUCKET + 1), (other, 3), (tenant_id, 5)]:
        with db.write_tenant(owner) as store:
            ids = reserved_chunk_ids(store.session, owner, count)
            assert ids is not None
            assert len(ids) == count
            taken += [(chunk_id, owner) for chunk_id in ids]
    assert len({chunk_id for chunk_id, _ in taken}) == len(taken)
    buckets = {(chunk_id // BUCKET, owner) for chunk_id, owner in taken}
    assert len({bucket for bucket, _ in buckets}) == len(buckets), "no bucket has chunks of two tenants"
    assert len([bucket for bucket, owner in buckets if owner == other]) == 1


def test_new_ids_come_after_all_that_were_copied(db: Database, tenant_id: str) -> None:
    last = 5 * BUCKET + 17
    with db.write_tenant(tenant_id) as store:
        skip_used_chunk_ids(store.session, last)
    with db.write_tenant(tenant_id) as store:
        ids = reserved_chunk_ids(store.session, tenant_id, 1)
    assert ids is not None
    assert ids[0] // BUCKET > last // BUCKET


def test_a_text_with_nul_is_refused_in_one_line(db: Database, tenant_id: str) -> None:
    document = uploaded(db, tenant_id)
    with pytest.raises(InvalidRequest, match="NUL"), db.read_tenant(tenant_id) as store:
        store.documents.get("doc_\x00")
    with pytest.raises(InvalidRequest, match="NUL"), db.write_tenant(tenant_id) as store:
        store.documents.update_metadata(document.id, {"note": "\x00"})


def test_postings_are_stored_as_they_are(db: Database) -> None:
    with db.read() as session:
        options = session.scalar(text("SELECT reloptions FROM pg_class WHERE relname = 'postings'"))
        storage = session.scalar(text("SELECT attstorage FROM pg_attribute WHERE attname = 'entries'"))
    assert options is not None
    assert "fillfactor=70" in options
    assert storage == "e"
