"""The generate step: the model writes an answer over passages, cited sentence by sentence. It needs no database."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass, field, replace

from anyio.to_thread import run_sync

from app.chat.events import CitationEvent, TokenEvent
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.cite import Attribution, CiteStep, verbatim_citation
from app.chat.steps.cited_text import Piece
from app.chat.steps.ending import AnswerEnding
from app.chat.steps.judge import Judgement, JudgeStep, judge_by_retrieval
from app.chat.steps.outbox import Outbox
from app.chat.steps.prompt import Prompt, build_prompt
from app.chat.steps.refuse import RefusalDecision, refusal_answer
from app.chat.steps.review import Review, ReviewStep
from app.domain.conversations import Citation, Doubt, FinishReason, RefusalReason, Support, TextSpan, TokenLogprob
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.llm.base import GenerationRequest, Generator
from app.metering.generation import charged_stream
from app.search.retriever import Retrieval
from app.text.language import Language
from app.text.locales import get_locale
from app.text.refusals import is_refusal

DOUBTFUL = 0.35  # a buffered answer none of whose sentences has more support becomes a refusal
NO_SCORES = "the generator gives no log-probabilities of given texts"


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """An answer as far as it is: `prepare` returns it with a prompt or a refusal, `write` yields it whole."""

    refusal_reason: RefusalReason | None = None
    prompt: Prompt | None = None  # None: refused before anything was generated
    buffered: bool = False  # the text is shown only if a passage supports it
    judged: bool = False  # the model judged that the passages hold the answer
    beside: Sequence[Passage] = ()  # found too: they may disagree with the passages of the prompt
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    unsupported: list[TextSpan] = field(default_factory=list)
    completion_tokens: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)  # seconds, of the generator
    ttft_s: float = 0.0
    finish_reason: FinishReason = "stop"
    review: Review | None = None  # None: the model was not asked
    logprobs: tuple[TokenLogprob, ...] = ()  # of the tokens as the model wrote them, if the sampling asks for them


class GenerateStep:
    """Writes answers. Thread-safe; it has no state of a request."""

    def __init__(self, embedder: Embedder, generator: Generator, *, timeout_s: float) -> None:
        self._embedder = embedder
        self._generator = generator
        self._timeout_s = timeout_s
        self._judge = JudgeStep(generator, timeout_s=timeout_s)
        self._review = ReviewStep(generator, timeout_s=timeout_s)

    def reserve(self, tenant_id: str) -> AbstractContextManager[None]:
        """Hold a place of the generator for one question. Raises RateLimited or Unavailable."""
        return self._generator.reserve(tenant_id)

    async def judge(self, request: AnswerRequest, retrieval: Retrieval) -> Judgement:
        """Judge the passages, by the model if the profile names who judges. Raises the errors of Generator.score."""
        judge = request.profile.judge
        if not self._generator.capabilities.scores:
            return judge_by_retrieval(retrieval, NO_SCORES)
        if judge is None:
            return judge_by_retrieval(retrieval)
        return await self._judge.judge(request, judge.adapter, retrieval)

    def prepare(self, request: AnswerRequest, judgement: Judgement, decision: RefusalDecision) -> PartialAnswer:
        """Build the prompt, or the text of the refusal. Raises PromptTooLong."""
        if decision.reason is not None:
            text = refusal_answer(decision.reason, request.language, judgement.passages)
            return PartialAnswer(decision.reason, text=text)
        prompt = build_prompt(
            request.question,
            judgement.passages,
            language=request.language,
            preamble=request.profile.preamble,
            tokenizer=self._generator.tokenizer,
            budget=self._generator.context_tokens - request.sampling.max_tokens,
            earlier=request.earlier,
            cut_off=judgement.version == "rule",  # whoever judges has chosen
        )
        return PartialAnswer(
            prompt=prompt,
            buffered=decision.doubtful,
            judged=judgement.version == "model",
            beside=judgement.beside,
        )

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
        attribution = Attribution(self._embedder, request.question, prepared.prompt.passages, prepared.beside)
        answer, outbox = prepared, Outbox(request.language, withhold=prepared.buffered)
        async with aclosing(self._generate(request, prepared, prepared.prompt, attribution)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    answer = piece
                else:
                    for one in outbox.put(piece):
                        yield one
        answer = await self._reviewed(request, prepared.prompt, answer)
        answer = _settled(answer, outbox, attribution.strongest, request)
        for one in outbox.take():
            yield one
        if answer.refusal_reason is not None:
            yield answer
            return
        async with aclosing(self._completed(request, prepared.prompt, answer, attribution)) as events:
            async for event in events:
                yield event

    async def _completed(
        self, request: AnswerRequest, prompt: Prompt, answer: PartialAnswer, attribution: Attribution
    ) -> AsyncGenerator[Piece | PartialAnswer, None]:
        """What follows the model's text: doubts of the review, a quotation if it needs one, conflicts; itself last."""
        if _is_doubted(answer, request):
            verified = {citation.start for citation in answer.citations if citation.verified}
            answer = replace(answer, citations=[_doubted(citation) for citation in answer.citations])
            for citation in answer.citations:
                if citation.start in verified:
                    yield CitationEvent(citation)
        quoted = await run_sync(_with_quote, answer, attribution, request.language)
        if not answer.text:  # the quotation stands alone: is it an answer?
            quoted = await self._reviewed(request, prompt, quoted)
            if _is_doubted(quoted, request):
                quoted = _withdrawn(quoted, RefusalReason.NOTHING_RELEVANT, request.language, prompt.passages)
        if quoted is not answer:
            yield TokenEvent(quoted.text[len(answer.text) :])
            for citation in quoted.citations[len(answer.citations) :]:
                yield CitationEvent(citation)
        told = _with_conflicts(quoted, request.language)
        if told is not quoted:
            yield TokenEvent(told.text[len(quoted.text) :])
        yield told

    async def _reviewed(self, request: AnswerRequest, prompt: Prompt, answer: PartialAnswer) -> PartialAnswer:
        """The answer with the model's review, where the model can review and there is something to review."""
        judge = request.profile.judge
        if not answer.judged or judge is None or judge.review is None or not answer.text or is_refusal(answer.text):
            return answer
        review = await self._review.review(request, judge.adapter, prompt, answer.text)
        return replace(answer, review=review)

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
            request.reserved,
        )
        started, ttft_s, last = time.perf_counter(), 0.0, None
        cite, ending = CiteStep(attribution), AnswerEnding(request.sampling.max_tokens)
        logprobs: list[TokenLogprob] = []
        async with aclosing(charged_stream(self._generator, generation)) as deltas:
            async for delta in deltas:
                ttft_s = ttft_s or time.perf_counter() - started
                last = delta
                logprobs.extend(delta.logprobs)
                text = ending.push(delta.text, delta.tokens, delta.finish_reason)
                ended = ending.finish_reason is not None
                if text := cite.push(text, ended):
                    yield TokenEvent(text)
                if ended or cite.has_closed_sentence():
                    for citation in await run_sync(cite.advance, ended):
                        yield CitationEvent(citation)
                if ended:
                    break
        yield replace(
            prepared,
            text=cite.text,
            citations=cite.citations,
            unsupported=cite.unsupported,
            completion_tokens=last.tokens if last is not None else 0,
            timings=last.timings if last is not None else {},
            ttft_s=ttft_s,
            finish_reason=ending.finish_reason or "stop",
            logprobs=tuple(logprobs),
        )


