"""What a service answers while it starts, and what becomes of a start that fails."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.errors import InvalidRequest, Unavailable
from app.http.server.listening import open_listener
from app.http.server.starting import StartingApplication


class Served:
    """An application that starts when `go` is set, behind a real server; `fault` fails its start."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.go = asyncio.Event()
        self.ended = False
        self.fault = fault
        home = Route("/", lambda _request: PlainTextResponse("here"))
        self.application = StartingApplication(Starlette(routes=[home], lifespan=self.lifespan), self.stop)
        self.server = uvicorn.Server(uvicorn.Config(self.application, log_config=None))
        self.listener = open_listener("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        await self.go.wait()
        if self.fault is not None:
            raise self.fault
        yield
        self.ended = True


async def answered(http: httpx.AsyncClient, path: str, wanted: Callable[[httpx.Response], bool]) -> httpx.Response:
    for _ in range(200):
        response = await http.get(path)
        if wanted(response):
            return response
        await asyncio.sleep(0.02)
    raise AssertionError(response.text)


async def test_starting_service_lives_and_refuses_with_the_time_to_come_back() -> None:
    served = Served()
    running = asyncio.create_task(served.server.serve(sockets=[served.listener]))
    async with httpx.AsyncClient(base_url=served.url) as http:
        assert (await http.get("/healthz")).json() == {"status": "ok"}
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        refused = await http.post("/api/v1/chat", json={"message": "When?"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert refused.json()["error"]["code"] == "starting"
        for early in (ready, refused, await http.get("/healthz", headers={"X-Request-Id": "mine"})):
            assert (early.headers["X-Content-Type-Options"], early.headers["Cache-Control"]) == ("nosniff", "no-store")
            assert early.headers["X-Request-Id"]
        assert early.headers["X-Request-Id"] == "mine"
        served.go.set()
        assert (await answered(http, "/", lambda response: response.status_code == 200)).text == "here"
    served.stop()
    await running
    assert served.ended
    assert served.application.failure is None


async def test_start_that_fails_ends_the_server_and_keeps_the_reason() -> None:
    served = Served(Unavailable("The database cannot be reached."))
    served.go.set()
    await asyncio.wait_for(served.server.serve(sockets=[served.listener]), 30)
    assert served.application.failure is served.fault


def test_listener_refuses_a_port_in_use_and_an_address_that_is_none() -> None:
    with open_listener("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(InvalidRequest, match=f"127.0.0.1:{port} cannot be opened .*another process listens there"):
            open_listener("127.0.0.1", port)
    with pytest.raises(InvalidRequest, match="this machine has no such address"):
        open_listener("192.0.2.1", 0)
    with pytest.raises(InvalidRequest, match="the name is unknown"):
        open_listener("no-such-host.invalid", 0)
    with socket.create_server(("127.0.0.1", port)):  # a closed one is free again
        pass
