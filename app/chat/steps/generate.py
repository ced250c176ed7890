"""The generate step: the model writes an answer over passages, cited sentence by sentence. It needs no database."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from anyio.to_thread import run_sync

from app.chat.events import CitationEvent, TokenEvent
from app.chat.settings.service import AnsweringProfile
from app.chat.steps.cite import Attribution, CiteStep, verbatim_citation
from app.chat.steps.prompt import Prompt, build_prompt
from app.chat.steps.refuse import RefusalDecision
from app.domain.conversations import Citation, RefusalReason, TextSpan
from app.embeddings.base import Embedder
from app.llm.base import AdapterRef, GenerationRequest, Generator, Sampling
from app.search.retriever import Retrieval
from app.text.language import Language
from app.text.locales import get_locale
from app.text.refusals import is_refusal, refusal_text

DOUBTFUL = 0.35  # a buffered answer none of whose sentences has more support becomes a refusal


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """A question with all that it resolves to before any work: rewrite, profile, language, adapter."""

    profile: AnsweringProfile
    request_id: str
    question: str  # rewritten to stand alone
    language: Language  # of the answer
    adapter: AdapterRef | None = None
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """An answer as far as it is: `prepare` returns it with a prompt or a refusal, `write` yields it whole."""

    refusal_reason: RefusalReason | None = None
    prompt: Prompt | None = None  # None: refused before anything was generated
    buffered: bool = False  # the text is shown only if a passage supports it
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    unsupported: list[TextSpan] = field(default_factory=list)
    completion_tokens: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)  # seconds, of the generator
    ttft_s: float = 0.0


Piece = TokenEvent | CitationEvent


class GenerateStep:
    """Writes answers. Thread-safe; it has no state of a request."""

    def __init__(self, embedder: Embedder, generator: Generator, *, timeout_s: float) -> None:
        self._embedder = embedder
        self._generator = generator
        self._timeout_s = timeout_s

    def prepare(self, request: AnswerRequest, retrieval: Retrieval, decision: RefusalDecision) -> PartialAnswer:
        """Build the prompt, or the text of the refusal. Raises PromptTooLong."""
        if decision.reason is not None:
            return PartialAnswer(decision.reason, text=refusal_text(decision.reason, request.language))
        prompt = build_prompt(
            request.question,
            retrieval.passages,
            language=request.language,
            preamble=request.profile.preamble,
            tokenizer=self._generator.tokenizer,
            budget=self._generator.context_tokens - request.sampling.max_tokens,
        )
        return PartialAnswer(prompt=prompt, buffered=decision.doubtful)

    async def write(
        self, request: AnswerRequest, prepared: PartialAnswer
    ) -> AsyncGenerator[Piece | PartialAnswer, None]:
        """Yield token and citation events, citations as their sentences close, and the whole PartialAnswer last.

        Closing it cancels the generation. Raises the errors of Generator.stream.
        """
        if prepared.prompt is None:
            yield TokenEvent(prepared.text)
            yield prepared
            return
        attribution = Attribution(self._embedder, request.question, prepared.prompt.passages)
        answer, buffer = prepared, list[Piece]()
        async with aclosing(self._generate(request, prepared, prepared.prompt, attribution)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    answer = piece
                elif prepared.buffered:
                    buffer.append(piece)
                else:
                    yield piece
        if answer.buffered and (is_refusal(answer.text) or attribution.strongest < DOUBTFUL):
            answer = _withdrawn(answer, request.language)
            buffer = [TokenEvent(answer.text)]
        elif is_refusal(answer.text):  # the model's own words, already shown, refuse
            answer = replace(answer, refusal_reason=RefusalReason.NOTHING_RELEVANT)
        for piece in buffer:
            yield piece
        if answer.refusal_reason is None and not answer.citations:
            quoted = await run_sync(_with_quote, answer, attribution, request.language)
            if quoted is not answer:
                yield TokenEvent(quoted.text[len(answer.text) :])
                yield CitationEvent(quoted.citations[0])
                answer = quoted
        yield answer

    async def answer(self, request: AnswerRequest, prepared: PartialAnswer) -> PartialAnswer:
        """Write the whole answer without showing pieces of it. Raises as `write` does."""
        answer = prepared
        async with aclosing(self.write(request, prepared)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    answer = piece
        return answer

    async def _generate(
        self, request: AnswerRequest, prepared: PartialAnswer, prompt: Prompt, attribution: Attribution
    ) -> AsyncGenerator[Piece | PartialAnswer, None]:
        """The model's text without markers, each closed sentence followed by its citation; the answer last."""
        generation = GenerationRequest(
            request.request_id,
            request.profile.tenant_id,
            prompt.token_ids,
            request.adapter,
            request.sampling,
            self._timeout_s,
        )
        started, ttft_s, last = time.perf_counter(), 0.0, None
        cite = CiteStep(attribution)
        async with aclosing(self._generator.stream(generation)) as deltas:
            async for delta in deltas:
                ttft_s = ttft_s or time.perf_counter() - started
                ended, last = delta.finish_reason is not None, delta
                if text := cite.push(delta.text, ended):
                    yield TokenEvent(text)
                if ended or cite.has_closed_sentence():
                    for citation in await run_sync(cite.advance, ended):
                        yield CitationEvent(citation)
        yield replace(
            prepared,
            text=cite.text,
            citations=cite.citations,
            unsupported=cite.unsupported,
            completion_tokens=last.tokens if last is not None else 0,
            timings=last.timings if last is not None else {},
            ttft_s=ttft_s,
        )


def _withdrawn(answer: PartialAnswer, language: Language) -> PartialAnswer:
    """A refusal in place of a buffered answer that no passage supports."""
    text = refusal_text(RefusalReason.UNSUPPORTED, language)
    return replace(answer, refusal_reason=RefusalReason.UNSUPPORTED, text=text, citations=[], unsupported=[])


def _with_quote(answer: PartialAnswer, attribution: Attribution, language: Language) -> PartialAnswer:
    """An answer without citations, followed by the sentence nearest to the question, verbatim, if there is one."""
    source = attribution.best_sentence()
    if source is None:
        return answer
    lead = f"{get_locale(language).quote_lead} “"
    lead = f"\n\n{lead}" if answer.text else lead
    start = len(answer.text) + len(lead)
    citation = verbatim_citation(1, source, TextSpan(start, start + len(source.text)))
    return replace(answer, text=f"{answer.text}{lead}{source.text}”", citations=[citation])
