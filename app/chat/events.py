"""The events of a streamed answer: one RetrievalEvent, ProgressEvents over long documents, TokenEvents and
CitationEvents, one DoneEvent. A stream that was cut short ends with a SavedEvent in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.conversations import AdapterUsed, ChatAnswer, Citation, Route
from app.domain.passages import Passage


@dataclass(frozen=True, slots=True)
class RetrievalEvent:
    """The passages that the search found, and what the answer will be known by."""

    passages: Sequence[Passage]
    turn_id: str = ""  # the `id` of the answer
    conversation_id: str = ""  # "" if the client keeps the conversation itself
    request_id: str = ""
    route: Route = Route.QUESTION
    adapter: AdapterUsed | None = None  # that answers; None: the base model


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


@dataclass(frozen=True, slots=True)
class SavedEvent:
    """The answer as its turn holds it: what was shown until it was stopped or failed."""

    result: Mapping[str, Any]


Event = RetrievalEvent | ProgressEvent | TokenEvent | CitationEvent | DoneEvent | SavedEvent
