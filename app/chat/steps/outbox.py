"""The outbox of an answer: pieces that are written and not shown yet."""

from __future__ import annotations

from app.chat.events import TokenEvent
from app.chat.steps.cited_text import Piece
from app.domain.conversations import RefusalReason
from app.text.language import Language
from app.text.refusals import refusal_text


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
        return [] if self._withhold or self._refusal.startswith(text) else self.take(passing=True)

    def take(self, *, passing: bool = False) -> list[Piece]:
        """Remove all pieces. With `passing` those that follow are shown at once."""
        taken, self.pieces = self.pieces, []
        if passing:
            self._refusal = ""
        return taken
