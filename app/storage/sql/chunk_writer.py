"""Writes the text and the chunks of document versions, with their change log entries and postings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.change_log import ChangeKind
from app.domain.documents import DocumentText, NewChunk
from app.storage.sql.change_log import log_change, stored_vector
from app.storage.sql.dialects.chunk_ids import reserved_chunk_ids
from app.storage.sql.postings import Postings, indexed_text
from app.storage.sql.tables import ChunkRow, DocumentTextRow, DocumentVersionRow


class ChunkWriter:
    """Writes and deletes texts and chunks of one tenant's document versions."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._postings = Postings(session, tenant_id)

    def add_text(self, version_id: int, text: DocumentText) -> None:
        self._session.add(
            DocumentTextRow(
                version_id=version_id,
                tenant_id=self._tenant_id,
                title=text.title,
                text=text.text,
                pages=[[span.page, span.char_start, span.char_end, span.label] for span in text.pages],
            )
        )

    def add_chunks(
        self,
        version: DocumentVersionRow,
        chunks: Sequence[NewChunk],
        vectors: npt.NDArray[np.float32],
        fingerprint: str,
    ) -> None:
        """Insert n chunks with their vectors (n, dimension) and log them. Raises ValueError if their numbers differ."""
        if len(chunks) != len(vectors):
            raise ValueError(f"{len(chunks)} chunks but {len(vectors)} vectors")
        if not chunks:
            return
        rows = [
            {
                "tenant_id": self._tenant_id,
                "document_id": version.document_id,
                "version_id": version.id,
                "index": chunk.index,
                "text": chunk.text,
                "heading": chunk.heading,
                "page_start": chunk.page_start,
                "page_end": chunk.page_end,
                "char_start": chunk.char_start,
                "char_end": chunk.char_end,
                "tokens": chunk.tokens,
                "section_start": chunk.section_start,
                "section_end": chunk.section_end,
                "utf16_shift": chunk.utf16_shift,
                "vector": stored_vector(vector),
                "fingerprint": fingerprint,
            }
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        ids = reserved_chunk_ids(self._session, self._tenant_id, len(rows))
        if ids is not None:
            rows = [{"id": chunk_id, **row} for chunk_id, row in zip(ids, rows, strict=True)]
        self._session.execute(ChunkRow.__table__.insert(), rows)  # type: ignore[attr-defined]
        first = self._log(ChangeKind.ADD, version.id)
        self._postings.add(first, [indexed_text(chunk.heading, chunk.text) for chunk in chunks])

    def set_enabled(self, chunk: ChunkRow, enabled: bool) -> None:
        """Put a chunk into the indexes, or take it out of them."""
        if chunk.enabled == enabled:
            return
        if enabled:
            chunk.enabled = True
            self._session.flush()
            log_change(self._session, self._tenant_id, ChangeKind.ADD, chunk.version_id)
            self._postings.add(chunk.id, [indexed_text(chunk.heading, chunk.text)])
        else:
            log_change(self._session, self._tenant_id, ChangeKind.REMOVE, chunk.version_id, only=chunk.id)
            self._postings.remove(chunk.id, chunk.id)  # while it is enabled: it must count once
            chunk.enabled = False
            self._session.flush()

    def disabled_texts(self, document_id: str) -> set[str]:
        """The texts of the document's disabled chunks."""
        query = select(ChunkRow.text).where(ChunkRow.document_id == document_id, ChunkRow.enabled.is_(False))
        return set(self._session.scalars(query.where(ChunkRow.tenant_id == self._tenant_id)))

    def disable(self, version_id: int, texts: Collection[str]) -> None:
        """Disable the version's chunks that have one of these texts."""
        if texts:
            for chunk in self._session.scalars(select(ChunkRow).where(ChunkRow.version_id == version_id)).all():
                if chunk.text in texts:
                    self.set_enabled(chunk, False)

    def discard(self, version_id: int) -> None:
        """Delete the text and the chunks."""
        self._session.execute(delete(DocumentTextRow).where(DocumentTextRow.version_id == version_id))
        self.discard_chunks(version_id)

    def discard_chunks(self, version_id: int | None) -> None:
        """Log the removal of the chunks, then delete them. No version: nothing to delete."""
        if version_id is not None:
            self.log_removal(version_id)
            self._session.execute(delete(ChunkRow).where(ChunkRow.version_id == version_id))

    def log_removal(self, version_id: int) -> None:
        """Log the removal and delete the postings, before the chunks are deleted: their text names the postings."""
        self._log(ChangeKind.REMOVE, version_id)

    def _log(self, kind: ChangeKind, version_id: int) -> int:
        """Log the change for the indexes. Returns the first chunk id; 0 if the version has no chunks."""
        ids = log_change(self._session, self._tenant_id, kind, version_id)
        if ids is not None and kind == ChangeKind.REMOVE:
            self._postings.remove(*ids)
        return ids[0] if ids is not None else 0
