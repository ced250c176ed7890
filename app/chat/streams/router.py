"""HTTP operations on an answer that is streamed: come back to it, and stop it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import Response, StreamingResponse

from app.chat.schemas import ChatOut
from app.chat.streams.answer_stream import AnswerStream
from app.chat.streams.service import StreamService
from app.chat.streams.wire_events import EVENTS, replayed_events, wire_events
from app.http.dependencies import Reader
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.http.sse import sse_response

router = APIRouter(prefix="/api/v1", tags=["chat"], route_class=IdempotentRoute)
Streams = Annotated[StreamService, provide(StreamService)]


@router.get(
    "/chat/{turn_id}/events",
    response_class=StreamingResponse,
    summary="Go on reading a streamed answer",
    responses={200: {"description": "The events after that one.", **EVENTS}, **responses(404)},
)
async def resume_answer(
    principal: Reader,
    streams: Streams,
    drain: Annotated[Drain, provide(Drain)],
    turn_id: str,
    last_event_id: Annotated[
        int,
        Header(alias="Last-Event-ID", ge=0, description="The `id` of the last event that you got; 0: from the first."),
    ] = 0,
) -> Response:
    """The events of an answer that you lost the connection to, or read from another page.

    An answer goes on for some seconds without a reader; its events can be read until five minutes after its end. Later
    the answer comes whole: as `done` alone, or as `retrieval`, `token`, `done` from the first event on.
    """
    found = await streams.resume(principal.tenant_id, principal.user, turn_id, last_event_id)
    if isinstance(found, AnswerStream):
        return sse_response(wire_events(found, last_event_id), drain)
    return sse_response(replayed_events(found, last_event_id), drain)


@router.post("/chat/{turn_id}/stop", response_model=ChatOut, summary="Stop a streamed answer", responses=responses(404))
async def stop_answer(principal: Reader, streams: Streams, turn_id: str) -> Mapping[str, Any]:
    """Ends the answer where it is. What was shown of it is kept as a turn with the status `stopped` and returned.

    An answer that has ended already is returned as it is.
    """
    return await streams.stop(principal.tenant_id, principal.user, turn_id)
