"""The tenant's pointer to the adapter in force, its history with reasons, and the version on trial beside it."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterVersion, Canary, Deployment
from app.errors import Conflict
from app.storage.sql.records import record_from
from app.storage.sql.repositories.adapters import AdapterVersions
from app.storage.sql.tables import AdapterCanaryRow, AdapterVersionRow, DeploymentRow


class Deployments:
    """One tenant's pointer. Every move is a row that is never changed."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._versions = AdapterVersions(session, tenant_id)

    def active(self) -> AdapterVersion | None:
        """The version in force, None for the plain base model."""
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
        """Point the tenant at that version, or at the newest of the name; a trial ends."""
        adapter = self._versions.get(name, version)
        self._point_at(adapter.id, evaluation_id, override_reason, actor)
        return self._versions.by_id(adapter.id)

    def deactivate(self, *, actor: str | None = None) -> None:
        """Point the tenant at the plain base model; a trial ends."""
        self._point_at(None, None, None, actor)

    def rollback(self, *, actor: str | None = None) -> AdapterVersion | None:
        """Undo the last move: end a trial if one runs, else point at what was in force before.

        Conflict if there is nothing before.
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
        return self.active()

    def history(self, limit: int = 20) -> list[Deployment]:
        """Moves, newest first. Those of deleted versions are gone with them."""
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

    def canary(self) -> Canary | None:
        """The version on trial."""
        row = self._session.get(AdapterCanaryRow, self._tenant_id)
        return record_from(row, Canary, adapter=self._versions.by_id(row.adapter_version_id)) if row else None

    def start_canary(self, name: str, version: str | None, share: float) -> Canary:
        """Let a version answer `share` (0 to 1) of the requests; a running trial is replaced."""
        adapter = self._versions.get(name, version)
        self.end_canary()
        row = AdapterCanaryRow(tenant_id=self._tenant_id, adapter_version_id=adapter.id, share=share)
        self._session.add(row)
        self._session.flush()
        return record_from(row, Canary, adapter=adapter)

    def end_canary(self) -> None:
        """Harmless if there is none."""
        self._session.execute(delete(AdapterCanaryRow).where(AdapterCanaryRow.tenant_id == self._tenant_id))
        self._session.expire_all()

    def _point_at(
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

    def _current(self) -> DeploymentRow | None:
        query = select(DeploymentRow).where(DeploymentRow.tenant_id == self._tenant_id)
        return self._session.scalar(query.order_by(DeploymentRow.id.desc()).limit(1))
