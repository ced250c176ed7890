"""Datasets: versions of a tenant's training rows, and the documents they were made from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterSource
from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.training import Dataset, NewDataset
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import hold_blob, release_blobs
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from
from app.storage.sql.tables import DatasetRow, DocumentRow

SORTS: Sorts = {"created_at": DatasetRow.created_at, "name": by_name(DatasetRow.name)}


class Datasets:
    """Creates, reads and deletes the datasets of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(self, new: NewDataset) -> Dataset:
        """Record the next version of the name."""
        mine = DatasetRow.tenant_id == self._tenant_id, DatasetRow.name == new.name
        newest = self._session.scalar(select(func.max(DatasetRow.version)).where(*mine)) or 0
        hold_blob(self._session, self._tenant_id, new.blob, new.size_bytes)
        row = DatasetRow(
            tenant_id=self._tenant_id,
            name=new.name,
            version=newest + 1,
            origin=new.origin,
            blob=new.blob,
            sha256=new.sha256,
            size_bytes=new.size_bytes,
            report=new.report,
            details={**new.details, "sources": dict(new.sources)},
            base_fingerprint=new.base_fingerprint,
        )
        self._session.add(row)
        self._session.flush()
        self._audit(AuditAction.DATASET_ADDED, row)
        return self._record(row)

    def get(self, dataset_id: str) -> Dataset:
        return self._record(self._row(dataset_id))

    def missing(self, dataset_id: str) -> bool:
        return self._session.scalar(self._mine().where(DatasetRow.id == dataset_id)) is None

    def page(
        self,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Dataset]:
        """`q`: words of the name."""
        return paginate(
            self._session,
            named(self._mine(), q, DatasetRow.name),
            keys=(SORTS[sort], DatasetRow.id),
            to_record=self._record,
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=self._mine(),
        )

    def delete(self, dataset_id: str) -> list[str]:
        """Delete a dataset. Returns blobs to unlink after the commit. A training that uses it fails."""
        row = self._row(dataset_id)
        sizes = {row.blob: row.size_bytes}
        self._audit(AuditAction.DATASET_DELETED, row)
        self._session.execute(delete(DatasetRow).where(DatasetRow.id == row.id))
        return release_blobs(self._session, self._tenant_id, sizes)

    def _audit(self, action: AuditAction, row: DatasetRow) -> None:
        details: dict[str, Any] = {"name": row.name, "version": row.version, "origin": row.origin}
        record_audit(self._session, action, "dataset", row.id, tenant_id=self._tenant_id, **details)

    def _mine(self) -> Select[DatasetRow]:
        return select(DatasetRow).where(DatasetRow.tenant_id == self._tenant_id)

    def _row(self, dataset_id: str) -> DatasetRow:
        row = self._session.scalar(self._mine().where(DatasetRow.id == dataset_id))
        if row is None:
            raise NotFound("No such dataset.", param="dataset")
        return row

    def _sources(self, filenames: dict[str, str]) -> tuple[AdapterSource, ...]:
        mine = DocumentRow.tenant_id == self._tenant_id, one_of(DocumentRow.id, filenames)
        there = set(self._session.scalars(select(DocumentRow.id).where(*mine)))
        return tuple(AdapterSource(one, name, one not in there) for one, name in filenames.items())

    def _record(self, row: DatasetRow) -> Dataset:
        """The row stores the sources among the details; the record has a field for them."""
        details = dict(row.details)
        return record_from(row, Dataset, sources=self._sources(details.pop("sources", {})), details=details)
