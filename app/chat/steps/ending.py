"""How an answer begins and ends: no leading blanks, no half sentence at the limit, no endless repetition."""

from __future__ import annotations

import re
from typing import Literal

from app.domain.conversations import FinishReason
from app.text.sentences import sentence_spans

TAIL = 32  # tokens before the limit, in which only whole sentences are let through
REPEATS = 3  # times in a row that a piece of text stands before the answer is stopped
SHORTEST_PIECE = 6  # characters of such a piece
# Matched on the text from its end, so that one place is tried and not every one.
LOOP = re.compile(rf"(?s)(.{{{SHORTEST_PIECE},120}}?)\1{{{REPEATS - 1}}}")
WINDOW = 400  # characters at the end that are looked at


class AnswerEnding:
    """Lets the pieces of one answer through. `finish_reason` says why it ended once `push` was told so."""

    def __init__(self, max_tokens: int) -> None:
        self._hold_from = max_tokens - TAIL
        self._text = ""  # let through
        self._held = ""
        self.finish_reason: FinishReason | None = None

    def push(self, piece: str, tokens: int, finish_reason: Literal["stop", "length"] | None) -> str:
        """The text that may be shown. `tokens` counts those of the answer so far, with this piece."""
        piece = piece.replace("\x00", "")  # of another server: PostgreSQL does not store it
        piece = piece if self._text or self._held else piece.lstrip()
        self._held += piece
        if finish_reason is None and self._repeats():
            self.finish_reason = "repetition"
        elif finish_reason is not None:
            self.finish_reason = finish_reason
        shown = self._releasable(tokens)
        self._held = self._held[len(shown) :]
        self._text += shown
        return shown

    def _releasable(self, tokens: int) -> str:
        """All but, near the limit, the sentence that has not ended; at the limit it is dropped if another stands."""
        if self.finish_reason == "stop" or (self.finish_reason is None and tokens <= self._hold_from):
            return self._held
        spans = list(sentence_spans(self._text + self._held))
        if len(spans) < 2:  # the only sentence: half of it is better than nothing, but not before the end
            return self._held if self.finish_reason is not None or self._text else ""
        kept = (self._text + self._held)[: spans[-1][0]].rstrip()
        return self._held[: max(0, len(kept) - len(self._text))]

    def _repeats(self) -> bool:
        """Whether the text goes round in a circle: the same piece several times in a row."""
        found = LOOP.match((self._text + self._held)[: -WINDOW - 1 : -1])
        return found is not None and len(set(filter(str.isalpha, found[1]))) > 1  # a row of one letter is no circle
