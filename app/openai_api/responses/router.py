"""HTTP operations on responses, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.domain.files import IdPage
from app.errors import Conflict, InvalidRequest
from app.http.dependencies import Reader
from app.http.disconnect import CLIENT_GONE, unless_disconnected
from app.http.drain import Drain
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.http.sse import event_stream, sse_response
from app.observability import request_id_var
from app.openai_api.lists import ItemList, Window
from app.openai_api.responses.event_schemas import EVENTS
from app.openai_api.responses.events import ResponseEvents
from app.openai_api.responses.rendering import ResponseView
from app.openai_api.responses.request import for_user, read_request
from app.openai_api.responses.request_schemas import ResponseIn
from app.openai_api.responses.schemas import InputMessageOut, ResponseDeletedOut, ResponseOut
from app.openai_api.responses.service import FoundResponse, ResponseService
from app.openai_api.schemas import UNSUPPORTED

router = APIRouter(prefix="/v1/responses", tags=["openai"], route_class=IdempotentRoute)
Responses = Annotated[ResponseService, provide(ResponseService)]


@router.post(
    "",
    response_model=ResponseOut,
    summary="Create a response",
    description=(
        "Answers from your documents, as a chat completion does, and saves the answer as a turn: the next request may "
        "name it as `previous_response_id`, or its `conversation`. The tool `file_search` narrows the search to its "
        "`vector_store_ids`; with it the output has the search as an item, with the passages if `include` has "
        "`file_search_call.results`. Annotations are those of chat completions. With `stream: true` the response comes "
        "as events in OpenAI's order. The model `loracle-base` answers without documents and saves nothing. Other "
        "tools, images, files in messages, prompts, background answers and formats other than text are refused."
    ),
    responses={
        200: {"description": "The response, as JSON or as events.", **event_stream(**EVENTS)},
        **responses(400, 404, 409, 413, 429, 504, 507),
    },
)
async def create_response(
    principal: Reader,
    service: Responses,
    drain: Annotated[Drain, provide(Drain)],
    request: Request,
    body: ResponseIn,
) -> ResponseOut | Response:
    asked = for_user(read_request(body, request_id_var.get()), principal.acting_for(body.user))
    wanted = await run_sync(service.prepare, principal.tenant_id, asked)
    view = ResponseView(wanted.envelope, wanted.completion.question.message, searches=bool(wanted.envelope.tools))
    if body.stream:
        pieces = service.stream(principal.tenant_id, wanted)
        first = await anext(pieces)  # an error of the request has its own status, so it is no event
        return sse_response(ResponseEvents(view).stream(first, pieces), drain, named=False)
    done = await unless_disconnected(request, service.respond(principal.tenant_id, wanted))
    return Response(status_code=CLIENT_GONE) if done is None else view.whole(*done)


@router.get("/{response_id}", response_model=ResponseOut, summary="Get a response", responses=responses(404))
def get_response(
    principal: Reader,
    service: Responses,
    response_id: str,
    stream: Annotated[bool, Query(description="Refused unless false.")] = False,
) -> ResponseOut:
    """A response that was saved."""
    if stream:
        message = "A response that is whole is not streamed again: leave `stream` out."
        raise InvalidRequest(message, param="stream", code=UNSUPPORTED)
    found = service.get(principal.tenant_id, response_id, principal.user)
    return _view(found).whole(found.completion)


@router.get(
    "/{response_id}/input_items",
    response_model=ItemList[InputMessageOut],
    summary="List input items of a response",
    responses=responses(404),
)
def list_response_input_items(
    principal: Reader, service: Responses, response_id: str, window: Window
) -> IdPage[InputMessageOut]:
    """The messages of its request, the last one first unless `order` says otherwise."""
    items = {
        item.id: item for item in _view(service.get(principal.tenant_id, response_id, principal.user)).input_items()
    }
    chosen, has_more = window.of(items)
    return IdPage([items[one] for one in chosen], has_more)


@router.post(
    "/{response_id}/cancel", response_model=ResponseOut, summary="Cancel a response", responses=responses(404, 409)
)
def cancel_response(principal: Reader, service: Responses, response_id: str) -> ResponseOut:
    """409: a response that can be found is whole. Close the connection to cancel one that is being made."""
    service.get(principal.tenant_id, response_id, principal.user)
    raise Conflict("The response is whole; only one that is made in the background could be cancelled.")


@router.delete(
    "/{response_id}", response_model=ResponseDeletedOut, summary="Delete a response", responses=responses(404)
)
def delete_response(principal: Reader, service: Responses, response_id: str) -> ResponseDeletedOut:
    """Deletes the response with its turn. A token deletes its user's; a key needs the scope `write`."""
    principal.require_owner()
    service.delete(principal.tenant_id, response_id, principal.user)
    return ResponseDeletedOut(id=response_id)


def _view(found: FoundResponse) -> ResponseView:
    return ResponseView(found.envelope, found.question, searches=bool(found.envelope.tools))
