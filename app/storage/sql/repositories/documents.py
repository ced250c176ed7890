"""Documents and their versions: what was uploaded, how far it got, which version answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from app.domain.documents import (
    UNFINISHED_DOCUMENT,
    Document,
    DocumentStatus,
    DocumentText,
    DocumentVersion,
    NewChunk,
    PageSpan,
    StageProgress,
)
from app.domain.jobs import JobKind, JobStatus
from app.domain.pagination import Order, Page
from app.errors import Conflict, InvalidRequest, NotFound
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.filters import has_field
from app.storage.sql.pagination import paginate
from app.storage.sql.repositories.jobs import Jobs, Lease, holds_lease
from app.storage.sql.tables import (
    BatchVersionRow,
    DocumentRow,
    DocumentTextRow,
    DocumentVersionRow,
    now,
)


class Documents:
    """One tenant's documents."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._contents = ChunkWriter(session, tenant_id)

    def upload(
        self,
        *,
        collection: str,
        filename: str,
        metadata: dict[str, Any],
        sha256: str,
        size_bytes: int,
        media_type: str,
        blob: str,
    ) -> tuple[Document, bool]:
        """Record an upload and queue its ingestion. Returns (document, True if it is new work).

        The same bytes in the same collection are the document that is there; the same filename with other
        bytes is a new version of it, which answers once it is ready. Bytes that failed are tried again.
        """
        same = self._with_bytes(collection, sha256)
        if same is not None:
            return self._record(same), False
        row = self._session.scalar(
            self._mine().where(DocumentRow.collection == collection, DocumentRow.filename == filename)
        )
        if row is None:
            row = DocumentRow(tenant_id=self._tenant_id, collection=collection, filename=filename, metadata_={})
            self._session.add(row)
            self._session.flush()
        row.metadata_ = metadata or row.metadata_
        self._add_version(row, sha256, size_bytes, media_type, blob)
        return self._record(row), True

    def get(self, document_id: str) -> Document:
        return self._record(self._row(document_id))

    def page(
        self,
        *,
        collection: str | None = None,
        status: DocumentStatus | None = None,
        batch: str | None = None,
        limit: int = 20,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Document]:
        query = self._mine()
        if collection is not None:
            query = query.where(DocumentRow.collection == collection)
        if status is not None:
            latest = DocumentVersionRow.id == DocumentRow.latest_version_id
            query = query.join(DocumentVersionRow, latest).where(DocumentVersionRow.status == status)
        if batch is not None:
            came = BatchVersionRow.version_id == DocumentRow.latest_version_id
            query = query.join(BatchVersionRow, came).where(BatchVersionRow.batch_id == batch)
        keys = (DocumentRow.created_at, DocumentRow.id)
        return paginate(
            self._session,
            query,
            keys=keys,
            to_record=self._record,
            limit=limit,
            after=after,
            order=order,
            scope=self._mine(),
        )

    def collections(self) -> list[str]:
        query = select(DocumentRow.collection).where(DocumentRow.tenant_id == self._tenant_id).distinct()
        return list(self._session.scalars(query.order_by(DocumentRow.collection)))

    def count_live(self) -> int:
        """Documents that can be found."""
        live = DocumentRow.tenant_id == self._tenant_id, DocumentRow.live_version_id.is_not(None)
        return self._session.scalar(select(func.count()).select_from(DocumentRow).where(*live)) or 0

    def has_metadata(self, name: str) -> bool:
        """True if any document has the metadata field."""
        query = select(DocumentRow.id).where(DocumentRow.tenant_id == self._tenant_id, has_field(name))
        return self._session.scalar(query.limit(1)) is not None

    def version(self, version_id: int) -> DocumentVersion:
        return version_record(self._version_row(version_id))

    def update_metadata(self, document_id: str, metadata: dict[str, Any]) -> Document:
        row = self._row(document_id)
        row.metadata_ = metadata
        return self._record(row)

    def text(self, document_id: str, version: int | None = None) -> DocumentText:
        """Extracted text of a version, the live one by default. NotFound until there is one."""
        row = self._row(document_id)
        query = select(DocumentTextRow).join(DocumentVersionRow).where(DocumentVersionRow.document_id == row.id)
        if version is None:
            query = query.where(DocumentVersionRow.id == row.live_version_id)
        else:
            query = query.where(DocumentVersionRow.version == version)
        found = self._session.scalar(query)
        if found is None:
            raise NotFound("No extracted text yet: the document is not ready.")
        return DocumentText(found.text, tuple(PageSpan(*span) for span in found.pages), found.title)

    def delete(self, document_id: str) -> list[str]:
        """Delete the document from answers and from the database. Returns blobs to unlink after the commit."""
        row = self._row(document_id)
        versions = self._session.scalars(
            select(DocumentVersionRow).where(DocumentVersionRow.document_id == row.id)
        ).all()
        jobs = Jobs(self._session, self._tenant_id)
        for version in versions:
            self._contents.log_removal(version.id)
            if version.job_id is not None:
                jobs.cancel(version.job_id)
        blobs = {version.blob for version in versions}
        self._session.execute(delete(DocumentRow).where(DocumentRow.id == row.id))
        still_used = self._session.scalars(select(DocumentVersionRow.blob).where(DocumentVersionRow.blob.in_(blobs)))
        return sorted(blobs - set(still_used))

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
        """Record how far a version got. Conflict if `lease` is given and no longer held."""
        self._check_lease(lease)
        row = self._version_row(version_id)
        row.status, row.progress = status, progress
        row.stage = asdict(stage) if stage is not None else {}
        row.error_code, row.error_message = error_code, error_message
        row.pages = pages if pages is not None else row.pages

    def record_outcome(self, version_id: int, status: JobStatus, code: str, message: str) -> None:
        """Record that its job failed, was cancelled, or waits to be tried again; a ready version stays as it is."""
        if self._version_row(version_id).status != DocumentStatus.READY:
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
        """Save text, chunks and vectors (n, dimension), log the change and let this version answer from now on.

        All of it or nothing. Runs again from a clean slate: chunks of an earlier try are replaced. A version
        that a newer ready one has overtaken becomes ready without going live. Conflict if `lease` is lost.
        """
        self._check_lease(lease)
        version = self._version_row(version_id)
        document = self._row(version.document_id)
        self._contents.discard(version_id)
        self._contents.add_text(version_id, text)
        version.status, version.progress, version.stage = DocumentStatus.READY, 1.0, {}
        version.ready_at = version.ready_at or now()
        version.chunking = chunking
        version.error_code = version.error_message = None
        version.pages, version.chunks = len(text.pages) or None, len(chunks)
        if document.live_version_id is not None and document.live_version_id > version_id:
            return
        self._contents.add_chunks(version, chunks, vectors, fingerprint)
        if document.live_version_id not in {None, version_id}:
            self._contents.discard_chunks(document.live_version_id)
        document.live_version_id = version_id

    def _add_version(
        self, row: DocumentRow, sha256: str, size_bytes: int, media_type: str, blob: str
    ) -> DocumentVersionRow:
        newest = self._session.scalar(
            select(func.max(DocumentVersionRow.version)).where(DocumentVersionRow.document_id == row.id)
        )
        version = DocumentVersionRow(
            tenant_id=self._tenant_id,
            document_id=row.id,
            version=(newest or 0) + 1,
            sha256=sha256,
            size_bytes=size_bytes,
            media_type=media_type,
            blob=blob,
        )
        self._session.add(version)
        self._session.flush()
        row.latest_version_id = version.id
        payload = {"document_id": row.id, "version_id": version.id}
        version.job_id = Jobs(self._session, self._tenant_id).create(JobKind.INGEST, payload).id
        self._session.flush()
        return version

    def _check_lease(self, lease: Lease | None) -> None:
        if lease is not None and not holds_lease(self._session, lease):
            raise Conflict("Another worker took this job over.", code="lease_lost")

    def _mine(self) -> Select[DocumentRow]:
        return select(DocumentRow).where(DocumentRow.tenant_id == self._tenant_id)

    def _row(self, document_id: str) -> DocumentRow:
        row = self._session.scalar(self._mine().where(DocumentRow.id == document_id))
        if row is None:
            raise NotFound("No such document.")
        return row

    def _version_row(self, version_id: int) -> DocumentVersionRow:
        mine = select(DocumentVersionRow).where(DocumentVersionRow.tenant_id == self._tenant_id)
        row = self._session.scalar(mine.where(DocumentVersionRow.id == version_id))
        if row is None:
            raise NotFound("No such document version.")
        return row

    def _with_bytes(self, collection: str, sha256: str) -> DocumentRow | None:
        """The document whose latest version holds these bytes and did not fail."""
        latest = DocumentVersionRow.id == DocumentRow.latest_version_id
        return self._session.scalar(
            self._mine()
            .join(DocumentVersionRow, latest)
            .where(
                DocumentRow.collection == collection,
                DocumentVersionRow.sha256 == sha256,
                DocumentVersionRow.status.in_(UNFINISHED_DOCUMENT | {DocumentStatus.READY}),
            )
            .order_by(DocumentRow.created_at)
        )

    def _record(self, row: DocumentRow) -> Document:
        if row.latest_version_id is None:
            raise InvalidRequest("The document has no version.")
        live = self._session.get(DocumentVersionRow, row.live_version_id) if row.live_version_id else None
        return Document(
            id=row.id,
            tenant_id=row.tenant_id,
            collection=row.collection,
            filename=row.filename,
            metadata=dict(row.metadata_),
            created_at=row.created_at,
            latest=self.version(row.latest_version_id),
            live=version_record(live) if live else None,
        )


def version_record(row: DocumentVersionRow) -> DocumentVersion:
    return DocumentVersion(
        id=row.id,
        document_id=row.document_id,
        version=row.version,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        blob=row.blob,
        status=row.status,
        progress=row.progress,
        stage=StageProgress(**row.stage) if row.stage else None,
        error_code=row.error_code,
        error_message=row.error_message,
        pages=row.pages,
        chunks=row.chunks,
        job_id=row.job_id,
        created_at=row.created_at,
        ready_at=row.ready_at,
    )