def _settled(answer: PartialAnswer, outbox: Outbox, strongest: float, request: AnswerRequest) -> PartialAnswer:
    """The answer as it is given: withdrawn, a refusal, or as written; `outbox` then holds what is left to show."""
    refuses = is_refusal(answer.text)
    if answer.judged and outbox.denied is not None:
        quoted = _quoting(answer, outbox.denied, request.language)
        outbox.pieces = [TokenEvent(quoted.text), *map(CitationEvent, quoted.citations)]
        return quoted
    unsupported = strongest < DOUBTFUL if answer.review is None else _is_doubted(answer, request)
    if answer.buffered and (refuses or unsupported):
        withdrawn = _withdrawn(answer, RefusalReason.UNSUPPORTED, request.language)
        outbox.pieces = [TokenEvent(withdrawn.text)]
        return withdrawn
    if answer.judged and refuses and outbox.pieces:  # nothing was shown: the sentence that comes nearest will be
        outbox.take()
        return replace(answer, text="", citations=[], unsupported=[])
    if refuses:  # the model's own words, already shown, refuse
        return replace(answer, refusal_reason=RefusalReason.NOTHING_RELEVANT)
    return answer


def _quoting(answer: PartialAnswer, source: Citation, language: Language) -> PartialAnswer:
    """The source of an answer in its place: the model says yes or no, and the source the opposite."""
    lead = f"{get_locale(language).quote_lead} “"
    text = f"{lead}{source.quote}”"
    span = TextSpan(len(lead), len(lead) + len(source.quote)).in_text(text)
    citation = replace(source.moved_to(span), index=1, reason=Doubt.WEAK)
    return replace(answer, text=text, citations=[citation], unsupported=[])


def _is_doubted(answer: PartialAnswer, request: AnswerRequest) -> bool:
    """Whether the model's review does not find the answer right."""
    judge = request.profile.judge
    if answer.review is None or judge is None or judge.review is None:
        return False
    return answer.review.probability < judge.review


def _withdrawn(
    answer: PartialAnswer, reason: RefusalReason, language: Language, passages: Sequence[Passage] = ()
) -> PartialAnswer:
    """A refusal in place of an answer that nothing supports."""
    text = refusal_answer(reason, language, passages)
    return replace(answer, refusal_reason=reason, text=text, citations=[], unsupported=[])


def _doubted(citation: Citation) -> Citation:
    """The citation, no longer verified."""
    if not citation.verified:
        return citation
    return replace(citation, verified=False, support=Support.SUPPORTED, reason=Doubt.REVIEW)


def _with_conflicts(answer: PartialAnswer, language: Language) -> PartialAnswer:
    """The answer, followed by what other documents say where they give another figure than its citations."""
    conflicts = dict.fromkeys(conflict for citation in answer.citations for conflict in citation.conflicts)
    if not conflicts:
        return answer
    otherwise = get_locale(language).otherwise
    lines = [otherwise.format(file=one.filename, quote=" ".join(one.quote.split())) for one in conflicts]
    return replace(answer, text="\n\n".join([answer.text, *lines]))


def _with_quote(answer: PartialAnswer, attribution: Attribution, language: Language) -> PartialAnswer:
    """The answer, followed by a quotation if it needs one.

    Without citations that is what comes nearest to the question, and after one item of a list the whole list.
    """
    cited = answer.citations
    source = attribution.rest_of_list(answer.text, cited) if cited else attribution.best_quote()
    if source is None:
        return answer
    lead = f"{get_locale(language).quote_lead} “"
    lead = f"\n\n{lead}" if answer.text else lead
    start = len(answer.text) + len(lead)
    index = 1 + max((citation.index for citation in cited), default=0)
    doubt = None if cited else Doubt.WEAK  # it is what comes nearest: nobody says that it answers
    text = f"{answer.text}{lead}{source.text}”"
    span = TextSpan(start, start + len(source.text)).in_text(text)
    return replace(answer, text=text, citations=[*cited, verbatim_citation(index, source, span, doubt)])
