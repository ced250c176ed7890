"""Server-sent events: named events, keep-alive comments in pauses, an announcement when the service drains."""

from __future__ import annotations

import asyncio
import json
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel

from app.errors import AppError
from app.http.drain import Drain
from app.http.errors import ErrorEnvelope, error_body
from app.http.schemas import ResponseBody
from app.storage.acting import current_actor

KEEPALIVE_S = 10.0
# JSON allows these characters in a string, but many clients split a stream into lines at them.
LINE_BREAKS = str.maketrans({char: json.dumps(char)[1:-1] for char in "\u0085\u2028\u2029"})
LAST_ANSWER = "The service is shutting down after this answer."
GO_ON_LATER = "The service is shutting down. The work goes on; follow it again in a few seconds."
COMPONENTS = "#/components/schemas/{model}"


class ShutdownOut(ResponseBody):
    """The data of a `server_shutdown` event."""

    message: str


def event_stream(**events: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI entry of a stream of named events: the model of each one's data, by its name.

    `error` and `server_shutdown`, which any stream may have, are added. The schema is that of one event, as OpenAPI
    3.2 and the tools that know server-sent events read it; app/http/openapi.py makes components of the models.
    """
    events |= {"error": ErrorEnvelope, "server_shutdown": ShutdownOut}
    models = {name: _definition(model) for name, model in events.items()}
    schema = {
        "description": "One server-sent event.",
        "oneOf": [_event_schema(events[name], name) for name in events],
        "$defs": {name: schema for definitions in models.values() for name, schema in definitions.items()},
    }
    return {"content": {"text/event-stream": {"schema": schema}}}


def data_stream(*bodies: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI entry of a stream of events without names: the models that their data may have, or `[DONE]`."""
    definitions = {name: schema for body in bodies for name, schema in _definition(body).items()}
    schema = {
        "description": "One server-sent event; the last one's data is `[DONE]`.",
        "anyOf": [_event_schema(body) for body in bodies],
        "$defs": definitions,
    }
    return {"content": {"text/event-stream": {"schema": schema}}}


def _event_schema(body: type[BaseModel], name: str | None = None) -> dict[str, Any]:
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": COMPONENTS.format(model=body.__name__)},
    }
    if name is None:
        return {"type": "object", "properties": {"data": data}, "required": ["data"]}
    properties = {"event": {"type": "string", "const": name}, "id": {"type": "string"}, "data": data}
    return {"type": "object", "title": f"{name} event", "properties": properties, "required": ["event", "data"]}


def _definition(body: type[BaseModel]) -> dict[str, Any]:
    """The schemas of a model and of those within it, by their names."""
    schema = body.model_json_schema(ref_template=COMPONENTS, mode="serialization")
    definitions: dict[str, Any] = schema.pop("$defs", {})
    return {**definitions, body.__name__: schema}


def sse_event(name: str, data: Any, event_id: int | None = None) -> str:
    """One event on the wire; `data` is anything that JSON can hold. `event_id`: of streams that can be resumed."""
    text = json.dumps(data, ensure_ascii=False).translate(LINE_BREAKS)
    event = format_sse_event(event=name, data_str=text).decode()
    return event if event_id is None else f"id: {event_id}\n{event}"


def sse_data(data: Any) -> str:
    """One event without a name, for clients that read data alone; text is sent as it is."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return format_sse_event(data_str=text.translate(LINE_BREAKS)).decode()


def sse_response(
    events: AsyncGenerator[str, None], drain: Drain, *, named: bool = True, follows: bool = False
) -> EventSourceResponse:
    """The response that streams `events`, which `sse_event` made, until they end.

    Without `named` the events are those of `sse_data`: an error has no name either, and a drain is not announced.
    `follows`: they tell of work that goes on without the stream, which ends when the service drains.
    """
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_with_keepalive(events, drain, named, follows), headers=headers)


async def _with_keepalive(
    events: AsyncGenerator[str, None], drain: Drain, named: bool, follows: bool
) -> AsyncIterator[str]:
    """`events` with keep-alive comments in pauses; an AppError becomes an `error` event and ends the stream.

    FastAPI's own keep-alive works in generator endpoints only, and those cannot fail with a status of their own.
    """
    announced = not named
    async with aclosing(events):
        with drain.streams.opened(current_actor().tenant_id) as stream:
            pending, notice = asyncio.ensure_future(anext(events, None)), asyncio.ensure_future(stream.notice())
            try:
                while True:
                    done, _ = await asyncio.wait({pending, notice}, timeout=KEEPALIVE_S, return_when=FIRST_COMPLETED)
                    if stream.fault is not None:
                        yield _error(stream.fault, named)
                        return
                    if drain.is_set() and not announced:
                        announced = True
                        yield sse_event("server_shutdown", {"message": GO_ON_LATER if follows else LAST_ANSWER})
                        if follows:
                            return
                    if not done:
                        yield KEEPALIVE_COMMENT.decode()
                    if notice in done:
                        notice = asyncio.ensure_future(stream.notice())
                    if pending not in done:
                        continue
                    event = pending.result()
                    if event is None:
                        return
                    yield event
                    pending = asyncio.ensure_future(anext(events, None))
            except AppError as fault:
                yield _error(fault, named)
            finally:
                pending.cancel()
                notice.cancel()
                await asyncio.gather(pending, notice, return_exceptions=True)


def _error(fault: AppError, named: bool) -> str:
    return sse_event("error", error_body(fault)) if named else sse_data(error_body(fault))
