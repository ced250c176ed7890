"""Chunks of live document versions, which are the only ones that are searched and shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import Chunk, LiveChunk, NewChunk, PageSpan, SectionText
from app.domain.pagination import Order, Page
from app.domain.visibility import EVERYTHING, Visibility
from app.storage.sql.access import hidden_documents, own_documents
from app.storage.sql.change_log import Ids
from app.storage.sql.filters import Filter, restricted
from app.storage.sql.fulltext import FullText, LexicalScores, Scoring
from app.storage.sql.pagination import number_after, paginate
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
)
LARGEST_IN_LIST = 500  # SQLite allows 32,766 variables; smaller statements stay in its cache


class Chunks:
    """Reads the live chunks of one tenant, of the documents that the caller sees."""

    def __init__(self, session: Session, tenant_id: str, visibility: Visibility = EVERYTHING) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._visibility = visibility
        self._own = own_documents(tenant_id, visibility)

    def live(
        self, ids: Sequence[int], *, collections: Sequence[str] | None = None, filters: Filter | None = None
    ) -> dict[int, LiveChunk]:
        """The live chunks among `ids` that pass the restriction, by id."""
        found: dict[int, LiveChunk] = {}
        for start in range(0, len(ids), LARGEST_IN_LIST):
            query = self._live_query().where(ChunkRow.id.in_(ids[start : start + LARGEST_IN_LIST]))
            for row in self._session.execute(restricted(query, collections, filters)):
                filename, collection, metadata, version = row[-4:]
                found[row.id] = LiveChunk(chunk_record(row, version), filename, collection, dict(metadata))
        return found

    def live_ids(self, *, collections: Sequence[str] | None = None, filters: Filter | None = None) -> Ids:
        """(n,) ids of all live chunks that pass the restriction, ascending."""
        query = select(ChunkRow.id).join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        ids = self._session.scalars(restricted(query.where(self._own), collections, filters)).all()
        return np.sort(np.array(ids, np.int64))

    def visible_ids(self) -> Ids | None:
        """(n,) ids of all live chunks, ascending; None if no document of the tenant is hidden from the caller."""
        if self._visibility.sees_all_documents:
            return None
        hidden = select(DocumentRow.id).where(hidden_documents(self._tenant_id, self._visibility)).limit(1)
        return None if self._session.scalar(hidden) is None else self.live_ids()

    def sections(self, ids: Sequence[int]) -> dict[int, SectionText]:
        """The sections around the chunks `ids`, by chunk id; without chunks that have no section."""
        start = ChunkRow.section_start
        text = func.substr(DocumentTextRow.text, start + 1, ChunkRow.section_end - start)
        query = (
            select(ChunkRow.id, start, text, DocumentTextRow.pages)
            .join(DocumentTextRow, DocumentTextRow.version_id == ChunkRow.version_id)
            .join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
            .where(self._own, ChunkRow.id.in_(ids), ChunkRow.section_end > 0)
        )
        return {
            chunk_id: SectionText(section, begin, tuple(PageSpan(*span) for span in pages))
            for chunk_id, begin, section, pages in self._session.execute(query)
        }

    def lexical(self, query: str, scoring: Scoring = "bm25", visible: Ids | None = None) -> LexicalScores:
        """Full-text scores of every chunk with a term of `query`.

        Only those of `visible` (of `visible_ids`) count, if given: the scores are as if there were no others.
        """
        return FullText(self._session, self._tenant_id).search(query, scoring, visible)

    def count_live(self) -> int:
        query = select(func.count()).select_from(ChunkRow).where(ChunkRow.tenant_id == self._tenant_id)
        return self._session.scalar(query) or 0

    def of_document(
        self, document_id: str, *, limit: int = 20, after: str | None = None, order: Order = "asc"
    ) -> Page[Chunk]:
        """The live chunks of a document in reading order."""
        query = (
            select(ChunkRow)
            .join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
            .where(self._own, DocumentRow.id == document_id)
        )
        version = self._session.scalar(
            select(DocumentVersionRow.version)
            .join(DocumentRow, DocumentRow.live_version_id == DocumentVersionRow.id)
            .where(DocumentRow.id == document_id, self._own)
        )
        return paginate(
            self._session,
            query,
            keys=(ChunkRow.id,),
            to_record=lambda row: chunk_record(row, version or 0),
            limit=limit,
            after=after,
            order=order,
            row_id=number_after("chk_"),
        )

    def of_version(self, version_id: int) -> dict[int, NewChunk]:
        """The chunks of a version by id, in reading order; empty if it is not live."""
        columns = [getattr(ChunkRow, field.name) for field in fields(NewChunk)]
        mine = ChunkRow.tenant_id == self._tenant_id, ChunkRow.version_id == version_id
        rows = self._session.execute(select(ChunkRow.id, *columns).where(*mine).order_by(ChunkRow.index))
        return {row[0]: NewChunk(*row[1:]) for row in rows}

    def of_live_version(self, document_id: str, most: int) -> tuple[list[LiveChunk], int]:
        """The live chunks of a document in reading order, and how many there are: `most`, from everywhere, if more."""
        query = select(ChunkRow.id).join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
        mine = query.where(self._own, DocumentRow.id == document_id)
        ids = list(self._session.scalars(mine.order_by(ChunkRow.index)))
        step = max(1, math.ceil(len(ids) / most))
        chosen = ids[::step]
        found = self.live(chosen)
        return [found[chunk_id] for chunk_id in chosen if chunk_id in found], len(ids)

    def _live_query(self) -> Any:
        """Selects columns, not whole rows: a search reads a hundred chunks and needs no vectors."""
        return (
            select(
                *SHOWN, DocumentRow.filename, DocumentRow.collection, DocumentRow.metadata_, DocumentVersionRow.version
            )
            .join(DocumentRow, DocumentRow.live_version_id == ChunkRow.version_id)
            .join(DocumentVersionRow, DocumentVersionRow.id == ChunkRow.version_id)
            .where(ChunkRow.tenant_id == self._tenant_id, self._own)
        )


def chunk_record(row: Any, version: int) -> Chunk:
    """`row` has the columns SHOWN: without the section, which `sections` reads where it is needed."""
    return record_from(row, Chunk, version=version, section_start=0, section_end=0)
