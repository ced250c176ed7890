"""The events of an answer as they are sent: names, numbers and data."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import aclosing
from typing import Any

from app.chat.events import CitationEvent, DoneEvent, Event, ProgressEvent, RetrievalEvent, SavedEvent, TokenEvent
from app.chat.schemas import ChatOut, CitationOut, ProgressOut, RetrievalOut, TokenOut
from app.chat.streams.answer_stream import AnswerStream
from app.http.schemas import ResponseBody
from app.http.sse import event_stream, sse_event

EVENTS = event_stream(retrieval=RetrievalOut, progress=ProgressOut, token=TokenOut, citation=CitationOut, done=ChatOut)


async def wire_events(stream: AnswerStream, after: int = 0) -> AsyncGenerator[str, None]:
    """The events of `stream` after number `after`. Raises the error that ended it."""
    async with aclosing(stream.read(after)) as events:
        async for number, event in events:
            name, body = _named(event)
            yield sse_event(name, body.model_dump(mode="json"), number)


async def replayed_events(answer: Awaitable[Mapping[str, Any]], after: int = 0) -> AsyncGenerator[str, None]:
    """The events of an answer that was kept whole, as it was sent: `retrieval`, `token`, `done`.

    `done` alone for who has events already: how many the answer had is not known any more.
    """
    done = ChatOut.model_validate(await answer)
    first = RetrievalOut(
        turn_id=done.id,
        conversation_id=done.conversation_id,
        request_id="",
        route=done.route,
        adapter=done.adapter,
        passages=done.closest,
    )
    events: list[tuple[str, ResponseBody]] = [("done", done)]
    if not after:
        events = [("retrieval", first), ("token", TokenOut(text=done.answer)), *events]
    for number, (name, body) in enumerate(events, start=after + 1):
        yield sse_event(name, body.model_dump(mode="json"), number)


def _named(event: Event) -> tuple[str, ResponseBody]:
    """The event's name and its data, validated as the schemas say."""
    match event:
        case RetrievalEvent():
            return "retrieval", RetrievalOut.model_validate(event)
        case ProgressEvent():
            return "progress", ProgressOut.model_validate(event)
        case TokenEvent():
            return "token", TokenOut.model_validate(event)
        case CitationEvent(citation):
            return "citation", CitationOut.model_validate(citation)
        case DoneEvent(answer):
            return "done", ChatOut.model_validate(answer)
        case SavedEvent(result):
            return "done", ChatOut.model_validate(result)
