"""HTTP operation that answers a question from the documents, whole or as server-sent events."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.chat.citation_boxes import AnswerBoxes, CitationBoxes
from app.chat.events import CitationEvent, DoneEvent, Event
from app.chat.schemas import ChatIn, ChatOut
from app.chat.service import ChatService, Question
from app.chat.streams.service import Adorn, StreamService
from app.chat.streams.wire_events import EVENTS, wire_events
from app.http.dependencies import Reader
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.http.sse import sse_response
from app.llm.base import Sampling
from app.observability import request_id_var
from app.search.filters import read_restriction

router = APIRouter(prefix="/api/v1", tags=["chat"], route_class=IdempotentRoute)
Chat = Annotated[ChatService, provide(ChatService)]


@router.post(
    "/chat",
    response_model=ChatOut,
    summary="Ask a question",
    description=(
        "Answers from your documents and cites the passage each sentence rests on, or says that they do not hold "
        "the answer. Greetings, questions about your documents (which, how many, when uploaded), requests about the "
        "answer before (shorter, as a list, in Portuguese) and for whole documents (summarise, outline, compare) have "
        "a `route` of their own. With `stream: true` the answer comes as server-sent events: `retrieval`, which names "
        "the answer, then `progress` while whole documents are read, `token`..., with a `citation` as each sentence "
        "closes, then `done` with the whole object, or `error`. After a lost connection, "
        "`GET /api/v1/chat/{turn_id}/events` goes on; `POST /api/v1/chat/{turn_id}/stop` ends the answer."
    ),
    responses={
        200: {"description": "The answer, as JSON or as events.", **EVENTS},
        **responses(400, 404, 409, 413, 429, 504, 507),
    },
)
async def chat(
    principal: Reader,
    service: Chat,
    streams: Annotated[StreamService, provide(StreamService)],
    drain: Annotated[Drain, provide(Drain)],
    request: Request,
    body: ChatIn,
    citation_boxes: Annotated[CitationBoxes, provide(CitationBoxes)],
) -> ChatOut | Response:
    question = _question(body, principal.acting_for(body.user))
    boxes = citation_boxes.of_answer(principal.tenant_id) if body.boxes else None
    if body.stream:
        stream = await streams.start(principal.tenant_id, question, _boxes_adder(boxes))
        return sse_response(wire_events(stream), drain)
    answer = await unless_disconnected(request, service.answer(principal.tenant_id, question))
    if answer is None:
        return Response(status_code=CLIENT_GONE)
    if boxes is not None:
        answer = replace(answer, citations=await boxes.add_all(answer.citations))
    return ChatOut.model_validate(answer)


def _boxes_adder(boxes: AnswerBoxes | None) -> Adorn | None:
    return None if boxes is None else partial(_with_boxes, boxes)


async def _with_boxes(boxes: AnswerBoxes, event: Event) -> Event:
    """The event with boxes in its citations."""
    match event:
        case CitationEvent(citation):
            return CitationEvent(await boxes.add(citation))
        case DoneEvent(answer):
            return DoneEvent(replace(answer, citations=await boxes.add_all(answer.citations)))
        case _:
            return event


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
