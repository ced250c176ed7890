"""HTTP operation that completes a chat, as OpenAI's clients call it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.http.dependencies import Reader
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.http.sse import data_stream, sse_response
from app.metering.meter import assign_user
from app.observability import request_id_var
from app.openai_api.chat_completions.chunks import Envelope
from app.openai_api.chat_completions.request import read_request
from app.openai_api.chat_completions.schemas import ChatCompletionChunkOut, ChatCompletionIn, ChatCompletionOut
from app.openai_api.chat_completions.service import CompletionService

router = APIRouter(prefix="/v1/chat", tags=["openai"], route_class=IdempotentRoute)


@router.post(
    "/completions",
    response_model=ChatCompletionOut,
    summary="Complete a chat",
    description=(
        "Answers the last message of the user in OpenAI's form; the messages before it are the conversation, of which "
        "nothing is stored. The model `loracle` or an adapter answers from your documents: the message's `annotations` "
        "cite them, `loracle` says the rest, such as whether it is a refusal; system messages are not read. The model "
        "`loracle-base` answers without documents. With `stream: true` the answer comes as chunks, the annotations in "
        "one of the last, then `[DONE]`. Tools, images, audio, `n` above 1 and a `response_format` other "
        "than text are refused; other fields of OpenAI's are ignored."
    ),
    responses={
        200: {"description": "The completion, as JSON or as events.", **data_stream(ChatCompletionChunkOut)},
        **responses(400, 404, 409, 413, 429, 504, 507),
    },
)
async def complete_chat(
    principal: Reader,
    service: Annotated[CompletionService, provide(CompletionService)],
    drain: Annotated[Drain, provide(Drain)],
    request: Request,
    body: ChatCompletionIn,
) -> ChatCompletionOut | Response:
    assign_user(principal.user or body.user)
    wanted = read_request(body, request_id_var.get())
    options = body.stream_options
    include_usage = options is not None and bool(options.include_usage)
    envelope = Envelope(body.model, include_usage=include_usage, logprobs=bool(body.logprobs))
    if body.stream:
        pieces = service.stream(principal.tenant_id, wanted)
        first = await anext(pieces)  # an error of the request has its own status, so it is no event
        return sse_response(envelope.stream(first, pieces), drain, named=False)
    done = await unless_disconnected(request, service.complete(principal.tenant_id, wanted))
    return Response(status_code=CLIENT_GONE) if done is None else envelope.whole(done)
