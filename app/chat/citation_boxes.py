"""Adds the places of quotes on pages to citations, when a request asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from anyio.to_thread import run_sync

from app.domain.conversations import Citation
from app.domain.pages import QuoteBox
from app.errors import AppError

MAX_SECONDS = 20.0  # of one answer; what comes later gets no boxes
Boxes = tuple[QuoteBox, ...] | None
Locate = Callable[[str, Citation], tuple[QuoteBox, ...]]  # tenant id, citation


class CitationBoxes:
    """Looks for quotes by a function of the documents, which may raise AppError."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate

    def of_answer(self, tenant_id: str) -> AnswerBoxes:
        return AnswerBoxes(self._locate, tenant_id)


class AnswerBoxes:
    """The boxes of one answer's citations: each quote is looked for once."""

    def __init__(self, locate: Locate, tenant_id: str) -> None:
        self._locate = locate
        self._tenant_id = tenant_id
        self._found: dict[tuple[str, int, int, int], Boxes] = {}
        self._seconds_left = MAX_SECONDS

    async def add_all(self, citations: Sequence[Citation]) -> list[Citation]:
        return [await self.add(citation) for citation in citations]

    async def add(self, citation: Citation) -> Citation:
        """The citation with its boxes; with None if the document is gone or cannot be read now."""
        place = (citation.document_id, citation.version, citation.char_start, citation.char_end)
        if place not in self._found:
            self._found[place] = await run_sync(self._boxes, citation) if self._seconds_left > 0 else None
        return replace(citation, boxes=self._found[place])

    def _boxes(self, citation: Citation) -> Boxes:
        started = time.monotonic()
        try:
            return self._locate(self._tenant_id, citation)
        except AppError:
            return None
        finally:
            self._seconds_left -= time.monotonic() - started
