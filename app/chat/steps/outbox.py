"""The outbox of an answer: pieces that are written and not shown yet."""

from __future__ import annotations

import re

from app.chat.events import CitationEvent, TokenEvent
from app.chat.steps.cited_text import Piece
from app.chat.steps.claim import OPENING
from app.domain.conversations import Citation, Doubt, RefusalReason
from app.text.language import Language
from app.text.refusals import refusal_text

YES = re.compile(r"^\w{2,4}[,.] *")  # a yes or no, with which small models begin even a refusal
LONGEST_YES = 5  # characters: "Não, "
LONGEST_CLAIM = 300  # characters of a yes or no and its reason that are kept back until they are checked


class Outbox:
    """Keeps the pieces of an answer back while they may have to be withdrawn."""

    def __init__(self, language: Language, *, withhold: bool) -> None:
        """`withhold` keeps everything; else only what the service's own refusal begins with, and a yes or no until its
        source confirms it.
        """
        self._refusal = refusal_text(RefusalReason.NOTHING_RELEVANT, language)
        self._withhold = withhold
        self._passing = False
        self.pieces: list[Piece] = []
        self.denied: Citation | None = None  # the source that says the opposite of a yes or no, which is kept back

    def put(self, piece: Piece) -> list[Piece]:
        """Add a piece; returns the pieces that can be shown now."""
        self.pieces.append(piece)
        text = "".join(one.text for one in self.pieces if isinstance(one, TokenEvent)).strip()
        if self._withhold or (not self._passing and (self._may_refuse(text) or self._may_be_denied(text))):
            return []
        return self.take(passing=True)

    def take(self, *, passing: bool = False) -> list[Piece]:
        """Remove all pieces. With `passing` those that follow are shown at once."""
        taken, self.pieces = self.pieces, []
        self._passing = self._passing or passing
        return taken

    def _may_refuse(self, text: str) -> bool:
        begins = len(text) <= LONGEST_YES or self._refusal.lower().startswith(YES.sub("", text.lower()))
        return bool(self._refusal) and begins

    def _may_be_denied(self, text: str) -> bool:
        """Whether the text says yes or no, and its source denies it or is not known yet."""
        if OPENING.match(text) is None:
            return False
        citation = next((one.citation for one in self.pieces if isinstance(one, CitationEvent)), None)
        if citation is None:
            return len(text) <= LONGEST_CLAIM
        self.denied = citation if citation.reason is Doubt.NEGATION else None
        return self.denied is not None
