"""The digest step: whole documents summed up, outlined or compared in their own sentences, each cited.

A document is read in order, up to MOST_SECTIONS chunks of it; of a longer one, chunks from everywhere, and the answer
says so. No model writes: small ones invent when they sum up thousands of tokens.
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from anyio.to_thread import run_sync

from app.chat.events import ProgressEvent
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.cited_text import CitedText, Piece
from app.chat.steps.key_points import choose, choose_about, within_bound
from app.chat.steps.reply import joined, say, short_name
from app.chat.steps.units import Unit, columns_of, labels_of, units_of
from app.domain.conversations import Citation
from app.domain.documents import DocumentOverview
from app.domain.passages import Passage
from app.embeddings.base import Embedder, Vectors
from app.search.parent_context import expand
from app.storage.database import Database
from app.text.language import DEFAULT_LANGUAGE, Language, detect_language

MOST_SECTIONS = 300  # chunks of one document that are read
MOST_DOCUMENTS = 4  # of one answer
POINTS = {1: (5, 8), 2: (3, 5)}  # least and most points of each document, by the number of documents
POINTS_OF_SEVERAL = (2, 3)
MOST_ABOUT = 3  # points about a topic
FEWEST_HEADINGS, MOST_HEADINGS = 2, 40
ROWS_SHOWN = 3  # of a table
SAMPLE = 20  # sentences that tell the language of a document
BATCH = 32  # sentences embedded between two progress events


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as far as it was read."""

    document: DocumentOverview
    passages: Sequence[Passage]  # its chunks in order
    units: Sequence[Unit]
    vectors: Vectors  # (units, dimension)
    rows: int  # of tables
    columns: Sequence[str]  # their names, if it is a table
    sections: int  # chunks of the whole document


@dataclass(frozen=True, slots=True)
class Digest:
    """The summary of one document."""

    text: str
    citations: Sequence[Citation]
    language: Language
    sections_read: int
    sections: int


