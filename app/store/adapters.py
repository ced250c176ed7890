"""Adapter versions and the tenant's pointer to the one in force, with its history."""

from __future__ import annotations

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.errors import Conflict, NotFound
from app.store.models import ActivationRow, AdapterVersionRow
from app.store.page import Order, Page, cut, unknown_cursor
from app.store.records import AdapterVersion


class AdapterVersions:
    """One tenant's adapters."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def add(
        self,
        name: str,
        version: str,
        *,
        path: str,
        rank: int,
        alpha: float,
        target_modules: tuple[str, ...],
        size_bytes: int,
        base_fingerprint: str,
    ) -> tuple[AdapterVersion, bool]:
        """Record a version. Returns (version, True if it is new): equal content is the version that is there."""
        same = AdapterVersionRow.name == name, AdapterVersionRow.version == version
        row = self._session.scalar(self._mine().where(*same))
        if row is not None:
            return self._record(row), False
        row = AdapterVersionRow(
            tenant_id=self._tenant_id,
            name=name,
            version=version,
            path=path,
            rank=rank,
            alpha=alpha,
            target_modules=list(target_modules),
            size_bytes=size_bytes,
            base_fingerprint=base_fingerprint,
        )
        self._session.add(row)
        self._session.flush()
        return self._record(row), True

    def get(self, name: str, version: str | None = None) -> AdapterVersion:
        """That version, or the newest of the name."""
        return self._record(self._row(name, version))

    def page(
        self, name: str | None = None, *, limit: int = 20, after: str | None = None, order: Order = "desc"
    ) -> Page[AdapterVersion]:
        """Versions, newest first; `after` is "<name>@<version>"."""
        query = self._mine() if name is None else self._mine().where(AdapterVersionRow.name == name)
        cursor = None
        if after is not None:
            after_name, _, after_version = after.partition("@")
            try:
                cursor = (self._row(after_name, after_version or None).id,)
            except NotFound:
                raise unknown_cursor() from None
        keys = (AdapterVersionRow.id,)
        return cut(self._session, query, keys=keys, to_record=self._record, limit=limit, after=cursor, order=order)

    def active(self) -> AdapterVersion | None:
        """The version in force, None for the plain base model."""
        current = self._current()
        if current is None or current.adapter_version_id is None:
            return None
        row = self._session.get(AdapterVersionRow, current.adapter_version_id)
        return self._record(row) if row is not None else None

    def activate(self, name: str, version: str | None = None) -> AdapterVersion:
        """Point the tenant at that version, or at the newest of the name."""
        row = self._row(name, version)
        self._point_at(row.id)
        return self._record(row)

    def deactivate(self) -> None:
        """Point the tenant at the plain base model."""
        self._point_at(None)

    def rollback(self) -> AdapterVersion | None:
        """Point the tenant at what was in force before. Conflict if there is nothing before."""
        current = self._current()
        if current is None:
            raise Conflict("There is nothing to roll back to: no adapter was ever activated.")
        before = self._session.get(ActivationRow, current.previous_id) if current.previous_id else None
        self._session.add(
            ActivationRow(
                tenant_id=self._tenant_id,
                adapter_version_id=before.adapter_version_id if before else None,
                previous_id=before.previous_id if before else None,
            )
        )
        self._session.flush()
        return self.active()

    def delete(self, name: str, version: str | None = None) -> list[str]:
        """Delete a version, or all of the name. Returns folders to unlink after the commit. Conflict if active."""
        rows = self._session.scalars(
            self._mine().where(
                AdapterVersionRow.name == name, *([AdapterVersionRow.version == version] if version else [])
            )
        ).all()
        if not rows:
            raise NotFound("No such adapter.", param="name")
        active = self.active()
        if active is not None and active.id in {row.id for row in rows}:
            raise Conflict("This adapter is active; activate another or deactivate it first.")
        ids, paths = [row.id for row in rows], {row.path for row in rows}
        self._session.execute(delete(AdapterVersionRow).where(AdapterVersionRow.id.in_(ids)))
        self._session.expire_all()
        still_used = self._session.scalars(self._mine().where(AdapterVersionRow.path.in_(paths)))
        return sorted(paths - {row.path for row in still_used})

    def _point_at(self, adapter_version_id: int | None) -> None:
        current = self._current()
        if current is not None and current.adapter_version_id == adapter_version_id:
            return
        previous = current.id if current else None
        self._session.add(
            ActivationRow(tenant_id=self._tenant_id, adapter_version_id=adapter_version_id, previous_id=previous)
        )
        self._session.flush()

    def _current(self) -> ActivationRow | None:
        query = select(ActivationRow).where(ActivationRow.tenant_id == self._tenant_id)
        return self._session.scalar(query.order_by(ActivationRow.id.desc()).limit(1))

    def _mine(self) -> Select[AdapterVersionRow]:
        return select(AdapterVersionRow).where(AdapterVersionRow.tenant_id == self._tenant_id)

    def _row(self, name: str, version: str | None) -> AdapterVersionRow:
        query = self._mine().where(AdapterVersionRow.name == name)
        if version is not None:
            query = query.where(AdapterVersionRow.version == version)
        row = self._session.scalar(query.order_by(AdapterVersionRow.id.desc()).limit(1))
        if row is None:
            raise NotFound("No such adapter.", param="adapter")
        return row

    def _record(self, row: AdapterVersionRow) -> AdapterVersion:
        current = self._current()
        return AdapterVersion(
            id=row.id,
            tenant_id=row.tenant_id,
            name=row.name,
            version=row.version,
            path=row.path,
            rank=row.rank,
            alpha=row.alpha,
            target_modules=tuple(row.target_modules),
            size_bytes=row.size_bytes,
            base_fingerprint=row.base_fingerprint,
            created_at=row.created_at,
            active=current is not None and current.adapter_version_id == row.id,
        )
