"""Composing an answer over given passages: refuse, or generate and cite sentence by sentence. Needs no database."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from anyio.to_thread import run_sync

from app.chat.answer import Citation, CitationEvent, Span, TokenEvent
from app.chat.steps.citation_marker_filter import MarkerFilter
from app.chat.steps.cite import DOUBTFUL, Attribution, RunningAttribution, quoted
from app.chat.steps.prompt import Prompt, build_prompt
from app.chat.steps.refuse import RefusalPolicy
from app.embeddings.base import Embedder
from app.llm.base import AdapterRef, Delta, GenerationRequest, Generator, Sampling
from app.search.retriever import Retrieval
from app.text.language import Language
from app.text.locales import get_locale
from app.text.refusals import is_refusal, refusal_text


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is settled before an answer is written."""

    tenant_id: str
    request_id: str
    question: str  # as it was searched for
    language: Language  # of the answer
    adapter: AdapterRef | None = None
    sampling: Sampling = field(default_factory=Sampling)
    preamble: str = ""  # the tenant's own: role and tone
    policy: RefusalPolicy = field(default_factory=RefusalPolicy)


@dataclass(slots=True)
class Draft:
    """The answer while it grows."""

    reason: str | None  # why it is a refusal
    prompt: Prompt | None = None
    held: bool = False  # shown only once its support is known
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    unsupported: list[Span] = field(default_factory=list)
    last: Delta | None = None
    ttft_s: float = 0.0


class Composer:
    """Writes answers. Thread-safe; holds nothing of a request."""

    def __init__(self, embedder: Embedder, generator: Generator, *, timeout_s: float) -> None:
        self._embedder = embedder
        self._generator = generator
        self._timeout_s = timeout_s

    def begin(self, assignment: Assignment, retrieval: Retrieval) -> Draft:
        """Decide whether to answer, and build the prompt if so. Raises PromptTooLong."""
        verdict = assignment.policy.verdict(retrieval)
        if verdict.reason is not None:
            return Draft(verdict.reason)
        prompt = build_prompt(
            assignment.question,
            retrieval.passages,
            language=assignment.language,
            preamble=assignment.preamble,
            tokenizer=self._generator.tokenizer,
            budget=self._generator.context_tokens - assignment.sampling.max_tokens,
        )
        return Draft(None, prompt, held=verdict.doubtful)

    async def write(self, assignment: Assignment, draft: Draft) -> AsyncGenerator[TokenEvent | CitationEvent, None]:
        """Token and citation events, citations as their sentences close; `draft` is whole when it ends.

        Closing it cancels the generation. Raises what Generator.stream does.
        """
        if draft.prompt is None:
            draft.text = refusal_text(draft.reason or "", assignment.language)
            yield TokenEvent(draft.text)
            return
        attribution = Attribution(self._embedder, assignment.question, draft.prompt.passages)
        async with aclosing(self._cited(assignment, draft, draft.prompt, attribution)) as events:
            kept = [event async for event in events] if draft.held else None
            if kept is None:
                async for event in events:
                    yield event
        if is_refusal(draft.text) or (draft.held and attribution.strongest < DOUBTFUL):
            kept = _refusal(draft, assignment.language)
        for event in kept or ():
            yield event
        if draft.reason is None and not draft.citations:
            async for event in self._quote(draft, attribution, assignment.language):
                yield event

    async def _cited(
        self, assignment: Assignment, draft: Draft, prompt: Prompt, attribution: Attribution
    ) -> AsyncGenerator[TokenEvent | CitationEvent, None]:
        """The model's text without markers, each closed sentence followed by its citation."""
        request = GenerationRequest(
            assignment.request_id,
            assignment.tenant_id,
            prompt.token_ids,
            assignment.adapter,
            assignment.sampling,
            self._timeout_s,
        )
        started = time.perf_counter()
        markers, running = MarkerFilter(), RunningAttribution(attribution)
        async with aclosing(self._generator.stream(request)) as deltas:
            async for delta in deltas:
                draft.ttft_s = draft.ttft_s or time.perf_counter() - started
                draft.last = delta
                ended = delta.finish_reason is not None
                text = markers.push(delta.text) + (markers.finish() if ended else "")
                if text:
                    draft.text += text
                    yield TokenEvent(text)
                if ended or running.closes(draft.text):
                    for citation in await run_sync(running.advance, draft.text, ended):
                        yield CitationEvent(citation)
        draft.citations, draft.unsupported = running.citations, running.unsupported

    async def _quote(
        self, draft: Draft, attribution: Attribution, language: Language
    ) -> AsyncGenerator[TokenEvent | CitationEvent, None]:
        """What follows an answer that no passage supports: the sentence nearest to the question, verbatim."""
        source = await run_sync(attribution.best_sentence)
        if source is None:
            return
        lead = f"{get_locale(language).quote_lead} “"
        lead = f"\n\n{lead}" if draft.text else lead
        start = len(draft.text) + len(lead)
        quote = f"{lead}{source.text}”"
        draft.text += quote
        draft.citations = [quoted(1, source, Span(start, start + len(source.text)))]
        yield TokenEvent(quote)
        yield CitationEvent(draft.citations[0])


def _refusal(draft: Draft, language: Language) -> list[TokenEvent | CitationEvent]:
    """Turn the draft into a refusal. Words of the model that went out already stand: they decline themselves."""
    draft.reason = "unsupported" if draft.held else "nothing_relevant"
    if not draft.held:
        return []
    draft.text, draft.citations, draft.unsupported = refusal_text(draft.reason, language), [], []
    return [TokenEvent(draft.text)]
