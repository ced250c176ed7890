"""A request whose answer is read as it is sent, and can be left: httpx's own transport waits for all of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

import httpx
from fastapi import FastAPI


class OpenStream:
    """One request to the application in this process, as an async context: leaving it closes the connection."""

    def __init__(self, app: FastAPI, request: httpx.Request) -> None:
        self._app = app
        self._request = request
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._text = ""
        self.status = 0
        self.headers = httpx.Headers()

    async def __aenter__(self) -> Self:
        request = self._request
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.url.path,
            "raw_path": request.url.raw_path,
            "query_string": request.url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("127.0.0.1", 1),
            "server": ("testserver", 80),
        }
        self._inbox.put_nowait({"type": "http.request", "body": request.content, "more_body": False})
        self._task = asyncio.ensure_future(self._app(scope, self._inbox.get, self._sent.put))
        start = await self._sent.get()
        self.status, self.headers = start["status"], httpx.Headers(start["headers"])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._inbox.put_nowait({"type": "http.disconnect"})
        await self._task

    async def event(self) -> dict[str, Any] | None:
        """The next event as {"id", "event", "data"}, comments left out; None at the end."""
        while "\n\n" not in self._text:
            message = await self._sent.get()
            self._text += message["body"].decode()
            if not message.get("more_body"):
                return None
        block, _, self._text = self._text.partition("\n\n")
        if block.startswith(":"):
            return await self.event()
        found: dict[str, Any] = dict(line.split(": ", 1) for line in block.split("\n"))
        return {**found, "data": json.loads(found["data"])}

    async def until(self, name: str) -> list[dict[str, Any]]:
        """The events up to the next one of this name."""
        found: list[dict[str, Any]] = []
        while not found or found[-1]["event"] != name:
            event = await self.event()
            assert event is not None, f"the stream ended without {name}: {found}"
            found.append(event)
        return found


def open_stream(app: FastAPI, client: httpx.AsyncClient, method: str, path: str, **request: Any) -> OpenStream:
    """The request that `client` would make, as an OpenStream."""
    return OpenStream(app, client.build_request(method, path, **request))
