"""A text that grows piece by piece with its citations, and the events that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.chat.events import CitationEvent, TokenEvent
from app.chat.steps.cite import verbatim_citation
from app.chat.steps.evidence import Evidence
from app.domain.conversations import Citation, TextSpan

Piece = TokenEvent | CitationEvent


class CitedText:
    """Collects `text` and `citations`; each call returns the events of what it adds."""

    def __init__(self) -> None:
        self.text = ""
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def add(self, text: str, before: str = "") -> list[Piece]:
        """Append `before` and `text`, of which nothing is cited."""
        return self._grow(before + text)

    def quote(self, text: str, source: Evidence, before: str = "") -> list[Piece]:
        """Append `before` and `text`, which says what `source` says."""
        start = len(self.text) + len(before)
        span = TextSpan(start, start + len(text))
        return [*self._grow(before + text), *self._cite([(verbatim_citation(1, source, span), span)])]

    def move(self, text: str, citations: Iterable[Citation], before: str = "") -> list[Piece]:
        """Append `before` and `text`, which rests on the quotes of these citations of another text."""
        start = len(self.text) + len(before)
        span = TextSpan(start, start + len(text))
        return [*self._grow(before + text), *self._cite([(citation, span) for citation in citations])]

    def keep(self, text: str, citations: Iterable[Citation]) -> list[Piece]:
        """Append another text with its citations, which refer to places in it."""
        start = len(self.text)
        moved = [(citation, TextSpan(start + citation.start, start + citation.end)) for citation in citations]
        return [*self._grow(text), *self._cite(moved)]

    def _grow(self, text: str) -> list[Piece]:
        self.text += text
        return [TokenEvent(text)] if text else []

    def _cite(self, citations: Iterable[tuple[Citation, TextSpan]]) -> list[Piece]:
        """The citations, each of the sentence at its span."""
        placed = [one.moved_to(span.in_text(self.text)) for one, span in citations]
        numbered = [replace(one, index=self._number(one)) for one in placed]
        self.citations += numbered
        return [CitationEvent(citation) for citation in numbered]

    def _number(self, citation: Citation) -> int:
        """The quote's number: that of an earlier citation of the same text, or the next one."""
        quote = (citation.document_id, citation.char_start, citation.char_end)
        return self._numbers.setdefault(quote, len(self._numbers) + 1)
