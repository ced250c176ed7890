"""Answers to messages that no search for passages answers: small talk, the collection, the answer before, documents."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from anyio.to_thread import run_sync

from app.chat.events import Event, ProgressEvent, RetrievalEvent
from app.chat.question_flow import FlowResult
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.cited_text import CitedText, Piece
from app.chat.steps.digest import DigestStep
from app.chat.steps.generate import PartialAnswer
from app.chat.steps.previous_answer import PreviousAnswer, standing_citations, without_note
from app.chat.steps.prompt import Prompt
from app.chat.steps.rephrase import RephraseStep, Spent
from app.chat.steps.reply import Holdings, offer, reply, reply_about, say, which
from app.chat.steps.retrieve import retrieve
from app.chat.steps.route import RoutedQuestion, cited_documents, route
from app.domain.conversations import Citation, ContextUsage, RefusalReason, Route, StepTrace, Turn
from app.domain.documents import DocumentOverview
from app.embeddings.base import Embedder
from app.llm.base import Generator
from app.search.filters import EVERYWHERE, Restriction, checked_documents_of, documents_of
from app.search.retriever import Retrieval, Retriever
from app.storage.database import Database
from app.text.coverage import content_stems, coverage
from app.text.language import LANGUAGES, Language
from app.text.normalisation import original_words
from app.text.refusals import refusal_text

MOST_DOCUMENTS = 1000  # newest ones, that names are looked for in
NOTHING_RETRIEVED = Retrieval([], 0.0, {}, [])
MENTIONED = 0.6  # share of a topic's words that a passage about it has
STEPS = {
    Route.SMALL_TALK: "reply",
    Route.COLLECTION: "reply",
    Route.PREVIOUS_ANSWER: "rephrase",
    Route.DOCUMENT: "digest",
}
REPEATABLE = frozenset({Route.QUESTION, Route.DOCUMENT, Route.PREVIOUS_ANSWER})


@dataclass(frozen=True, slots=True)
class RoutedMessage:
    """A message with its route and what the answer needs of its surroundings."""

    message: str
    routed: RoutedQuestion
    previous: Turn | None
    restriction: Restriction

    @property
    def is_question(self) -> bool:
        return self.routed.route == Route.QUESTION


class DirectAnswers:
    """Routes messages, and answers those that are no questions. Thread-safe; it has no state of a request."""

    def __init__(
        self, db: Database, retriever: Retriever, embedder: Embedder, generator: Generator, *, k: int, timeout_s: float
    ) -> None:
        """`k`: passages to look for where a topic is searched."""
        self._db = db
        self._retriever = retriever
        self._digest = DigestStep(db, embedder)
        self._rephrase = RephraseStep(embedder, generator, timeout_s=timeout_s)
        self._k = k

    def route(
        self,
        tenant_id: str,
        message: str,
        previous: Turn | None,
        restriction: Restriction = EVERYWHERE,
    ) -> RoutedMessage:
        """`previous`: the turn before the message.

        Raises NotFound for a collection of the restriction, InvalidRequest for an unknown filter.
        """
        routed = route(message, previous, lambda: self.holdings(tenant_id, restriction).documents)
        if routed.route != Route.QUESTION and restriction != EVERYWHERE:
            with self._db.read_tenant(tenant_id) as store:
                checked_documents_of(store, restriction)
        return RoutedMessage(message, routed, previous, restriction)

    def holdings(self, tenant_id: str, restriction: Restriction = EVERYWHERE) -> Holdings:
        """The documents that a message so restricted is answered from."""
        with self._db.read_tenant(tenant_id) as store:
            chosen = documents_of(store, restriction)
            return Holdings(
                store.document_overviews.newest(chosen=chosen, limit=MOST_DOCUMENTS),
                store.documents.count_live(chosen),
                store.documents.count_unread(chosen),
                restricted=restriction != EVERYWHERE,
            )

    def is_reading(self, tenant_id: str, restriction: Restriction = EVERYWHERE) -> bool:
        """Whether documents that a message so restricted may be answered from are still being read."""
        return self.holdings(tenant_id, restriction).unread > 0

    async def run(self, request: AnswerRequest, asked: RoutedMessage) -> AsyncGenerator[Event | FlowResult, None]:
        """Yield the events of the answer, and the FlowResult last. Raises the errors of Generator.stream."""
        started = time.perf_counter()
        yield RetrievalEvent([])
        async with aclosing(self.write(request, asked)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    version: Literal["rule", "model"] = "model" if piece.completion_tokens else "rule"
                    step = StepTrace(STEPS[asked.routed.route], version, time.perf_counter() - started)
                    yield FlowResult(piece, NOTHING_RETRIEVED, asked.message, [step])
                else:
                    yield piece

    async def write(
        self, request: AnswerRequest, asked: RoutedMessage
    ) -> AsyncGenerator[Piece | ProgressEvent | PartialAnswer, None]:
        """Yield the events of the answer, and the whole PartialAnswer last. Raises the errors of Generator.stream."""
        started, ttft_s = time.perf_counter(), 0.0
        text, spent = CitedText(), Spent()
        answer = PartialAnswer()
        async with aclosing(self._pieces(request, asked, text, spent)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    answer = piece
                    continue
                ttft_s = ttft_s or time.perf_counter() - started
                yield piece
        yield PartialAnswer(
            refusal_reason=answer.refusal_reason,
            prompt=Prompt(tuple(spent.prompt), [], ContextUsage(0, 0, 0)) if spent.prompt else None,
            text=text.text,
            citations=text.citations,
            completion_tokens=spent.completion_tokens,
            timings=spent.timings,
            ttft_s=ttft_s,
        )

    async def _pieces(
        self, request: AnswerRequest, asked: RoutedMessage, text: CitedText, spent: Spent
    ) -> AsyncGenerator[Piece | ProgressEvent | PartialAnswer, None]:
        routed, language = asked.routed, request.language
        match routed.route:
            case Route.DOCUMENT if routed.unclear is None:
                topic = original_words(asked.message, routed.subject)
                kind, documents = routed.kind, _distinct(routed)
                tenant_id = request.profile.tenant_id
                async with aclosing(
                    self._digest.write(tenant_id, kind, documents, language, topic=topic, text=text)
                ) as pieces:
                    async for piece in pieces:
                        yield piece
            case Route.DOCUMENT:
                unclear = routed.unclear or routed.documents[0]
                for piece in text.add(which(unclear.documents, language)):
                    yield piece
            case Route.PREVIOUS_ANSWER:
                async with aclosing(self._about_answer(request, asked, text, spent)) as more:
                    async for one in more:
                        yield one
            case _:
                for piece in text.add(await run_sync(self._reply, request, asked)):
                    yield piece

    def _reply(self, request: AnswerRequest, asked: RoutedMessage) -> str:
        holdings = self.holdings(request.profile.tenant_id, asked.restriction)
        if asked.routed.kind != "about":
            return reply(asked.routed, holdings, request.language)
        topic = original_words(asked.message, asked.routed.subject)
        return reply_about(topic, self._documents_about(request, topic, asked, holdings), holdings, request.language)

    def _documents_about(
        self, request: AnswerRequest, topic: str, asked: RoutedMessage, holdings: Holdings
    ) -> Sequence[DocumentOverview]:
        """The documents with a passage that has most words of the topic, or that surely is about it; best first."""
        found = retrieve(self._retriever, request.profile, topic, k=self._k, restriction=asked.restriction)
        stems = content_stems(topic)
        sure = found.confidence >= request.profile.policy.threshold
        ids = [
            passage.document_id
            for place, passage in enumerate(found.matched)
            if coverage(stems, f"{passage.heading} {passage.text}") >= MENTIONED or (sure and place == 0)
        ]
        by_id = {document.id: document for document in holdings.documents}
        return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]

    async def _about_answer(
        self, request: AnswerRequest, asked: RoutedMessage, text: CitedText, spent: Spent
    ) -> AsyncGenerator[Piece | PartialAnswer, None]:
        """The answer before in another form, or what can be said if there is none to change."""
        previous = asked.previous
        if previous is None or previous.result.get("refused") or not _is_repeatable(previous):
            said = await run_sync(self._without_answer, request, asked)
            for piece in text.add(said.text):
                yield piece
            yield said
            return
        citations = await run_sync(self._standing, request.profile.tenant_id, previous)
        if not citations and previous.result.get("citations"):
            for piece in text.add(say(request.language, "gone")):
                yield piece
            return
        question = str(previous.result.get("question") or previous.question)
        answer = PreviousAnswer(question, without_note(previous.answer), citations)
        if asked.routed.kind == "longer":
            more = self._digest.write_more(request, answer.question, citations, text)
        else:
            more = self._rephrase.write(request, asked.routed.kind, asked.routed.target, answer, text, spent)
        async with aclosing(more) as pieces:
            async for piece in pieces:
                yield piece

    def _without_answer(self, request: AnswerRequest, asked: RoutedMessage) -> PartialAnswer:
        """A refusal or a greeting again in the language asked for, or the remark that there is nothing to change."""
        previous, target = asked.previous, asked.routed.target
        if previous is not None and target in LANGUAGES:
            reason = previous.result.get("refusal_reason")
            if reason is not None:
                return PartialAnswer(RefusalReason(reason), text=refusal_text(RefusalReason(reason), Language(target)))
            before = self.route(request.profile.tenant_id, previous.question, None, asked.restriction)
            if before.routed.route in {Route.SMALL_TALK, Route.COLLECTION}:
                again = replace(request, language=Language(target))
                return PartialAnswer(text=self._reply(again, before))
        holdings = self.holdings(request.profile.tenant_id, asked.restriction)
        offered = offer(holdings, request.language)
        return PartialAnswer(text=say(request.language, "nothing_before", offer=offered))

    def _standing(self, tenant_id: str, turn: Turn) -> list[Citation]:
        """The citations of a turn whose documents are still there."""
        with self._db.read_tenant(tenant_id) as store:
            return standing_citations(turn, store.documents.known(cited_documents(turn)))


def _is_repeatable(turn: Turn) -> bool:
    """Whether a turn says something from documents: rephrasing a greeting or a list of files makes no sense."""
    said = bool(turn.answer.strip())  # nothing is, if it was stopped early
    return said and Route(turn.result.get("route", Route.QUESTION)) in REPEATABLE


def _distinct(routed: RoutedQuestion) -> list[DocumentOverview]:
    """The documents meant, each once."""
    found = {document.id: document for meant in routed.documents for document in meant.documents}
    return list(found.values())