class DigestStep:
    """Writes digests of a tenant's documents. Thread-safe; it has no state of a request."""

    def __init__(self, db: Database, embedder: Embedder) -> None:
        self._db = db
        self._embedder = embedder

    async def write(
        self,
        tenant_id: str,
        kind: str,
        documents: Sequence[DocumentOverview],
        language: Language,
        *,
        topic: str = "",
        text: CitedText,
    ) -> AsyncGenerator[Piece | ProgressEvent, None]:
        """Write the digest of up to MOST_DOCUMENTS documents into `text`. `kind`: summary, outline or compare."""
        chosen = documents[:MOST_DOCUMENTS]
        for place, document in enumerate(chosen):
            outline = await run_sync(self._outline, tenant_id, document, language, text) if kind == "outline" else []
            for piece in outline:
                yield piece
            if outline:
                continue
            async for step in self._read(tenant_id, document, (place, len(chosen))):
                if isinstance(step, ProgressEvent):
                    yield step
                    continue
                for piece in await run_sync(self._digest, step, language, topic, len(chosen), text):
                    yield piece
        if left := documents[MOST_DOCUMENTS:]:
            names = joined(left, len(left), language)
            for piece in text.add(say(language, "not_read", names=names), before="\n\n"):
                yield piece

    async def summary(self, tenant_id: str, document: DocumentOverview, language: Language | None) -> Digest:
        """The summary of one document; in the document's language if `language` is None."""
        text, spoken, read, sections = CitedText(), language or DEFAULT_LANGUAGE, 0, 0
        async for step in self._read(tenant_id, document, (0, 1)):
            if isinstance(step, Reading):
                spoken = language or detect_language(" ".join(unit.text for unit in step.units[:SAMPLE]))
                read, sections = len(step.passages), step.sections
                await run_sync(self._digest, step, spoken, "", 1, text)
        return Digest(text.text, text.citations, spoken, read, sections)

    async def write_more(
        self, request: AnswerRequest, question: str, citations: Sequence[Citation], text: CitedText
    ) -> AsyncGenerator[Piece, None]:
        """Write what the cited passages say about the question beside what is quoted already."""
        for piece in await run_sync(self._more, request, question, citations, text):
            yield piece

    def _more(
        self, request: AnswerRequest, question: str, citations: Sequence[Citation], text: CitedText
    ) -> list[Piece]:
        ids = list(dict.fromkeys(int(citation.chunk_id.rpartition("_")[2]) for citation in citations))
        with self._db.read_tenant(request.profile.tenant_id) as store:
            live, sections = store.chunks.live(ids), store.chunks.sections(ids)
        passages = expand([Passage(live[one], 1.0, None, None) for one in ids if one in live], sections)
        said = {citation.quote for citation in citations}
        units = [unit for unit in units_of(passages) if not any(quote in unit.source.text for quote in said)]
        if not units:
            return text.add(say(request.language, "nothing_more"))
        vectors = self._embedder.embed_passages([unit.text for unit in units])
        asked = self._embedder.embed_queries([question])[0]
        nearest = sorted(np.argsort(-(vectors @ asked), kind="stable")[:MOST_ABOUT].tolist())
        pieces = text.add(say(request.language, "more_to_say"))
        return [*pieces, *_points([units[place] for place in nearest], text)]

    async def _read(
        self, tenant_id: str, document: DocumentOverview, place: tuple[int, int]
    ) -> AsyncGenerator[Reading | ProgressEvent, None]:
        """Progress events, then the document; `place` is its number and how many there are."""
        passages, sections = await run_sync(self._passages, tenant_id, document)
        said = await run_sync(units_of, passages)
        units = within_bound(said)
        vectors = np.zeros((len(units), self._embedder.dimension), np.float32)
        batches = max(1, math.ceil(len(units) / BATCH))
        for batch in range(batches):
            first = batch * BATCH
            part = [unit.text for unit in units[first : first + BATCH]]
            if part:
                vectors[first : first + BATCH] = await run_sync(self._embedder.embed_passages, part)
            yield ProgressEvent(place[0] * batches + batch + 1, place[1] * batches)
        yield Reading(document, passages, units, vectors, sum(unit.row for unit in said), columns_of(said), sections)

    def _passages(self, tenant_id: str, document: DocumentOverview) -> tuple[list[Passage], int]:
        with self._db.read_tenant(tenant_id) as store:
            live, sections = store.chunks.of_live_version(document.id, MOST_SECTIONS)
        return [Passage(chunk, 1.0, None, None) for chunk in live], sections

    def _outline(self, tenant_id: str, document: DocumentOverview, language: Language, text: CitedText) -> list[Piece]:
        """The headings of a document; nothing if it has none."""
        passages, sections = self._passages(tenant_id, document)
        headings = labels_of(passages, short_name(document))
        if len(headings) < FEWEST_HEADINGS:
            return []
        pieces = text.add(say(language, "outline", name=document.name), "\n\n" if text.text else "")
        for label, source in headings[:MOST_HEADINGS]:
            pieces += text.quote(label, source, "\n- ")
        return [*pieces, *_partial(len(passages), sections, language, text)]

    def _digest(self, reading: Reading, language: Language, topic: str, documents: int, text: CitedText) -> list[Piece]:
        before = "\n\n" if text.text else ""
        name = reading.document.name
        if topic:
            found = self._about(reading, topic)
            head = say(language, "compare" if found else "compare_none", name=name)
            return [*text.add(head, before), *_points(found, text)]
        if reading.columns:
            columns = ", ".join(reading.columns)
            pieces = text.add(say(language, "table", name=name, count=reading.rows, columns=columns), before)
            pieces += _points(reading.units[:ROWS_SHOWN], text)
            return [*pieces, *_partial(len(reading.passages), reading.sections, language, text)]
        chosen = self._points(reading, documents)
        if not chosen:
            return text.add(say(language, "no_text", name=name), before)
        pieces = text.add(say(language, "compare" if documents > 1 else "summary", name=name), before)
        return [*pieces, *_points(chosen, text), *_partial(len(reading.passages), reading.sections, language, text)]

    def _points(self, reading: Reading, documents: int) -> list[Unit]:
        fewest, most = POINTS.get(documents, POINTS_OF_SEVERAL)
        bounded = max(fewest, min(most, round(1.6 * math.sqrt(len(reading.units)))))
        title = self._embedder.embed_queries([short_name(reading.document)])[0]
        return choose(reading.units, reading.vectors, title, bounded, self._embedder.similarity_floor)

    def _about(self, reading: Reading, topic: str) -> list[Unit]:
        vector = self._embedder.embed_queries([topic])[0]
        floor = self._embedder.similarity_floor
        return choose_about(reading.units, reading.vectors, topic, vector, MOST_ABOUT, floor)


def _points(units: Iterable[Unit], text: CitedText) -> list[Piece]:
    return [piece for unit in units for piece in text.quote(unit.text, unit.source, "\n- ")]


def _partial(read: int, sections: int, language: Language, text: CitedText) -> list[Piece]:
    if read >= sections:
        return []
    return text.add(say(language, "partial", read=read, total=sections), "\n")
