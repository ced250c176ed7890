"""Adapter versions: what they are, where they come from, and the documents they learned from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterOrigin, AdapterSource, AdapterVersion, Lineage
from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import by_name, named, paginate
from app.storage.sql.records import record_from
from app.storage.sql.tables import (
    AdapterCanaryRow,
    AdapterSourceRow,
    AdapterVersionRow,
    DeploymentRow,
    DocumentRow,
)
from app.storage.sql.totals import add_to_totals


def version_of(session: Session, tenant_id: str | None, version: str) -> AdapterVersion:
    """A tenant's version, of whatever name; None: a built-in one, of any tenant. Raises NotFound."""
    owned = (
        AdapterVersionRow.origin == AdapterOrigin.STARTER
        if tenant_id is None
        else AdapterVersionRow.tenant_id == tenant_id
    )
    row = session.scalar(select(AdapterVersionRow).where(owned, AdapterVersionRow.version == version).limit(1))
    if row is None:
        raise NotFound("No such adapter.", param="version")
    return AdapterVersions(session, row.tenant_id).by_id(row.id)


def versions_of(session: Session, tenant_id: str) -> list[AdapterVersion]:
    """All versions of a tenant."""
    ids = session.scalars(select(AdapterVersionRow.id).where(AdapterVersionRow.tenant_id == tenant_id)).all()
    versions = AdapterVersions(session, tenant_id)
    return [versions.by_id(row_id) for row_id in ids]


