"""Sends the answer to a question over HTTP: whole, or as server-sent events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from app.chat.citation_boxes import AnswerBoxes, CitationBoxes
from app.chat.events import CitationEvent, DoneEvent, Event
from app.chat.schemas import AnswerOptions, ChatOut
from app.chat.service import ChatService, Question
from app.chat.streams.service import StreamService
from app.chat.streams.wire_events import wire_events
from app.http.auth import Principal
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.drain import Drain
from app.http.services import provide
from app.http.sse import sse_response
from app.llm.base import Sampling
from app.observability import request_id_var
from app.search.filters import read_restriction

NOT_KEPT = {"message", "conversation_id", "user", "stream", "boxes", "seed"}  # of a request, for further versions


class Replies:
    """Answers the questions of one request, as its body says. A FastAPI dependency."""

    def __init__(
        self,
        request: Request,
        chat: Annotated[ChatService, provide(ChatService)],
        streams: Annotated[StreamService, provide(StreamService)],
        citation_boxes: Annotated[CitationBoxes, provide(CitationBoxes)],
        drain: Annotated[Drain, provide(Drain)],
    ) -> None:
        self._request = request
        self._chat = chat
        self._streams = streams
        self._citation_boxes = citation_boxes
        self._drain = drain

    async def send(self, principal: Principal, question: Question, options: AnswerOptions) -> ChatOut | Response:
        """Raises what ChatService raises before the first event."""
        boxes = self._citation_boxes.of_answer(principal.tenant_id) if options.boxes else None
        if options.stream:
            adorn = None if boxes is None else partial(_with_boxes, boxes)
            stream = await self._streams.start(principal.tenant_id, question, adorn)
            return sse_response(wire_events(stream), self._drain)
        answer = await unless_disconnected(self._request, self._chat.answer(principal.tenant_id, question))
        if answer is None:
            return Response(status_code=CLIENT_GONE)
        if boxes is not None:
            answer = replace(answer, citations=await boxes.add_all(answer.citations))
        return ChatOut.model_validate(answer)


Replying = Annotated[Replies, Depends(Replies)]


def question_of(message: str, options: AnswerOptions, *, conversation_id: str | None, user: str | None) -> Question:
    """The question of a request."""
    return Question(
        message=message,
        request_id=request_id_var.get(),
        conversation_id=conversation_id,
        user=user,
        adapter=options.adapter,
        restriction=read_restriction(options.collections, options.filters, options.documents),
        k=options.k,
        language=options.language,
        max_tokens=options.max_tokens,
        sampling=Sampling(
            temperature=options.temperature,
            top_p=options.top_p,
            stop=tuple(options.stop),
            seed=options.seed,
        ),
        options=_kept(options),
    )


def _kept(options: AnswerOptions) -> Mapping[str, Any]:
    """What the request said, for further versions of its turn."""
    return options.model_dump(mode="json", exclude_unset=True, exclude=NOT_KEPT)


async def _with_boxes(boxes: AnswerBoxes, event: Event) -> Event:
    """The event with boxes in its citations."""
    match event:
        case CitationEvent(citation):
            return CitationEvent(await boxes.add(citation))
        case DoneEvent(answer):
            return DoneEvent(replace(answer, citations=await boxes.add_all(answer.citations)))
        case _:
            return event
