"""The endpoint of the Model Context Protocol. The OpenAPI document leaves it out: its messages are the protocol's."""

from __future__ import annotations

from contextlib import suppress
from json import JSONDecodeError
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.json_values import read_json
from app.http.services import provide
from app.mcp_server.service import McpService

router = APIRouter(tags=["mcp"], include_in_schema=False, route_class=ApiRoute)


class McpResponse(Response):
    """The answer that the protocol writes."""

    def __init__(self, service: McpService, body: bytes) -> None:
        super().__init__()
        self._service = service
        self._body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._service.respond(self._body, scope, receive, send)


@router.post("/mcp")
async def speak_mcp(
    _principal: Reader, service: Annotated[McpService, provide(McpService)], request: Request
) -> Response:
    """Streamable HTTP without sessions: a message in, its answer out. The body is read here: its errors are ours."""
    body = await request.body()
    with suppress(JSONDecodeError):  # of which the protocol has an answer of its own
        read_json(body)
    return McpResponse(service, body)