class AdapterVersions:
    """Creates, reads and deletes the adapter versions of one tenant."""

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
        lineage: Lineage | None = None,
    ) -> tuple[AdapterVersion, bool]:
        """Record a version. Returns (version, True if it is new); equal content of a name is the existing version."""
        same = AdapterVersionRow.name == name, AdapterVersionRow.version == version
        row = self._session.scalar(self._mine().where(*same))
        if row is not None:
            return self._record(row), False
        lineage = lineage or Lineage()
        if lineage.origin != AdapterOrigin.STARTER and not self._paths([path]):
            add_to_totals(self._session, self._tenant_id, stored_bytes=size_bytes)
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
            origin=lineage.origin,
            parents=list(lineage.parents),
            details=lineage.details,
        )
        self._session.add(row)
        self._session.flush()
        self._add_sources(row.id, lineage.sources)
        record = self._record(row)
        if not record.builtin:
            action, mine = AuditAction.ADAPTER_ADDED, self._tenant_id
            record_audit(self._session, action, "adapter", record.label, tenant_id=mine, origin=lineage.origin)
        return record, True

    def get(self, name: str, version: str | None = None, *, bases: Collection[str] = ()) -> AdapterVersion:
        """The version; without `version`, the newest of the name, and one of these bases if there is any.

        Raises NotFound.
        """
        return self._record(self._row(name, version, bases))

    def has(self, name: str, version: str) -> bool:
        """Whether there is this version of the name."""
        same = AdapterVersionRow.name == name, AdapterVersionRow.version == version
        return self._session.scalar(self._mine().where(*same)) is not None

    def by_id(self, adapter_version_id: int) -> AdapterVersion:
        row = self._session.scalar(self._mine().where(AdapterVersionRow.id == adapter_version_id))
        if row is None:
            raise NotFound("No such adapter.", param="adapter")
        return self._record(row)

    def page(
        self,
        name: str | None = None,
        version: str | None = None,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[AdapterVersion]:
        """Versions, newest first; `after` is "<name>@<version>" or a cursor. `q`: words of the name."""
        query = self._mine() if name is None else self._mine().where(AdapterVersionRow.name == name)
        if version is not None:
            query = query.where(AdapterVersionRow.version == version)
        return paginate(
            self._session,
            named(query, q, AdapterVersionRow.name),
            keys=(by_name(AdapterVersionRow.name), AdapterVersionRow.id) if sort == "name" else (AdapterVersionRow.id,),
            to_record=self._record,
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=self._mine(),
            row_id=self._id_of_label,
        )

    def delete(self, name: str, version: str | None = None) -> tuple[list[AdapterVersion], list[str]]:
        """Delete a version, or all versions of the name. Returns (them, paths of files to delete after the commit).

        Raises NotFound, and Conflict if one of them is active or a canary.
        """
        rows = self._session.scalars(
            self._mine().where(
                AdapterVersionRow.name == name, *([AdapterVersionRow.version == version] if version else [])
            )
        ).all()
        if not rows:
            raise NotFound("No such adapter.", param="name")
        ids, paths = [row.id for row in rows], {row.path for row in rows}
        sizes = {row.path: row.size_bytes for row in rows if row.origin != AdapterOrigin.STARTER}
        if self._active_id() in ids:
            raise Conflict("This adapter is active; activate another or deactivate it first.")
        is_canary = select(AdapterCanaryRow.tenant_id).where(one_of(AdapterCanaryRow.adapter_version_id, ids))
        if self._session.scalar(is_canary) is not None:
            raise Conflict("This adapter answers a share of the requests; end its trial first (canary share 0).")
        deleted = [self._record(row) for row in rows]
        for one in deleted:
            record_audit(self._session, AuditAction.ADAPTER_DELETED, "adapter", one.label, tenant_id=self._tenant_id)
        self._session.execute(delete(AdapterVersionRow).where(one_of(AdapterVersionRow.id, ids)))
        self._session.expire_all()
        unused = paths - self._paths(paths)
        add_to_totals(self._session, self._tenant_id, stored_bytes=-sum(sizes.get(path, 0) for path in unused))
        return deleted, sorted(unused)

    def _paths(self, paths: Collection[str]) -> set[str]:
        """Those of `paths` where files of the tenant's versions lie."""
        mine = AdapterVersionRow.tenant_id == self._tenant_id, one_of(AdapterVersionRow.path, paths)
        return set(self._session.scalars(select(AdapterVersionRow.path).where(*mine)))

    def _id_of_label(self, label: str) -> int | None:
        """Row id of "<name>@<version>", or of the newest version of "<name>"; None if there is none."""
        name, _, version = label.partition("@")
        with suppress(NotFound):
            return self._row(name, version or None).id
        return None

    def _add_sources(self, adapter_version_id: int, sources: Sequence[AdapterSource]) -> None:
        self._session.add_all(
            AdapterSourceRow(
                tenant_id=self._tenant_id,
                adapter_version_id=adapter_version_id,
                document_id=source.document_id,
                filename=source.filename,
            )
            for source in sources
        )
        self._session.flush()

    def _sources(self, adapter_version_id: int) -> tuple[AdapterSource, ...]:
        query = (
            select(AdapterSourceRow.document_id, AdapterSourceRow.filename, DocumentRow.id.is_(None))
            .outerjoin(DocumentRow, DocumentRow.id == AdapterSourceRow.document_id)
            .where(AdapterSourceRow.adapter_version_id == adapter_version_id)
            .order_by(AdapterSourceRow.id)
        )
        return tuple(AdapterSource(*row) for row in self._session.execute(query))

    def _active_id(self) -> int | None:
        mine = DeploymentRow.tenant_id == self._tenant_id
        query = select(DeploymentRow.adapter_version_id).where(mine).order_by(DeploymentRow.id.desc()).limit(1)
        return self._session.scalar(query)

    def _mine(self) -> Select[AdapterVersionRow]:
        return select(AdapterVersionRow).where(AdapterVersionRow.tenant_id == self._tenant_id)

    def _row(self, name: str, version: str | None, bases: Collection[str] = ()) -> AdapterVersionRow:
        query = self._mine().where(AdapterVersionRow.name == name)
        if version is not None:
            query = query.where(AdapterVersionRow.version == version)
        if bases:
            query = query.order_by(AdapterVersionRow.base_fingerprint.in_(sorted(bases)).desc())
        row = self._session.scalar(query.order_by(AdapterVersionRow.id.desc()).limit(1))
        if row is None:
            raise NotFound("No such adapter.", param="adapter")
        return row

    def _record(self, row: AdapterVersionRow) -> AdapterVersion:
        """The lineage and whether the version is active are read from other tables."""
        lineage = record_from(row, Lineage, sources=self._sources(row.id))
        return record_from(
            row,
            AdapterVersion,
            lineage=lineage,
            active=self._active_id() == row.id,
            of_another_base=False,
            shipped_now=None,
        )
