"""Batches: uploads of many files, and the progress of their documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.documents import FINAL_DOCUMENT, Batch, DocumentStatus, RefusedFile
from app.domain.visibility import EVERYBODY, EVERYTHING, Access, Visibility
from app.errors import NotFound
from app.storage.sql.access import own_batches, own_documents
from app.storage.sql.dialects.json import list_length
from app.storage.sql.dialects.sums import integer_sum
from app.storage.sql.records import record_from
from app.storage.sql.tables import BatchRow, BatchVersionRow, DocumentRow, DocumentVersionRow


class Batches:
    """Creates and reads the batches of one tenant that the caller sees, and counts what it sees of their documents."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._own = own_batches(tenant_id, visibility)
        self._own_documents = own_documents(tenant_id, visibility)

    def create(self, collection: str, access: Access = EVERYBODY) -> str:
        """Create an empty batch and return its id."""
        row = BatchRow(
            tenant_id=self._tenant_id, collection=collection, files=0, refused=[], groups=list(access.groups)
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def add(self, batch_id: str, version_ids: Sequence[int], refused: Sequence[RefusedFile] = ()) -> None:
        """Add files: one version id for each accepted file (equal files share a version), and the refused ones."""
        row = self._row(batch_id)
        row.files += len(version_ids) + len(refused)
        row.refused = [*row.refused, *([one.filename, one.code, one.message] for one in refused)]
        for version_id in dict.fromkeys(version_ids):
            if self._session.get(BatchVersionRow, (batch_id, version_id)) is None:
                self._session.add(BatchVersionRow(batch_id=batch_id, version_id=version_id))
        self._session.flush()

    def get(self, batch_id: str) -> Batch:
        row = self._row(batch_id)
        status, progress = DocumentVersionRow.status, DocumentVersionRow.progress
        warned = case((list_length(DocumentVersionRow.warnings) > 0, 1), else_=0)
        each = (
            select(status, func.count(), func.sum(progress), integer_sum(warned))
            .join(BatchVersionRow, BatchVersionRow.version_id == DocumentVersionRow.id)
            .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document_id)
            .where(BatchVersionRow.batch_id == batch_id, self._own_documents)
            .group_by(status)
        )
        counts: dict[DocumentStatus, int] = {}
        done, warnings = 0.0, 0
        for name, count, share, with_warnings in self._session.execute(each):
            counts[name] = count
            warnings += with_warnings
            done += count if name in FINAL_DOCUMENT else share
        total = sum(counts.values())
        return record_from(
            row,
            Batch,
            refused=tuple(RefusedFile(*one) for one in row.refused),
            counts=counts,
            warned=warnings,
            progress=done / total if total else 1.0,
            access=Access(tuple(row.groups)),
            finished=all(name in FINAL_DOCUMENT for name in counts),
        )

    def unfinished(self, batch_id: str) -> list[int]:
        """Ids of the batch's document versions whose ingestion has not ended."""
        self._row(batch_id)
        query = (
            select(DocumentVersionRow.id)
            .join(BatchVersionRow, BatchVersionRow.version_id == DocumentVersionRow.id)
            .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document_id)
            .where(
                BatchVersionRow.batch_id == batch_id,
                self._own_documents,
                DocumentVersionRow.status.not_in(FINAL_DOCUMENT),
            )
        )
        return list(self._session.scalars(query))

    def _row(self, batch_id: str) -> BatchRow:
        row = self._session.scalar(select(BatchRow).where(self._own, BatchRow.id == batch_id))
        if row is None:
            raise NotFound("No such batch.")
        return row
