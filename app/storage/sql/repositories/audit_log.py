"""The audit log, read: one tenant's part, or all of it for the operator. And its old entries, deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select, tuple_
from sqlalchemy.orm import Session

from app.domain.actors import Actor, ActorKind
from app.domain.audit import AuditAction, AuditEntry, AuditFilter
from app.domain.pagination import Order, Page
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.locks import lock
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from
from app.storage.sql.tables import AuditRow

Position = tuple[datetime, str]  # of an entry in the log: its time and its id


class AuditLog:
    """Reads the entries that concern one tenant; of all tenants and of the service if `tenant_id` is None.

    A tenant does not see which key, account and address an operator of the service used.
    """

    def __init__(self, session: Session, tenant_id: str | None) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def page(
        self, wanted: AuditFilter, *, limit: int = 20, after: str | None = None, order: Order = "desc"
    ) -> Page[AuditEntry]:
        return paginate(
            self._session,
            self._chosen(wanted),
            keys=(AuditRow.created_at, AuditRow.id),
            to_record=self._record,
            limit=limit,
            after=after,
            order=order,
            scope=self._chosen(AuditFilter()),
        )

    def batch(self, wanted: AuditFilter, after: Position | None, most: int) -> list[AuditEntry]:
        """The oldest entries behind `after`, at most `most`, without counting them all."""
        query = self._chosen(wanted)
        place = (AuditRow.created_at, AuditRow.id)
        if after is not None:
            query = query.where(tuple_(*place) > tuple_(*after, types=[column.type for column in place]))
        rows = self._session.scalars(query.order_by(*place).limit(most))
        return [self._record(row) for row in rows]

    def _chosen(self, wanted: AuditFilter) -> Select[AuditRow]:
        query = select(AuditRow)
        if self._tenant_id is not None:
            query = query.where(AuditRow.tenant_id == self._tenant_id)
        return query.where(*_conditions(wanted))

    def _record(self, row: AuditRow) -> AuditEntry:
        actor = Actor(
            row.actor_kind, row.actor_tenant_id, row.key_id, row.token_id, row.user, row.address, row.request_id
        )
        if self._tenant_id not in {None, actor.tenant_id} and actor.kind != ActorKind.SERVICE:
            actor = Actor(ActorKind.OPERATOR)
        return record_from(row, AuditEntry, actor=actor)


def delete_audit_before(session: Session, moment: datetime, most: int) -> int:
    """Delete at most `most` entries older than that, whole seconds. Returns how many.

    That they are deleted is recorded first: the database lets go of none that no entry names.
    """
    lock(session, "audit_log")
    moment = moment.replace(microsecond=0)
    query = select(AuditRow.id).where(AuditRow.created_at < moment).order_by(AuditRow.created_at).limit(most)
    old = session.scalars(query).all()
    if old:
        before = moment.isoformat(timespec="seconds")
        record_audit(session, AuditAction.AUDIT_DELETED, "audit", "", tenant_id=None, count=len(old), before=before)
        session.flush()
        session.execute(delete(AuditRow).where(one_of(AuditRow.id, old)))
    return len(old)


def count_audit(session: Session) -> int:
    """The number of entries, of all tenants and of the service."""
    return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    equal = {
        AuditRow.tenant_id: wanted.tenant_id,
        AuditRow.action: wanted.action,
        AuditRow.outcome: wanted.outcome,
        AuditRow.actor_kind: wanted.actor_kind,
        AuditRow.key_id: wanted.key_id,
        AuditRow.user: wanted.user,
        AuditRow.target_kind: wanted.target_kind,
        AuditRow.target_id: wanted.target_id,
    }
    found = [column == value for column, value in equal.items() if value is not None]
    if wanted.since is not None:
        found.append(AuditRow.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditRow.created_at < wanted.until)
    return found
