"""What answering takes and gives; the shapes of the HTTP surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.llm.base import Sampling
from app.search.passage import Passage
from app.search.retriever import Restriction
from app.text.language import Language


@dataclass(frozen=True, slots=True)
class Question:
    message: str
    request_id: str
    conversation_id: str | None = None
    adapter: str | None = None  # as AdapterRegistry.resolve takes it
    restriction: Restriction = field(default_factory=Restriction)
    k: int = 4
    language: Language | None = None  # of the answer; detected from the question if None
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence of the answer (start, end in it) and the passage text it rests on, verbatim."""

    index: int  # from 1, in the order of the answer
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str  # the document's text[char_start:char_end]
    start: int
    end: int
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    score: float  # support, 0 to 1
    verified: bool  # support reaches the threshold


@dataclass(frozen=True, slots=True)
class AdapterUsed:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ContextUsage:
    """Passages found, put into the prompt, and left out: far behind the best, or for want of room."""

    retrieved: int
    used: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Usage:
    prompt_tokens: int
    completion_tokens: int
    context: ContextUsage


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    id: str
    conversation_id: str
    question: str  # as it was searched for: a follow-up is made to stand alone
    answer: str
    citations: list[Citation]
    unsupported: list[Span]  # sentences of the answer that no passage supports
    refused: bool
    refusal_reason: str | None  # no_documents | nothing_relevant | unsupported
    closest: list[Passage]  # on a refusal, what came nearest
    adapter: AdapterUsed | None
    usage: Usage
    timings: Mapping[str, float]  # seconds


@dataclass(frozen=True, slots=True)
class RetrievalEvent:
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class TokenEvent:
    text: str


@dataclass(frozen=True, slots=True)
class CitationEvent:
    citation: Citation


@dataclass(frozen=True, slots=True)
class DoneEvent:
    answer: ChatAnswer


Event = RetrievalEvent | TokenEvent | CitationEvent | DoneEvent


def passage_dict(passage: Passage) -> dict[str, Any]:
    """A passage as it stands in answers and search results."""
    chunk = passage.live.chunk
    return {
        "chunk_id": chunk_public_id(chunk.id),
        "document_id": chunk.document_id,
        "filename": passage.live.filename,
        "version": chunk.version,
        "text": chunk.text,
        "score": round(passage.score, 6),
        "page_start": chunk.page_start,
        "page_end": chunk.page_end,
        "char_start": chunk.char_start,
        "char_end": chunk.char_end,
        "heading": chunk.heading,
    }


def chunk_public_id(chunk_id: int) -> str:
    return f"chk_{chunk_id}"
