"""Chat: a question answered from the documents, whole or streamed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from dataclasses import asdict
from typing import Any, Literal, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from app.chat.answer import (
    ChatAnswer,
    CitationEvent,
    DoneEvent,
    Event,
    Question,
    RetrievalEvent,
    TokenEvent,
    passage_dict,
)
from app.chat.service import answer_dict
from app.domain.idempotency import StoredAnswer
from app.errors import InvalidRequest
from app.http.dependencies import IdempotencyKey, Reader, RuntimeDep
from app.http.errors import responses
from app.http.idempotency import reserve
from app.http.schemas import PassageOut, RequestBody, Text
from app.http.sse import SSE_RESPONSE, sse_event, sse_response
from app.llm.base import Sampling
from app.observability import Metrics, request_id_var
from app.search.filters import read_filter
from app.search.retriever import Restriction
from app.search.router import LONGEST_QUESTION, Collections, Filters
from app.text.language import LanguageField

router = APIRouter(prefix="/api/v1", tags=["chat"])
CLIENT_GONE = 499  # for the log only: nobody is there to read it
WATCH_S = 0.2
Result = TypeVar("Result")


class ChatIn(RequestBody):
    message: Text = Field(min_length=1, max_length=LONGEST_QUESTION, description="The question.")
    conversation_id: str | None = Field(None, max_length=64, description="Go on with this conversation.")
    adapter: str | None = Field(
        None, max_length=100, description='"name", "name@version" or "base"; your active adapter if left out.'
    )
    collections: Collections = []
    filters: Filters = {}
    k: int | None = Field(None, ge=1, le=50, description="Passages to look for.")
    stream: bool = Field(False, description="Answer as server-sent events.")
    language: LanguageField | None = Field(None, description="Of the answer; the question's if left out.")
    max_tokens: int = Field(128, ge=1, le=4096, description="Longest answer, in tokens.")
    temperature: float = Field(0.0, ge=0, le=2, description="0 is deterministic.")
    top_p: float = Field(1.0, gt=0, le=1)
    seed: int | None = Field(None, ge=0, le=2**63 - 1, description="Repeats a sampled answer.")
    stop: list[Text] = Field([], max_length=4, description="End the answer before any of these.")

    model_config = {"json_schema_extra": {"examples": [{"message": "When does the museum open?"}]}}


class CitationOut(BaseModel):
    index: int
    chunk_id: str
    document_id: str
    filename: str
    version: int
    quote: str = Field(description="Verbatim: the document's text[char_start:char_end].")
    start: int = Field(description="The sentence of `answer` that rests on the quote.")
    end: int
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    score: float
    verified: bool = Field(description="The support reaches the threshold.")


class SpanOut(BaseModel):
    start: int
    end: int


class AdapterUsedOut(BaseModel):
    name: str
    version: str


class ContextOut(BaseModel):
    retrieved: int
    used: int
    dropped: int


class UsageOut(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    context: ContextOut


class ChatOut(BaseModel):
    id: str
    conversation_id: str
    question: str = Field(description="As it was searched for: a follow-up is made to stand alone.")
    answer: str
    citations: list[CitationOut]
    unsupported: list[SpanOut] = Field(description="Sentences of the answer that no passage supports.")
    refused: bool
    refusal_reason: Literal["no_documents", "nothing_relevant", "unsupported"] | None
    closest: list[PassageOut] = Field(description="On a refusal: what came nearest.")
    adapter: AdapterUsedOut | None = Field(description="The adapter that answered; null for the base model.")
    usage: UsageOut
    timings: dict[str, float] = Field(description="Seconds: embed_s, retrieve_s, queue_s, prefill_s, ttft_s, ...")


@router.post(
    "/chat",
    response_model=ChatOut,
    summary="Ask a question",
    description=(
        "Answers from your documents and cites the passage each sentence rests on, or says that they do not hold "
        "the answer. With `stream: true` the answer comes as server-sent events: `retrieval`, then `token`..., with a "
        "`citation` as each sentence closes, then `done` with the whole object, or `error`."
    ),
    responses={
        200: {"description": "The answer, as JSON or as events.", **SSE_RESPONSE},
        **responses(400, 404, 409, 413, 429, 504, 507),
    },
)
async def chat(
    principal: Reader, runtime: RuntimeDep, request: Request, body: ChatIn, idempotency_key: IdempotencyKey = None
) -> Response:
    limits = runtime.limits
    if body.max_tokens > limits.answer_tokens:
        raise InvalidRequest(f"max_tokens may be at most {limits.answer_tokens} here.", param="max_tokens")
    question = _question(body, limits.top_k)
    metrics: Metrics = request.app.state.metrics
    if body.stream:
        events = runtime.answerer.stream(principal.tenant_id, question)
        first = await anext(events)  # what is wrong with the request has its own status, not an event
        return sse_response(_sse(first, events, metrics), request.app.state.draining)
    digest = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
    reservation = await reserve(runtime, principal.tenant_id, idempotency_key, "chat", digest)
    if isinstance(reservation, StoredAnswer):
        return JSONResponse(reservation.body, reservation.status)
    async with reservation:
        answer = await unless_disconnected(request, runtime.answerer.answer(principal.tenant_id, question))
        if answer is None:
            return Response(status_code=CLIENT_GONE)
        count_answer(metrics, answer)
        shape = answer_dict(answer)
        await reservation.complete(200, shape)
    return JSONResponse(shape)


async def unless_disconnected(request: Request, work: Coroutine[Any, Any, Result]) -> Result | None:
    """The result of `work`; None, with `work` cancelled, if the client goes away before."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=WATCH_S))[0]:
            if await request.is_disconnected():
                return None
        return task.result()
    finally:
        task.cancel()


def count_answer(metrics: Metrics, answer: ChatAnswer) -> None:
    metrics.answers.labels("refused" if answer.refused else "answered").inc()
    metrics.tokens.inc(answer.usage.completion_tokens)
    if not answer.refused:
        metrics.ttft.observe(answer.timings["ttft_s"])


async def _sse(first: Event, events: AsyncGenerator[Event, None], metrics: Metrics) -> AsyncGenerator[str, None]:
    async with aclosing(events):
        yield _rendered(first)
        async for event in events:
            if isinstance(event, DoneEvent):
                count_answer(metrics, event.answer)
            yield _rendered(event)


def _rendered(event: Event) -> str:
    match event:
        case RetrievalEvent(passages):
            return sse_event("retrieval", {"passages": [passage_dict(passage) for passage in passages]})
        case TokenEvent(text):
            return sse_event("token", {"text": text})
        case CitationEvent(citation):
            return sse_event("citation", asdict(citation))
        case DoneEvent(answer):
            return sse_event("done", answer_dict(answer))


def _question(body: ChatIn, default_k: int) -> Question:
    return Question(
        message=body.message,
        request_id=request_id_var.get(),
        conversation_id=body.conversation_id,
        adapter=body.adapter,
        restriction=Restriction(tuple(body.collections), read_filter(body.filters)),
        k=body.k or default_k,
        language=body.language,
        sampling=Sampling(
            max_tokens=body.max_tokens,
            temperature=body.temperature,
            top_p=body.top_p,
            stop=tuple(body.stop),
            seed=body.seed,
        ),
    )
