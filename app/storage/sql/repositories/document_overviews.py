"""What answers tell of a whole document: its name, title, first heading and dates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentOverview
from app.domain.visibility import EVERYTHING, Visibility
from app.errors import NotFound
from app.storage.sql.access import own_documents
from app.storage.sql.filters import DocumentSet, restricted
from app.storage.sql.tables import ChunkRow, DocumentRow, DocumentTextRow, DocumentVersionRow


class DocumentOverviews:
    """Reads overviews of one tenant's documents that have a live version."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._own = own_documents(tenant_id, visibility)

    def newest(self, *, chosen: DocumentSet | None = None, limit: int) -> list[DocumentOverview]:
        """Those of the chosen documents, newest first."""
        query = restricted(self._query(), chosen)
        newest = query.order_by(DocumentVersionRow.created_at.desc(), DocumentRow.id.desc())
        return [DocumentOverview(*row) for row in self._session.execute(newest.limit(limit))]

    def get(self, document_id: str) -> DocumentOverview:
        """Raises NotFound."""
        row = self._session.execute(self._query().where(DocumentRow.id == document_id)).first()
        if row is None:
            raise NotFound("No such document.")
        return DocumentOverview(*row)

    def _query(self) -> Any:
        """Selects the columns of DocumentOverview."""
        return (
            select(
                DocumentRow.id,
                DocumentRow.filename,
                func.coalesce(DocumentTextRow.title, ""),
                func.coalesce(ChunkRow.heading, ""),
                DocumentVersionRow.media_type,
                DocumentVersionRow.version,
                DocumentVersionRow.created_at,
                DocumentRow.created_at,
            )
            .join(DocumentVersionRow, DocumentVersionRow.id == DocumentRow.live_version_id)
            .outerjoin(DocumentTextRow, DocumentTextRow.version_id == DocumentVersionRow.id)
            .outerjoin(ChunkRow, and_(ChunkRow.version_id == DocumentVersionRow.id, ChunkRow.index == 0))
            .where(self._own)
        )
