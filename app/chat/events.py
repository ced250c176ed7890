"""The events of a streamed answer: one RetrievalEvent, ProgressEvents over long documents, TokenEvents and
CitationEvents, one DoneEvent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.conversations import ChatAnswer, Citation
from app.domain.passages import Passage


@dataclass(frozen=True, slots=True)
class RetrievalEvent:
    """The passages that the search found."""

    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """How far the reading of whole documents is: parts read, of all that will be."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TokenEvent:
    """The next piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationEvent:
    """The citation of a sentence that has closed."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """The whole answer, saved."""

    answer: ChatAnswer


Event = RetrievalEvent | ProgressEvent | TokenEvent | CitationEvent | DoneEvent
