"""HTTP operation that answers a question from the documents, whole or as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.chat.citation_boxes import AnswerBoxes, CitationBoxes
from app.chat.events import CitationEvent, DoneEvent, Event, ProgressEvent, RetrievalEvent, TokenEvent
from app.chat.schemas import ChatIn, ChatOut, CitationOut, ProgressOut, RetrievalOut, TokenOut
from app.chat.service import ChatService, Question
from app.http.dependencies import Reader
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import ResponseBody
from app.http.services import provide
from app.http.sse import event_stream, sse_event, sse_response
from app.llm.base import Sampling
from app.observability import request_id_var
from app.search.filters import read_restriction

router = APIRouter(prefix="/api/v1", tags=["chat"], route_class=IdempotentRoute)
Chat = Annotated[ChatService, provide(ChatService)]
EVENTS = event_stream(retrieval=RetrievalOut, progress=ProgressOut, token=TokenOut, citation=CitationOut, done=ChatOut)


@router.post(
    "/chat",
    response_model=ChatOut,
    summary="Ask a question",
    description=(
        "Answers from your documents and cites the passage each sentence rests on, or says that they do not hold "
        "the answer. Greetings, questions about your documents (which, how many, when uploaded), requests about the "
        "answer before (shorter, as a list, in Portuguese) and for whole documents (summarise, outline, compare) have "
        "a `route` of their own. With `stream: true` the answer comes as server-sent events: `retrieval`, then "
        "`progress` while whole documents are read, `token`..., with a `citation` as each sentence closes, then "
        "`done` with the whole object, or `error`."
    ),
    responses={
        200: {"description": "The answer, as JSON or as events.", **EVENTS},
        **responses(400, 404, 409, 413, 429, 504, 507),
    },
)
async def chat(
    principal: Reader,
    service: Chat,
    drain: Annotated[Drain, provide(Drain)],
    request: Request,
    body: ChatIn,
    citation_boxes: Annotated[CitationBoxes, provide(CitationBoxes)],
) -> ChatOut | Response:
    question = _question(body, principal.acting_for(body.user))
    boxes = citation_boxes.of_answer(principal.tenant_id) if body.boxes else None
    if body.stream:
        events = service.stream(principal.tenant_id, question)
        first = await anext(events)  # an error of the request has its own status, so it is no event
        return sse_response(_sse(first, events, boxes), drain)
    answer = await unless_disconnected(request, service.answer(principal.tenant_id, question))
    if answer is None:
        return Response(status_code=CLIENT_GONE)
    if boxes is not None:
        answer = replace(answer, citations=await boxes.add_all(answer.citations))
    return ChatOut.model_validate(answer)


async def _sse(
    first: Event, events: AsyncGenerator[Event, None], boxes: AnswerBoxes | None
) -> AsyncGenerator[str, None]:
    async with aclosing(events):
        yield _render(first)
        async for event in events:
            yield _render(event if boxes is None else await _with_boxes(event, boxes))


async def _with_boxes(event: Event, boxes: AnswerBoxes) -> Event:
    """The event with boxes in its citations."""
    match event:
        case CitationEvent(citation):
            return CitationEvent(await boxes.add(citation))
        case DoneEvent(answer):
            return DoneEvent(replace(answer, citations=await boxes.add_all(answer.citations)))
        case _:
            return event


def _render(event: Event) -> str:
    """A server-sent event; its data is validated as the schemas say."""
    match event:
        case RetrievalEvent():
            return _sse_event("retrieval", RetrievalOut.model_validate(event))
        case ProgressEvent():
            return _sse_event("progress", ProgressOut.model_validate(event))
        case TokenEvent():
            return _sse_event("token", TokenOut.model_validate(event))
        case CitationEvent(citation):
            return _sse_event("citation", CitationOut.model_validate(citation))
        case DoneEvent(answer):
            return _sse_event("done", ChatOut.model_validate(answer))


def _sse_event(name: str, data: ResponseBody) -> str:
    return sse_event(name, data.model_dump(mode="json"))


def _question(body: ChatIn, user: str | None) -> Question:
    return Question(
        message=body.message,
        request_id=request_id_var.get(),
        conversation_id=body.conversation_id,
        user=user,
        adapter=body.adapter,
        restriction=read_restriction(body.collections, body.filters),
        k=body.k,
        language=body.language,
        max_tokens=body.max_tokens,
        sampling=Sampling(
            temperature=body.temperature,
            top_p=body.top_p,
            stop=tuple(body.stop),
            seed=body.seed,
        ),
    )
