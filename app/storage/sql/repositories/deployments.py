"""Deployments: which adapter version answers a tenant's questions, the history with reasons, and the canary."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from app.domain.adapters import STARTER_REASON, AdapterAnswers, AdapterOrigin, AdapterVersion, Canary, Deployment
from app.domain.audit import AuditAction
from app.domain.webhooks import WebhookEvent
from app.errors import Conflict
from app.storage.sql.answers_by_adapter import answers_by_adapter
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.records import record_from
from app.storage.sql.repositories.adapters import AdapterVersions
from app.storage.sql.repositories.webhook_outbox import emit
from app.storage.sql.tables import AdapterCanaryRow, AdapterEvaluationRow, AdapterVersionRow, DeploymentRow

BASE = "base"  # what answers without an adapter


def count_of_another_base(session: Session, bases: Collection[str]) -> int:
    """Number of tenants whose active version was made for none of these base models. Built-in ones do not count."""
    return _count_active(
        session,
        AdapterVersionRow.base_fingerprint.not_in(sorted(bases)),
        AdapterVersionRow.origin != AdapterOrigin.STARTER,
    )


def count_of_another_starter(session: Session, name: str, version: str, bases: Collection[str]) -> int:
    """Number of tenants whose active version is built in, for one of these bases, and another than `name@version`."""
    return _count_active(
        session,
        AdapterVersionRow.origin == AdapterOrigin.STARTER,
        AdapterVersionRow.name == name,
        AdapterVersionRow.version != version,
        AdapterVersionRow.base_fingerprint.in_(sorted(bases)),
    )


def count_judged_elsewhere(session: Session, base_fingerprint: str) -> int:
    """Number of tenants whose active version was let through by an evaluation on another engine or quantisation."""
    return _count_active(session, AdapterEvaluationRow.base_fingerprint != base_fingerprint)


def _count_active(session: Session, *conditions: ColumnElement[bool]) -> int:
    """Number of tenants whose deployment in force, with its version and its evaluation if any, meets the conditions."""
    newest = select(func.max(DeploymentRow.id)).group_by(DeploymentRow.tenant_id)
    query = (
        select(func.count())
        .select_from(DeploymentRow)
        .outerjoin(AdapterVersionRow, AdapterVersionRow.id == DeploymentRow.adapter_version_id)
        .outerjoin(AdapterEvaluationRow, AdapterEvaluationRow.id == DeploymentRow.evaluation_id)
        .where(DeploymentRow.id.in_(newest), *conditions)
    )
    return session.scalar(query) or 0


class Deployments:
    """Activates adapter versions for one tenant. Every change is a new row; the newest row is in force."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._versions = AdapterVersions(session, tenant_id)

    def active(self) -> AdapterVersion | None:
        """The active version; None for the base model."""
        current = self._current()
        if current is None or current.adapter_version_id is None:
            return None
        return self._versions.by_id(current.adapter_version_id)

    def activate(
        self,
        name: str,
        version: str | None = None,
        *,
        evaluation_id: str | None = None,
        override_reason: str | None = None,
        actor: str | None = None,
    ) -> AdapterVersion:
        """Activate a version, by default the newest of the name. A canary ends."""
        adapter = self._versions.get(name, version)
        self._activate(adapter.id, evaluation_id, override_reason, actor)
        return self._versions.by_id(adapter.id)

    def deactivate(self, *, reason: str | None = None, actor: str | None = None) -> None:
        """Activate the base model. A canary ends."""
        self._activate(None, None, reason, actor)

    def rollback(self, *, actor: str | None = None) -> AdapterVersion | None:
        """Undo the last change: end the canary if there is one, else activate what was active before.

        Returns the active version. Raises Conflict if no adapter was ever activated.
        """
        if self.canary() is not None:
            self.end_canary()
            return self.active()
        current = self._current()
        if current is None:
            raise Conflict("There is nothing to roll back to: no adapter was ever activated.")
        before = self._session.get(DeploymentRow, current.previous_id) if current.previous_id else None
        self._session.add(
            DeploymentRow(
                tenant_id=self._tenant_id,
                adapter_version_id=before.adapter_version_id if before else None,
                previous_id=before.previous_id if before else None,
                actor=actor,
            )
        )
        self._session.flush()
        self._tell_activated()
        active = self.active()
        self._record(AuditAction.ADAPTER_ROLLED_BACK, active.label if active else BASE)
        return active

    def history(self, limit: int = 20) -> list[Deployment]:
        """Deployments, newest first. Those of deleted versions are deleted with them."""
        query = (
            select(DeploymentRow, AdapterVersionRow)
            .outerjoin(AdapterVersionRow, AdapterVersionRow.id == DeploymentRow.adapter_version_id)
            .where(DeploymentRow.tenant_id == self._tenant_id)
            .order_by(DeploymentRow.id.desc())
            .limit(limit)
        )
        return [
            record_from(row, Deployment, adapter=f"{adapter.name}@{adapter.version}" if adapter is not None else None)
            for row, adapter in self._session.execute(query)
        ]

    def answers(self, since: datetime) -> list[AdapterAnswers]:
        """What each version answered the tenant's users since then, the most answers first."""
        return answers_by_adapter(self._session, self._tenant_id, since)

    def canary(self) -> Canary | None:
        """The version that answers a share of the requests, if there is one."""
        row = self._session.get(AdapterCanaryRow, self._tenant_id)
        return record_from(row, Canary, adapter=self._versions.by_id(row.adapter_version_id)) if row else None

    def start_canary(self, name: str, version: str | None, share: float) -> Canary:
        """Let a version answer `share` (0 to 1) of the requests. It replaces the present canary."""
        adapter = self._versions.get(name, version)
        self.end_canary()
        row = AdapterCanaryRow(tenant_id=self._tenant_id, adapter_version_id=adapter.id, share=share)
        self._session.add(row)
        self._session.flush()
        self._record(AuditAction.CANARY_STARTED, adapter.label, share=share)
        return record_from(row, Canary, adapter=adapter)

    def end_canary(self) -> None:
        """End the canary. Does nothing if there is none."""
        canary = self.canary()
        if canary is None:
            return
        self._record(AuditAction.CANARY_ENDED, canary.adapter.label)
        self._session.execute(delete(AdapterCanaryRow).where(AdapterCanaryRow.tenant_id == self._tenant_id))
        self._session.expire_all()

    def _activate(
        self, adapter_version_id: int | None, evaluation_id: str | None, override_reason: str | None, actor: str | None
    ) -> None:
        self.end_canary()
        current = self._current()
        if current is not None and current.adapter_version_id == adapter_version_id:
            return
        self._session.add(
            DeploymentRow(
                tenant_id=self._tenant_id,
                adapter_version_id=adapter_version_id,
                previous_id=current.id if current else None,
                evaluation_id=evaluation_id,
                override_reason=override_reason,
                actor=actor,
            )
        )
        self._session.flush()
        self._tell_activated()
        self._record_activation(evaluation_id, override_reason, actor)

    def _record_activation(self, evaluation_id: str | None, reason: str | None, actor: str | None) -> None:
        active = self.active()
        if active is None:
            self._record(AuditAction.ADAPTER_DEACTIVATED, BASE, reason=reason)
        elif reason == STARTER_REASON and actor is None:  # nobody overrode anything: it comes with the service
            self._record(AuditAction.ADAPTER_ACTIVATED, active.label, reason=reason)
        elif reason is None:
            self._record(AuditAction.ADAPTER_ACTIVATED, active.label, evaluation_id=evaluation_id)
        else:
            self._record(AuditAction.ADAPTER_OVERRIDDEN, active.label, reason=reason)

    def _record(self, action: AuditAction, label: str, **details: Any) -> None:
        record_audit(self._session, action, "adapter", label, tenant_id=self._tenant_id, **details)

    def _tell_activated(self) -> None:
        """Queue the event for the tenant's webhooks."""
        adapter = self.active()
        name, version = (adapter.name, adapter.version) if adapter else (None, None)
        data = {"object": "adapter", "name": name, "version": version}
        emit(self._session, self._tenant_id, WebhookEvent.ADAPTER_ACTIVATED, data)

    def _current(self) -> DeploymentRow | None:
        query = select(DeploymentRow).where(DeploymentRow.tenant_id == self._tenant_id)
        return self._session.scalar(query.order_by(DeploymentRow.id.desc()).limit(1))
