"""Chunks of live document versions, which are the only ones that are searched and shown."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.documents import Chunk, LiveChunk, NewChunk, PageSpan, SectionText
from app.domain.pagination import Order, Page
from app.domain.visibility import EVERYTHING, Visibility
from app.errors import NotFound
from app.storage.sql.access import hidden_documents, own_documents
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.change_log import Ids
from app.storage.sql.chunk_writer import ChunkWriter
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.text import joined
from app.storage.sql.filters import DocumentSet, restricted
from app.storage.sql.fulltext import FullText, LexicalScores, Scoring
from app.storage.sql.pagination import named, number_after, paginate
from app.storage.sql.records import record_from
from app.storage.sql.tables import ChunkRow, DocumentRow, DocumentTextRow, DocumentVersionRow

SHOWN = (
    ChunkRow.id,
    ChunkRow.document_id,
    ChunkRow.index.label("index"),
    ChunkRow.text,
    ChunkRow.heading,
    ChunkRow.page_start,
    ChunkRow.page_end,
    ChunkRow.char_start,
    ChunkRow.char_end,
    ChunkRow.tokens,
    ChunkRow.utf16_shift,
    ChunkRow.enabled,
)
PREFIX = "chk_"  # of the ids over HTTP
Span = tuple[int, int]


class Chunks:
    """Reads the live chunks of one tenant, of the documents that the caller sees."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._visibility = visibility
        self._own = own_documents(tenant_id, visibility)

    def live(self, ids: Sequence[int]) -> dict[int, LiveChunk]:
        """The live chunks among `ids`, by id."""
        found: dict[int, LiveChunk] = {}
        for row in self._session.execute(self._live_query().where(one_of(ChunkRow.id, ids))):
            filename, collection, metadata, version = row[-4:]
            found[row.id] = LiveChunk(chunk_record(row, version), filename, collection, dict(metadata))
        return found

    def live_ids(self, chosen: DocumentSet | None = None) -> Ids:
        """(n,) ids of all live chunks of the chosen documents, ascending."""
        every = joined(ChunkRow.id)  # one text: tens of thousands of rows take five times as long
        query = select(every).join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        ids = self._session.scalar(restricted(query.where(self._own, ChunkRow.enabled), chosen))
        return np.sort(np.fromstring(ids or "", np.int64, sep=","))

    def visible_ids(self) -> Ids | None:
        """(n,) ids of all live chunks, ascending; None if no document of the tenant is hidden from the caller."""
        if self._visibility.sees_all_documents:
            return None
        hidden = select(DocumentRow.id).where(hidden_documents(self._tenant_id, self._visibility)).limit(1)
        return None if self._session.scalar(hidden) is None else self.live_ids()

    def sections(self, ids: Sequence[int]) -> dict[int, SectionText]:
        """The sections around the chunks `ids`, by chunk id; without chunks that have no section.

        A section ends before the next disabled chunk.
        """
        start = ChunkRow.section_start
        place = cast(start + 1, Integer), cast(ChunkRow.section_end - start, Integer)
        text = func.substr(DocumentTextRow.text, *place)
        span = ChunkRow.version_id, ChunkRow.char_start, ChunkRow.char_end
        query = (
            select(ChunkRow.id, start, text, DocumentTextRow.pages, *span)
            .join(DocumentTextRow, DocumentTextRow.version_id == ChunkRow.version_id)
            .join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
            .where(self._own, one_of(ChunkRow.id, ids), ChunkRow.section_end > 0)
        )
        rows = self._session.execute(query).all()
        hidden = self._disabled_spans({row.version_id for row in rows})
        found = {}
        for chunk_id, begin, section, pages, version_id, *chunk in rows:
            shown = _clear_of(hidden.get(version_id, ()), (begin, begin + len(section)), (chunk[0], chunk[1]))
            kept = section[shown[0] - begin : shown[1] - begin]
            found[chunk_id] = SectionText(kept, shown[0], tuple(PageSpan(*page) for page in pages))
        return found

    def _disabled_spans(self, version_ids: Collection[int]) -> dict[int, list[Span]]:
        """The spans of the versions' disabled chunks in their texts, by version."""
        query = select(ChunkRow.version_id, ChunkRow.char_start, ChunkRow.char_end)
        mine = query.where(ChunkRow.tenant_id == self._tenant_id, one_of(ChunkRow.version_id, version_ids))
        spans: dict[int, list[Span]] = {}
        for version_id, start, end in self._session.execute(mine.where(ChunkRow.enabled.is_(False))):
            spans.setdefault(version_id, []).append((start, end))
        return spans

    def lexical(self, query: str, scoring: Scoring = "bm25", visible: Ids | None = None) -> LexicalScores:
        """Full-text scores of every chunk with a term of `query`.

        Only those of `visible` (of `visible_ids`) count, if given: the scores are as if there were no others.
        """
        return FullText(self._session, self._tenant_id).search(query, scoring, visible)

    def count_live(self) -> int:
        query = select(func.count()).select_from(ChunkRow).where(ChunkRow.tenant_id == self._tenant_id)
        return self._session.scalar(query) or 0

    def of_document(
        self,
        document_id: str,
        *,
        q: str | None = None,
        enabled: bool | None = None,
        limit: int = 20,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[Chunk]:
        """The live chunks of a document in reading order. `q`: words of their text; `enabled`: only such ones."""
        query = named(self._of_document(document_id), q, ChunkRow.text)
        if enabled is not None:
            query = query.where(ChunkRow.enabled == enabled)
        version = self._version(document_id)
        return paginate(
            self._session,
            query,
            keys=(ChunkRow.id,),
            to_record=lambda row: chunk_record(row, version),
            limit=limit,
            after=after,
            order=order,
            scope=self._of_document(document_id),
            row_id=number_after(PREFIX),
        )

    def get(self, document_id: str, chunk_id: str) -> Chunk:
        """A live chunk of a document by its public id. Raises NotFound."""
        return chunk_record(self._row(document_id, chunk_id), self._version(document_id))

    def set_enabled(self, document_id: str, chunk_id: str, enabled: bool) -> Chunk:
        """Let searches find a live chunk, or not, from the next one on. Raises NotFound."""
        row = self._row(document_id, chunk_id)
        ChunkWriter(self._session, self._tenant_id).set_enabled(row, enabled)
        details: dict[str, Any] = {"changed": "passage", "chunk": chunk_id, "enabled": enabled}
        action, mine = AuditAction.DOCUMENT_CHANGED, self._tenant_id
        record_audit(self._session, action, "document", document_id, tenant_id=mine, **details)
        return chunk_record(row, self._version(document_id))

    def _of_document(self, document_id: str) -> Select[ChunkRow]:
        live = select(ChunkRow).join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        return live.where(self._own, DocumentRow.id == document_id)

    def _row(self, document_id: str, chunk_id: str) -> ChunkRow:
        number = number_after(PREFIX)(chunk_id)
        row = self._session.scalar(self._of_document(document_id).where(ChunkRow.id == number))
        if row is None:
            raise NotFound("No such chunk of the version that answers.", param="chunk_id")
        return row

    def _version(self, document_id: str) -> int:
        """The number of the live version; 0 if there is none."""
        query = select(DocumentVersionRow.version)
        live = query.join(DocumentRow, DocumentRow.live_version_id == DocumentVersionRow.id)
        mine = DocumentRow.id == document_id, self._own
        return self._session.scalar(live.where(*mine)) or 0

    def of_version(self, version_id: int) -> dict[int, NewChunk]:
        """The chunks of a version by id, in reading order; empty if it is not live."""
        columns = [getattr(ChunkRow, field.name) for field in fields(NewChunk)]
        mine = ChunkRow.tenant_id == self._tenant_id, ChunkRow.version_id == version_id
        rows = self._session.execute(select(ChunkRow.id, *columns).where(*mine).order_by(ChunkRow.index))
        return {row[0]: NewChunk(*row[1:]) for row in rows}

    def of_live_version(self, document_id: str, most: int) -> tuple[list[LiveChunk], int]:
        """The live chunks of a document in reading order, and how many there are: `most`, from everywhere, if more."""
        query = select(ChunkRow.id).join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        mine = query.where(self._own, DocumentRow.id == document_id, ChunkRow.enabled)
        ids = list(self._session.scalars(mine.order_by(ChunkRow.index)))
        step = max(1, math.ceil(len(ids) / most))
        chosen = ids[::step]
        found = self.live(chosen)
        return [found[chunk_id] for chunk_id in chosen if chunk_id in found], len(ids)

    def headings(self, document_id: str) -> list[tuple[str, int]]:
        """The heading paths of a live document in reading order, each with the tokens below it alone."""
        query = select(ChunkRow.heading, func.sum(ChunkRow.tokens))
        live = query.join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        mine = live.where(self._own, DocumentRow.id == document_id, ChunkRow.enabled, ChunkRow.heading != "")
        rows = self._session.execute(mine.group_by(ChunkRow.heading).order_by(func.min(ChunkRow.index)))
        return [(heading, tokens) for heading, tokens in rows]

    def _live_query(self) -> Any:
        """Selects columns, not whole rows: a search reads a hundred chunks and needs no vectors."""
        return (
            select(
                *SHOWN, DocumentRow.filename, DocumentRow.collection, DocumentRow.metadata_, DocumentVersionRow.version
            )
            .join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
            .join(DocumentVersionRow, DocumentVersionRow.id == ChunkRow.version_id)
            .where(ChunkRow.tenant_id == self._tenant_id, self._own, ChunkRow.enabled)
        )


def _clear_of(hidden: Sequence[Span], section: Span, chunk: Span) -> Span:
    """The part of a section, around its chunk, that has none of the `hidden` spans."""
    start, end = section
    for first, last in hidden:
        if first < chunk[0]:
            start = max(start, min(last, chunk[0]))
        else:
            end = min(end, max(first, chunk[1]))
    return start, end


def chunk_record(row: Any, version: int) -> Chunk:
    """`row` has the columns SHOWN: without the section, which `sections` reads where it is needed."""
    return record_from(row, Chunk, version=version, section_start=0, section_end=0)
