"""The outbox of an answer: pieces that are written and not shown yet."""

from __future__ import annotations

import re

from app.chat.events import TokenEvent
from app.chat.steps.cited_text import Piece
from app.domain.conversations import RefusalReason
from app.text.language import Language
from app.text.refusals import refusal_text

YES = re.compile(r"^\w{2,4}[,.] *")  # a yes or no, with which small models begin even a refusal
LONGEST_YES = 5  # characters: "Não, "


class Outbox:
    """Keeps the pieces of an answer back while they may have to be withdrawn."""

    def __init__(self, language: Language, *, withhold: bool) -> None:
        """`withhold` keeps everything; else only what the service's own refusal begins with is kept."""
        self._refusal = refusal_text(RefusalReason.NOTHING_RELEVANT, language)
        self._withhold = withhold
        self.pieces: list[Piece] = []

    def put(self, piece: Piece) -> list[Piece]:
        """Add a piece; returns the pieces that can be shown now."""
        self.pieces.append(piece)
        text = "".join(one.text for one in self.pieces if isinstance(one, TokenEvent)).strip()
        may_refuse = len(text) <= LONGEST_YES or self._refusal.lower().startswith(YES.sub("", text.lower()))
        return [] if self._withhold or (self._refusal and may_refuse) else self.take(passing=True)

    def take(self, *, passing: bool = False) -> list[Piece]:
        """Remove all pieces. With `passing` those that follow are shown at once."""
        taken, self.pieces = self.pieces, []
        if passing:
            self._refusal = ""
        return taken
