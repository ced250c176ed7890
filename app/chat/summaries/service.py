"""Sums up one document, as a message in the chat does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anyio.to_thread import run_sync

from app.chat.steps.digest import DigestStep
from app.domain.conversations import Citation
from app.domain.documents import DocumentOverview
from app.errors import Conflict
from app.storage.database import Database
from app.text.language import Language


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """The summary of a document; `citations` refer to places in it."""

    document_id: str
    filename: str
    version: int
    language: Language
    summary: str
    citations: Sequence[Citation]
    sections_read: int
    sections: int


class SummaryService:
    """Sums up the documents of all tenants. Thread-safe."""

    def __init__(self, db: Database, digest: DigestStep) -> None:
        self._db = db
        self._digest = digest

    async def summarise(self, tenant_id: str, document_id: str, language: Language | None) -> DocumentSummary:
        """Raises NotFound, and Conflict if no version of the document is ready."""
        document = await run_sync(self._document, tenant_id, document_id)
        digest = await self._digest.summary(tenant_id, document, language)
        return DocumentSummary(
            document.id,
            document.filename,
            document.version,
            digest.language,
            digest.text,
            digest.citations,
            digest.sections_read,
            digest.sections,
        )

    def _document(self, tenant_id: str, document_id: str) -> DocumentOverview:
        with self._db.read_tenant(tenant_id) as store:
            document = store.documents.get(document_id)
            if document.live is None:
                raise Conflict(
                    f"The document is {document.latest.status}: it can be summed up once a version of it is ready."
                )
            return store.document_overviews.get(document_id)
