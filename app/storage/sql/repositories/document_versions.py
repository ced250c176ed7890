"""Versions of documents: their status, and the text and chunks that make them searchable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import (
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    NewChunk,
    StageProgress,
)
from app.domain.jobs import JobKind, JobStatus
from app.errors import NotFound
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.records import record_from
from app.storage.sql.repositories.jobs import Jobs, Lease, require_lease
from app.storage.sql.tables import DocumentRow, DocumentVersionRow, now


class DocumentVersions:
    """Reads and updates the versions of one tenant's documents."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._chunks = ChunkWriter(session, tenant_id)

    def get(self, version_id: int) -> DocumentVersion:
        return version_record(self._row(version_id))

    def create(self, document_id: str, sha256: str, size_bytes: int, media_type: str, blob: str) -> DocumentVersion:
        """Add the document's next version and queue its ingestion."""
        document = self._document_row(document_id)
        newest = self._session.scalar(
            select(func.max(DocumentVersionRow.version)).where(DocumentVersionRow.document_id == document_id)
        )
        row = DocumentVersionRow(
            tenant_id=self._tenant_id,
            document_id=document_id,
            version=(newest or 0) + 1,
            sha256=sha256,
            size_bytes=size_bytes,
            media_type=media_type,
            blob=blob,
        )
        self._session.add(row)
        self._session.flush()
        document.latest_version_id = row.id
        payload = {"document_id": document_id, "version_id": row.id}
        row.job_id = Jobs(self._session, self._tenant_id).create(JobKind.INGEST, payload).id
        self._session.flush()
        return version_record(row)

    def set_status(
        self,
        version_id: int,
        status: DocumentStatus,
        progress: float,
        *,
        stage: StageProgress | None = None,
        error_code: str | None = None,
        error_message: str | None = None,
        pages: int | None = None,
        lease: Lease | None = None,
    ) -> None:
        """Record status and progress of a version. Raises Conflict if `lease` is given and no longer held."""
        require_lease(self._session, lease)
        row = self._row(version_id)
        row.status, row.progress = status, progress
        row.stage = asdict(stage) if stage is not None else {}
        row.error_code, row.error_message = error_code, error_message
        row.pages = pages if pages is not None else row.pages

    def record_outcome(self, version_id: int, status: JobStatus, code: str, message: str) -> None:
        """Record that its job failed, was cancelled or will be tried again. A ready version does not change."""
        if self._row(version_id).status != DocumentStatus.READY:
            self.set_status(version_id, DocumentStatus(status), 0.0, error_code=code, error_message=message)

    def commit_ready(
        self,
        version_id: int,
        text: DocumentText,
        chunks: Sequence[NewChunk],
        vectors: npt.NDArray[np.float32],
        fingerprint: str,
        *,
        chunking: str = "",
        lease: Lease | None = None,
    ) -> None:
        """Save text, chunks and vectors (n, dimension), log the change and make this version the live one.

        Chunks of an earlier attempt are replaced. If a newer version is live already, this one becomes ready without
        becoming live. Raises Conflict if `lease` is given and no longer held.
        """
        require_lease(self._session, lease)
        version = self._row(version_id)
        document = self._document_row(version.document_id)
        self._chunks.discard(version_id)
        self._chunks.add_text(version_id, text)
        version.status, version.progress, version.stage = DocumentStatus.READY, 1.0, {}
        version.ready_at = version.ready_at or now()
        version.chunking = chunking
        version.error_code = version.error_message = None
        version.pages, version.chunks = len(text.pages) or None, len(chunks)
        if document.live_version_id is not None and document.live_version_id > version_id:
            return
        self._chunks.add_chunks(version, chunks, vectors, fingerprint)
        if document.live_version_id not in {None, version_id}:
            self._chunks.discard_chunks(document.live_version_id)
        document.live_version_id = version_id

    def _row(self, version_id: int) -> DocumentVersionRow:
        mine = select(DocumentVersionRow).where(DocumentVersionRow.tenant_id == self._tenant_id)
        row = self._session.scalar(mine.where(DocumentVersionRow.id == version_id))
        if row is None:
            raise NotFound("No such document version.")
        return row

    def _document_row(self, document_id: str) -> DocumentRow:
        mine = select(DocumentRow).where(DocumentRow.tenant_id == self._tenant_id)
        row = self._session.scalar(mine.where(DocumentRow.id == document_id))
        if row is None:
            raise NotFound("No such document.")
        return row


def version_record(row: DocumentVersionRow) -> DocumentVersion:
    """The progress within the stage is stored as a JSON object."""
    return record_from(row, DocumentVersion, stage=StageProgress(**row.stage) if row.stage else None)
