"""Entries of the audit log: written with the change, read in parts, never changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from app.audit.service import AuditService
from app.domain.actors import Actor, ActorKind
from app.domain.audit import AuditAction, AuditEntry, AuditFilter, AuditOutcome
from app.domain.tenants import TenantStatus
from app.domain.usage import RateLimits, TenantLimits
from app.domain.visibility import Access
from app.errors import Conflict
from app.http.refused_keys import MOST_ADDRESSES, RefusedKeys
from app.storage.acting import acting
from app.storage.backup import back_up, restore
from app.storage.database import Database, open_database
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.repositories.audit_log import AuditLog, count_audit
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.limits import Limits
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import AuditRow
from app.storage.sql.tables.audit_trigger import REFUSAL
from tests.support.paths import APP
from tests.support.storage_factories import uploaded

pytestmark = pytest.mark.both_databases
OPERATOR = Actor(ActorKind.KEY, "ten_operator", "key_operator", address="192.0.2.1", request_id="req_1")
OWN = "the tenant itself"


@pytest.fixture
def log(db: Database) -> AuditService:
    return AuditService(db, keep_days=30)


def entries(db: Database, reader_id: str | None = None, **wanted: object) -> list[AuditEntry]:
    """Those that the tenant `reader_id` reads, the oldest first; None: all."""
    with db.read() as session:
        return AuditLog(session, reader_id).page(AuditFilter(**wanted), limit=100, order="asc").data  # type: ignore[arg-type]


def actions(db: Database, tenant_id: str | None = None) -> list[str]:
    return [entry.action for entry in entries(db, tenant_id)]


def test_a_change_and_its_entry_are_one_transaction(db: Database, tenant_id: str) -> None:
    assert actions(db) == ["tenant.created"]
    with pytest.raises(ZeroDivisionError), db.write() as session:
        Keys(session).create(tenant_id, "ci", ["read"])
        raise ZeroDivisionError
    with pytest.raises(Conflict), db.write() as session:
        Tenants(session).create("acme")
    assert actions(db) == ["tenant.created"]


def test_who_what_and_from_where(db: Database, tenant_id: str) -> None:
    with acting(OPERATOR), db.write() as session:
        key, secret = Keys(session).create(tenant_id, "ci", ["read"])
        Keys(session).revoke(key.id)
        Keys(session).revoke(key.id)  # again: nothing changes
        Limits(session).set(tenant_id, TenantLimits(RateLimits(requests=5), RateLimits(), RateLimits()))
        for status in (TenantStatus.SUSPENDED, TenantStatus.SUSPENDED, TenantStatus.ACTIVE):
            Tenants(session).set_status(tenant_id, status)
    found = entries(db)[1:]
    assert [(one.action, one.target_kind, one.target_id) for one in found] == [
        ("key.created", "key", key.id),
        ("key.revoked", "key", key.id),
        ("tenant.limits_changed", "tenant", tenant_id),
        ("tenant.suspended", "tenant", tenant_id),
        ("tenant.resumed", "tenant", tenant_id),
    ]
    assert {one.actor for one in found} == {OPERATOR}
    assert {one.tenant_id for one in found} == {tenant_id}
    assert found[0].details == {"label": "ci", "scopes": ["read"]}
    assert secret not in str(found)


def test_a_tenant_reads_its_part_without_who_the_operator_is(db: Database, tenant_id: str) -> None:
    own = Actor(ActorKind.TOKEN, tenant_id, "key_own", "tok_1", "ana", "192.0.2.7", "req_2")
    with db.write() as session:
        other_id = Tenants(session).create("other").id
    document = uploaded(db, tenant_id)
    with acting(own), db.write_tenant(tenant_id) as store:
        store.documents.update_access(document.id, Access(("board",)))
        store.documents.delete(document.id)
    with acting(OPERATOR), db.write() as session:
        Tenants(session).set_status(tenant_id, TenantStatus.SUSPENDED)
    with db.read_tenant(tenant_id) as store:
        mine = store.audit.page(AuditFilter(), order="asc").data
    assert [entry.action for entry in mine] == [
        "tenant.created",
        "document.added",
        "document.access_changed",
        "document.deleted",
        "tenant.suspended",
    ]
    assert [entry.actor for entry in mine[2:]] == [own, own, Actor(ActorKind.OPERATOR)]
    assert mine[1].details == {"collection": "default", "filename": "a.txt", "version": 1}
    assert mine[2].details == {"groups": ["board"], "before": []}
    assert mine[3].details == {"collection": "default", "filename": "a.txt"}
    assert actions(db, other_id) == ["tenant.created"]
    assert entries(db, other_id, tenant_id=tenant_id) == []  # a filter widens nothing
    assert entries(db, user="ana") == mine[2:4]
    assert entries(db, actor_kind=ActorKind.SERVICE, target_id=other_id) == entries(db, other_id)


def test_entries_outlive_their_tenant(db: Database, tenant_id: str) -> None:
    with acting(OPERATOR), db.write() as session:
        Tenants(session).delete(tenant_id)
    last = entries(db)[-1]
    assert (last.action, last.target_id, last.details) == ("tenant.deleted", tenant_id, {"name": "acme"})


@pytest.fixture
def moments(db: Database) -> list[datetime]:
    """Entries of 3, 2 and 1 hundred days ago."""
    moments = [datetime.now(UTC) - timedelta(days=days) for days in (300, 200, 100)]
    with db.write() as session:
        for moment in moments:
            record_audit(session, AuditAction.QUEUE_PAUSED, "queue", moment.isoformat(), tenant_id=None)
        for moment, row in zip(moments, session.new, strict=True):
            row.created_at = moment
    return moments


def test_old_entries_are_deleted_and_that_is_an_entry(db: Database, moments: list[datetime]) -> None:
    assert AuditService(db, keep_days=0).delete_old() == 0
    assert AuditService(db, keep_days=150).delete_old() == 2
    kept, deletion = entries(db)
    assert kept.created_at == moments[-1]
    assert (deletion.action, deletion.count) == ("audit.deleted", 2)
    assert datetime.fromisoformat(str(deletion.details["before"])) < kept.created_at
    assert AuditService(db, keep_days=150).delete_old() == 0
    assert len(entries(db)) == 2  # what deletes nothing is no entry


def test_moments_choose(db: Database, moments: list[datetime]) -> None:
    assert [one.created_at for one in entries(db, since=moments[1])] == moments[1:]
    assert [one.created_at for one in entries(db, until=moments[1])] == moments[:1]


def test_an_export_has_every_entry_once_whatever_the_batch(
    db: Database, log: AuditService, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.audit.service.BATCH", 3)
    with db.write() as session:
        for number in range(7):  # in one transaction: many have the same moment
            record_audit(session, AuditAction.QUEUE_PAUSED, "queue", f"{number}", tenant_id=tenant_id)
    before = entries(db, tenant_id)
    exported = list(log.export(tenant_id, AuditFilter()))
    assert len(exported) == 8
    assert sorted(exported, key=lambda one: one.id) == sorted(before, key=lambda one: one.id)
    assert actions(db, tenant_id)[-1] == "audit.exported"


def test_refused_keys_are_counted_not_listed(db: Database) -> None:
    refused = RefusedKeys(db)
    for number in range(3000):
        with acting(Actor(ActorKind.NOBODY, address=f"192.0.2.{number % 2}")):
            refused.note("invalid_api_key")
    refused.flush()
    refused.flush()
    found = entries(db)
    assert [
        (one.count, one.actor.address, one.outcome) for one in sorted(found, key=lambda one: one.actor.address)
    ] == [
        (1500, "192.0.2.0", AuditOutcome.REFUSED),
        (1500, "192.0.2.1", AuditOutcome.REFUSED),
    ]
    assert {(one.action, one.tenant_id) for one in found} == {("authentication.refused", None)}
    assert dict(found[0].details) == {"reason": "invalid_api_key"}


def test_a_flood_from_many_addresses_is_bounded(db: Database) -> None:
    refused = RefusedKeys(db)
    for number in range(2 * MOST_ADDRESSES):
        with acting(Actor(ActorKind.NOBODY, address=f"address {number}\x00")):
            refused.note("invalid_api_key")
    refused.flush()
    with db.read() as session:
        assert count_audit(session) == MOST_ADDRESSES + 1
    assert {one.count for one in entries(db) if not one.actor.address} <= {MOST_ADDRESSES}


CHANGES = {
    "a change": "UPDATE audit_log SET action = 'key.created'",
    "a change of one column": "UPDATE audit_log SET details = '{}' WHERE target_kind = 'queue'",
    "a deletion": "DELETE FROM audit_log",
    "the deletion of an old one": "DELETE FROM audit_log WHERE target_kind = 'queue'",
    "another row in its place": "INSERT INTO audit_log SELECT * FROM audit_log",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses(db: Database, tenant_id: str, moments: list[datetime], statement: str) -> None:
    before = entries(db)
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(statement))
    assert entries(db) == before


EMPTYING = {"sqlite": "REPLACE INTO audit_log SELECT * FROM audit_log", "postgresql": "TRUNCATE audit_log"}


def test_what_is_a_database_s_own_is_refused_too(db: Database, tenant_id: str) -> None:
    before = entries(db)
    with pytest.raises(IntegrityError, match=REFUSAL), db.write() as session:
        session.execute(text(EMPTYING[db.dialect.name]))
    assert entries(db) == before


def test_a_deletion_goes_no_further_than_it_announced(db: Database, moments: list[datetime]) -> None:
    """Only the newest announcement counts, and it stays whatever it says."""
    for before in (datetime.max.replace(tzinfo=UTC), moments[1]):
        with db.write() as session:
            said = before.isoformat(timespec="seconds")
            record_audit(session, AuditAction.AUDIT_DELETED, "audit", "", tenant_id=None, before=said)
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text("DELETE FROM audit_log WHERE target_kind = 'queue'"))
    with db.write() as session:
        session.execute(delete(AuditRow).where(AuditRow.created_at < moments[1].replace(microsecond=0)))
    assert [one.created_at for one in entries(db)][:2] == moments[1:]
    with db.write() as session:
        far = datetime.max.replace(tzinfo=UTC).isoformat(timespec="seconds")
        record_audit(session, AuditAction.AUDIT_DELETED, "audit", "", tenant_id=None, before=far)
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text("DELETE FROM audit_log"))
    assert len(entries(db)) == 5


def test_a_restored_log_is_kept_as_well(db: Database, moments: list[datetime], tmp_path: Path) -> None:
    back_up(db, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "restored")
    restored = open_database(tmp_path / "restored")
    try:
        before = entries(restored)
        assert [one.created_at for one in before][:3] == moments
        with pytest.raises(IntegrityError), restored.write() as session:
            session.execute(text("DELETE FROM audit_log"))
        assert entries(restored) == before
    finally:
        restored.close()


def test_no_code_changes_an_entry() -> None:
    """Only the module of the repository deletes rows, and none updates one."""
    named = re.compile(r"\bAuditRow\b")
    storing = APP / "storage"  # nothing else may import tables
    naming = {path.relative_to(storing).as_posix() for path in storing.rglob("*.py") if named.search(path.read_text())}
    assert naming == {
        "sql/tables/__init__.py",
        "sql/tables/audit.py",
        "sql/tables/audit_trigger.py",
        "sql/audit_writer.py",
        "sql/repositories/audit_log.py",
    }
    source = (APP / "storage/sql/repositories/audit_log.py").read_text()
    assert "update(" not in source
    assert source.count("delete(AuditRow)") == 1
