"""A text that grows piece by piece with its citations, and the events that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.chat.events import CitationEvent, TokenEvent
from app.chat.steps.cite import SourceSentence, verbatim_citation
from app.domain.conversations import Citation, TextSpan

Piece = TokenEvent | CitationEvent


class CitedText:
    """Collects `text` and `citations`; each call returns the events of what it adds."""

    def __init__(self) -> None:
        self.text = ""
        self.citations: list[Citation] = []

    def add(self, text: str, before: str = "") -> list[Piece]:
        """Append `before` and `text`, of which nothing is cited."""
        return self._grow(before + text)

    def quote(self, text: str, source: SourceSentence, before: str = "") -> list[Piece]:
        """Append `before` and `text`, which says what `source` says."""
        start = len(self.text) + len(before)
        span = TextSpan(start, start + len(text))
        return [*self._grow(before + text), *self._cite([verbatim_citation(1, source, span)])]

    def move(self, text: str, citations: Iterable[Citation], before: str = "") -> list[Piece]:
        """Append `before` and `text`, which rests on the quotes of these citations of another text."""
        start = len(self.text) + len(before)
        moved = [replace(citation, start=start, end=start + len(text)) for citation in citations]
        return [*self._grow(before + text), *self._cite(moved)]

    def _grow(self, text: str) -> list[Piece]:
        self.text += text
        return [TokenEvent(text)] if text else []

    def _cite(self, citations: Iterable[Citation]) -> list[Piece]:
        numbered = [replace(one, index=len(self.citations) + place) for place, one in enumerate(citations, 1)]
        self.citations += numbered
        return [CitationEvent(citation) for citation in numbered]
