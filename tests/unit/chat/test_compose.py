"""An answer given in doubt: it stands only where a passage supports it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from app.chat.answer import CitationEvent, TokenEvent
from app.chat.steps.generate import Assignment, Composer, Draft
from app.chat.steps.refuse import RefusalPolicy
from app.domain.documents import Chunk, LiveChunk
from app.embeddings.hashing import HashingEmbedder
from app.llm.base import Delta, GenerationRequest
from app.llm.fake import FakeGenerator
from app.search.passage import Passage
from app.search.retriever import Retrieval
from app.text.locales import get_locale
from app.text.refusals import refusal_text

QUESTION = "What does a ticket cost?"
TEXT = "The museum opens at ten in the morning. A ticket costs twelve euros for adults."
SUPPORTED = "A ticket costs twelve euros for adults."
STRANGE = "Penguins live in Antarctica."
POLICY = RefusalPolicy(threshold=0.3, doubt=0.1)
DOUBTFUL, SURE = 0.35, 0.45  # confidences


class Saying(FakeGenerator):
    """A generator that says one text, whatever it is asked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        for count, word in enumerate(self.text.split(" ")[: request.sampling.max_tokens], 1):
            yield Delta(word if count == 1 else f" {word}", count)
        yield Delta("", count, "stop")


async def answered(text: str, confidence: float) -> tuple[Draft, list[str], int]:
    """The draft of an answer with this text, and what was sent of it: pieces of text, number of citations."""
    chunk = Chunk(0, TEXT, "", None, None, 0, len(TEXT), 20, id=1, document_id="doc_1", version=1)
    passages = [Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.8, 0.9, 1.0)]
    composer = Composer(HashingEmbedder(), Saying(text), timeout_s=60)
    assignment = Assignment("acme", "request", QUESTION, "en", policy=POLICY)
    draft = composer.begin(assignment, Retrieval(passages, confidence, {}, passages))
    events = [event async for event in composer.write(assignment, draft)]
    pieces = [event.text for event in events if isinstance(event, TokenEvent)]
    return draft, pieces, sum(isinstance(event, CitationEvent) for event in events)


async def test_doubtful_answer_that_no_passage_supports_becomes_a_refusal() -> None:
    draft, pieces, citations = await answered(STRANGE, DOUBTFUL)
    assert draft.reason == "unsupported"
    assert pieces == [draft.text] == [refusal_text("unsupported", "en")]  # not a word of the answer was shown
    assert (draft.citations, draft.unsupported, citations) == ([], [], 0)


async def test_doubtful_answer_that_a_passage_supports_is_shown_with_its_citation() -> None:
    draft, pieces, citations = await answered(SUPPORTED, DOUBTFUL)
    assert draft.reason is None
    assert "".join(pieces) == draft.text == SUPPORTED
    assert ([citation.quote for citation in draft.citations], citations) == ([SUPPORTED], 1)


async def test_answer_given_without_doubt_is_not_withdrawn() -> None:
    draft, pieces, _ = await answered(STRANGE, SURE)
    assert draft.reason is None
    assert "".join(pieces).startswith(f"{STRANGE}\n\n{get_locale('en').quote_lead}")
