"""The tools as the official SDK serves them: over streamable HTTP, without sessions, as plain JSON.

Importing the SDK takes a second and 40 MB, so `service` imports this module when the first client comes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

import structlog
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app import __version__
from app.errors import AppError
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.disconnect import unless_disconnected
from app.mcp_server.tools import Tool
from app.storage.visibility import seeing

log = structlog.get_logger(__name__)
CRASHED = "Something went wrong inside the service; it is in its log."
INSTRUCTIONS = (
    "Loracle answers questions from the documents of its user and cites the exact passages. Use `ask` for an answer "
    "with citations, `search` for passages, `read_document` for more of a document's text."
)


def mcp_app(tools: Sequence[Tool], *, max_body_bytes: int) -> ASGIApp:
    """The protocol over these tools. A request's scope holds its principal."""
    by_name = {tool.name: tool for tool in tools}

    async def list_tools(
        _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_declared(tool) for tool in tools])

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            message = f"There is no tool {params.name[:80]!r}; there are {', '.join(by_name)}."
            raise MCPError(code=types.INVALID_PARAMS, message=message)
        request = cast("Request", context.request)  # over HTTP there always is one
        return await _call(tool, request, params.arguments or {})

    server: Server[Any] = Server(
        "loracle",
        version=__version__,
        title="Loracle",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # Without sessions a manager holds nothing between requests; one for each needs no task of the lifespan.
        manager = StreamableHTTPSessionManager(
            server, json_response=True, stateless=True, max_request_body_size=max_body_bytes
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    return app


async def _call(tool: Tool, request: Request, arguments: dict[str, Any]) -> types.CallToolResult:
    """What the model should see and can mend is a result, marked as an error."""
    try:
        wanted = tool.arguments.model_validate(arguments)
        result = await unless_disconnected(request, _run(tool, request, wanted))
    except ValidationError as fault:
        first = fault.errors()[0]
        return _failed(f"{'.'.join(map(str, first['loc'])) or 'arguments'}: {first['msg']}.")
    except AppError as fault:
        return _failed(fault.message)
    except Exception as fault:  # the SDK would send the text of the exception
        log.exception("tool_crashed", tool=tool.name, error=type(fault).__name__)
        raise MCPError(code=types.INTERNAL_ERROR, message=CRASHED) from None
    if result is None:
        return _failed("The client went away.")
    content = result.model_dump(mode="json")
    text = types.TextContent(type="text", text=json.dumps(content, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=content)


async def _run(tool: Tool, request: Request, wanted: Any) -> Any:
    principal: Principal = request.scope[PRINCIPAL]
    with seeing(principal.visibility):  # whatever task the SDK runs this in
        return await tool.run(principal, wanted)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)


def _declared(tool: Tool) -> types.Tool:
    hints = types.ToolAnnotations(
        read_only_hint=tool.read_only, destructive_hint=False, idempotent_hint=tool.read_only, open_world_hint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.result.model_json_schema(mode="serialization"),
        annotations=hints,
    )
