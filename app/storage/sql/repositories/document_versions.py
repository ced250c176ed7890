"""Versions of documents: their status, and the text and chunks that make them searchable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import (
    UNFINISHED_DOCUMENT,
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    DocumentWarning,
    NewChunk,
    ReaderVersion,
    StageProgress,
)
from app.domain.jobs import UPDATING_JOBS, JobKind, JobStatus
from app.domain.webhooks import WebhookEvent
from app.errors import Conflict, NotFound
from app.storage.sql.blob_use import hold_blob, release_blobs
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.dialects.json import list_length
from app.storage.sql.records import record_from
from app.storage.sql.repositories.jobs import Jobs, Lease, require_lease
from app.storage.sql.repositories.webhook_outbox import emit
from app.storage.sql.tables import DocumentRow, DocumentTextRow, DocumentVersionRow, now


class DocumentVersions:
    """Reads and updates the versions of one tenant's documents."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._chunks = ChunkWriter(session, tenant_id)
        self._jobs = Jobs(session, tenant_id)

    def get(self, version_id: int) -> DocumentVersion:
        return version_record(self._row(version_id))

    def create(
        self,
        document_id: str,
        sha256: str,
        size_bytes: int,
        media_type: str,
        blob: str,
        *,
        kind: JobKind = JobKind.INGEST,
        reread: bool = False,
    ) -> DocumentVersion:
        """Add the document's next version and queue its ingestion by a job of that kind; it supersedes older versions.

        With `reread` the text is read from the file even if it is known from a document with the same bytes.
        """
        document = self._document_row(document_id)
        newest = self._session.scalar(
            select(func.max(DocumentVersionRow.version)).where(DocumentVersionRow.document_id == document_id)
        )
        hold_blob(self._session, self._tenant_id, blob, size_bytes)
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
        if newest is not None:
            self._stop_older(document)
        payload = {"document_id": document_id, "version_id": row.id, **({"reread": True} if reread else {})}
        row.job_id = self._jobs.create(kind, payload).id
        self._session.flush()
        return version_record(row)

    def read_again(self, document_id: str, kind: JobKind) -> DocumentVersion:
        """Queue a new version of the same file, which is read anew. Raises Conflict if the file was not kept."""
        latest = self._row(self._document_row(document_id).latest_version_id or 0)
        if not latest.blob:
            raise Conflict(
                "The file was not kept, because it cannot be read; upload it again.", code="stored_file_gone"
            )
        file = latest.sha256, latest.size_bytes, latest.media_type, latest.blob
        return self.create(document_id, *file, kind=kind, reread=True)

    def title(self, version_id: int) -> str:
        """The title that its chunks are embedded with; empty if it has no text."""
        mine = DocumentTextRow.tenant_id == self._tenant_id, DocumentTextRow.version_id == version_id
        return self._session.scalar(select(DocumentTextRow.title).where(*mine)) or ""

    def blob_of(self, sha256: str, size_bytes: int) -> str | None:
        """The name of a stored file with these bytes; None if there is none."""
        mine = DocumentVersionRow.tenant_id == self._tenant_id, DocumentVersionRow.sha256 == sha256
        kept = DocumentVersionRow.size_bytes == size_bytes, DocumentVersionRow.blob != ""
        return self._session.scalar(select(DocumentVersionRow.blob).where(*mine, *kept).limit(1))

    def drop_file(self, version_id: int) -> list[str]:
        """Keep the file of a version no longer. Returns blobs to unlink after the commit."""
        row = self._row(version_id)
        sizes = {row.blob: row.size_bytes}
        row.blob = ""
        self._session.flush()
        return release_blobs(self._session, self._tenant_id, sizes)

    def twin(self, version_id: int, chunking: str, reader: ReaderVersion) -> DocumentVersion | None:
        """Another live version of the same bytes, read and split in this way.

        None if it has warnings: what could not be read then may be readable now.
        """
        version = self._row(version_id)
        row = self._session.scalar(
            select(DocumentVersionRow)
            .join(DocumentRow, DocumentRow.live_version_id == DocumentVersionRow.id)
            .where(
                DocumentVersionRow.tenant_id == self._tenant_id,
                DocumentVersionRow.sha256 == version.sha256,
                DocumentVersionRow.id != version_id,
                DocumentVersionRow.media_type == reader.media_type,
                DocumentVersionRow.parser == reader.parser,
                DocumentVersionRow.chunking == chunking,
                list_length(DocumentVersionRow.warnings) == 0,
            )
            .limit(1)
        )
        return None if row is None else version_record(row)

    def live_with_bytes(self, sha256: str) -> set[int]:
        """The id of a live version with these bytes; empty if there is none."""
        live = DocumentRow.live_version_id == DocumentVersionRow.id
        mine = DocumentVersionRow.tenant_id == self._tenant_id, DocumentVersionRow.sha256 == sha256
        query = select(DocumentVersionRow.id).join(DocumentRow, live).where(*mine)
        return set(self._session.scalars(query.limit(1)))

    def cancel(self, version_id: int) -> None:
        """Cancel its job: at once if it is queued, at its next check if it runs."""
        row = self._row(version_id)
        if row.job_id is not None and self._jobs.cancel(row.job_id).status == JobStatus.CANCELLED:
            self.record_outcome(version_id, JobStatus.CANCELLED, "cancelled", "Cancelled on request.")

    def is_being_cancelled(self, version_id: int) -> bool:
        """Whether its job was asked to stop."""
        job_id = self._row(version_id).job_id
        return job_id is not None and self._jobs.get(job_id).cancel_requested

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
        row = self._row(version_id)
        if row.status == DocumentStatus.READY:
            return
        if status == JobStatus.CANCELLED and self._document_row(row.document_id).latest_version_id != version_id:
            code, message = "superseded", "A newer version of the document took its place."
        ended_before = row.status == DocumentStatus.FAILED
        self.set_status(version_id, DocumentStatus(status), 0.0, error_code=code, error_message=message)
        if status == JobStatus.FAILED and not ended_before:
            self._tell(WebhookEvent.DOCUMENT_FAILED, self._document_row(row.document_id), row)

    def commit_ready(
        self,
        version_id: int,
        text: DocumentText,
        chunks: Sequence[NewChunk],
        vectors: npt.NDArray[np.float32],
        fingerprint: str,
        *,
        chunking: str = "",
        reader: ReaderVersion | None = None,
        lease: Lease | None = None,
    ) -> None:
        """Save text, chunks and vectors (n, dimension), log the change and make this version the live one.

        Chunks of an earlier attempt are replaced; those with the text of a disabled one are disabled too. If a newer
        version is live already, this one becomes ready without becoming live. Raises Conflict if `lease` is given and
        no longer held.
        """
        require_lease(self._session, lease)
        version = self._row(version_id)
        document = self._document_row(version.document_id)
        disabled = self._chunks.disabled_texts(document.id)
        self._chunks.discard(version_id)
        self._chunks.add_text(version_id, text)
        version.status, version.progress, version.stage = DocumentStatus.READY, 1.0, {}
        first_time = version.ready_at is None
        version.ready_at = version.ready_at or now()
        version.chunking = chunking
        version.warnings = [[warning.code, warning.message] for warning in text.warnings]
        if reader is not None:
            version.media_type, version.parser = reader.media_type, reader.parser
        version.error_code = version.error_message = None
        version.pages, version.chunks = len(text.pages) or None, len(chunks)
        if document.live_version_id is not None and document.live_version_id > version_id:
            return
        self._chunks.add_chunks(version, chunks, vectors, fingerprint)
        self._chunks.disable(version_id, disabled)
        if document.live_version_id not in {None, version_id}:
            self._chunks.discard_chunks(document.live_version_id)
        document.live_version_id = version_id
        if first_time:
            self._tell(WebhookEvent.DOCUMENT_READY, document, version)

    def _tell(self, event: WebhookEvent, document: DocumentRow, version: DocumentVersionRow) -> None:
        """Queue the event for the tenant's webhooks."""
        error = {"code": version.error_code, "message": version.error_message} if version.error_code else None
        data = {
            "object": "document",
            "id": document.id,
            "filename": document.filename,
            "collection": document.collection,
            "external_id": document.external_id,
            "version": version.version,
            "status": version.status,
            "error": error,
        }
        emit(self._session, self._tenant_id, event, data)

    def _stop_older(self, document: DocumentRow) -> None:
        """Cancel what runs for older versions of the document: the latest takes their place."""
        older = select(DocumentVersionRow.id).where(
            DocumentVersionRow.document_id == document.id,
            DocumentVersionRow.id != document.latest_version_id,
            DocumentVersionRow.status.in_(UNFINISHED_DOCUMENT),
        )
        for version_id in self._session.scalars(older).all():
            self.cancel(version_id)
        if document.live_version_id is not None:
            self._jobs.cancel_keyed(UPDATING_JOBS, f"{document.live_version_id}-")

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
    """The progress within the stage is stored as a JSON object, the warnings as lists."""
    return record_from(
        row,
        DocumentVersion,
        stage=StageProgress(**row.stage) if row.stage else None,
        warnings=tuple(DocumentWarning(*warning) for warning in row.warnings),
    )
