"""Connections over real sockets: deadlines, room for others, and refusals that cost no connection."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.bootstrap.http_server import build_server
from app.http import errors
from app.http.middleware.body_limit import BodyLimit, BodyLimits
from app.http.middleware.crash_guard import CrashGuard
from app.http.middleware.framing import Framing
from app.http.middleware.unread_bodies import UnreadBodies
from app.http.server.draining_server import DrainingServer
from app.http.server.listening import open_listener
from app.settings import Settings
from tests.support.ports import free_port

MOST_BYTES = 100_000  # of a body that is waited for
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n"
CONTEXT: ContextVar[str] = ContextVar("context")
LONG_S = 20.0  # a deadline that no test waits for


class OwnContext:
    """Leaves a mark in the context of each request, as middleware does that narrows what a request sees."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["found"] = CONTEXT.get("")
        CONTEXT.set(scope["path"])
        await self._app(scope, receive, send)


def make_app(body_timeout_s: float) -> FastAPI:
    app = FastAPI()
    errors.install(app)
    app.add_middleware(BodyLimit, limits=BodyLimits(MOST_BYTES, MOST_BYTES, {}, body_timeout_s))
    app.add_middleware(CrashGuard)
    app.add_middleware(Framing)
    app.add_middleware(UnreadBodies, most_bytes=MOST_BYTES, timeout_s=body_timeout_s)
    app.add_middleware(OwnContext)

    @app.get("/healthz")
    async def health() -> str:
        return "ok"

    @app.post("/refused")
    async def refuse() -> JSONResponse:
        return JSONResponse({"code": "rate_limited"}, 429)

    @app.post("/read")
    async def read(request: Request) -> int:
        return len(await request.body())

    @app.post("/crash")
    async def crash() -> None:
        raise RuntimeError("on fire")

    @app.get("/context")
    async def context(request: Request) -> str:
        return str(request.scope["found"])

    @app.get("/endless")
    async def endless() -> StreamingResponse:
        def pieces() -> Iterator[bytes]:
            while True:
                yield b"x" * 65_536

        return StreamingResponse(pieces())

    return app


@contextmanager
def server(**settings: Any) -> Iterator[tuple[DrainingServer, Callable[[], socket.socket]]]:
    """A server on loopback with these settings, and what connects to it."""
    deadlines = dict.fromkeys(("header_timeout_s", "body_timeout_s", "write_timeout_s", "idle_timeout_s"), LONG_S)
    chosen = Settings(_env_file=None, port=free_port(), drain_s=1, **{**deadlines, **settings})
    running = build_server(make_app(chosen.body_timeout_s), chosen, dict, lifespan="off")
    thread = threading.Thread(target=running.run)
    thread.start()
    with ExitStack() as stack:

        def connect() -> socket.socket:
            return stack.enter_context(socket.create_connection(("127.0.0.1", chosen.port), timeout=10))

        try:
            while not running.started:
                time.sleep(0.01)
            yield running, connect
        finally:
            stack.close()
            running.should_exit = True
            thread.join(10)


def answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one answer that has a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        assert piece, f"closed after {data!r}"
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(65_536)
    return int(lines[0].split()[1]), headers, body


def ask(connection: socket.socket) -> int:
    connection.sendall(WHOLE)
    return answer(connection)[0]


def post(path: str, length: int, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: t", f"Content-Length: {length}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def is_closed(connection: socket.socket) -> bool:
    """Waits until the server has closed the connection, without having said anything."""
    return connection.recv(1) == b""


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTT", b"GET /healthz HTTP/1.1\r\nHost: t\r\n"])
def test_head_that_does_not_come_ends_the_connection(sent: bytes) -> None:
    with server(header_timeout_s=0.1) as (running, connect):
        connection = connect()
        connection.sendall(sent)
        assert is_closed(connection)
        assert len(running.connections) == 0


def test_head_that_drips_ends_the_connection_on_a_used_one_too() -> None:
    with server(header_timeout_s=0.2) as (_, connect):
        connection = connect()
        assert ask(connection) == 200
        with pytest.raises(OSError, match=r"reset|[Bb]roken pipe"):
            for byte in b"GET /healthz HTTP/1.1\r\n" + b"X: y\r\n" * 1000:
                connection.sendall(bytes([byte]))
                time.sleep(0.01)


def test_idle_connection_ends_after_its_own_time() -> None:
    with server(idle_timeout_s=1, header_timeout_s=0.1) as (_, connect):
        connection = connect()
        assert ask(connection) == 200
        time.sleep(0.3)
        assert ask(connection) == 200, "the time for a head does not run before its first byte"
        assert is_closed(connection)


def test_body_that_does_not_come_is_408_and_ends_the_connection() -> None:
    with server(body_timeout_s=0.1) as (_, connect):
        connection = connect()
        connection.sendall(post("/read", 100) + b"x" * 10)
        status, headers, body = answer(connection)
        assert (status, json.loads(body)["error"]["code"]) == (408, "request_timeout")
        assert headers["connection"] == "close"
        assert is_closed(connection)


def test_client_that_takes_nothing_of_its_answer_is_cut_off() -> None:
    with server(write_timeout_s=0.3) as (running, connect):
        connect().sendall(b"GET /endless HTTP/1.1\r\nHost: t\r\n\r\n")
        deadline = time.monotonic() + 10
        while len(running.connections) or running.server_state.tasks:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_silent_connections_give_way_to_those_that_ask() -> None:
    with server(max_connections=20) as (running, connect):
        established = connect()
        assert ask(established) == 200
        silent = [connect() for _ in range(60)]
        assert ask(connect()) == 200
        assert ask(established) == 200
        assert is_closed(silent[0])
        assert len(running.connections) <= 20


def test_connection_above_the_limit_of_its_address_is_told_so() -> None:
    with server(max_connections_per_address=2, trusted_proxies=[]) as (_, connect):
        kept = [connect() for _ in range(2)]
        assert [ask(connection) for connection in kept] == [200, 200]
        status, headers, body = answer(connect())
        assert (status, json.loads(body)["error"]["code"]) == (503, "too_many_connections")
        assert (headers["connection"], headers["retry-after"]) == ("close", "1")
        assert [ask(connection) for connection in kept] == [200, 200]


@pytest.mark.parametrize("length", [0, 10, MOST_BYTES - 1])
def test_refused_request_keeps_its_connection_whether_its_body_was_sent_or_comes_late(length: int) -> None:
    with server() as (_, connect):
        connection = connect()
        for late in (False, True, False):
            connection.sendall(post("/refused", length) + (b"" if late else b"x" * length))
            status, headers, _ = answer(connection)
            assert (status, "connection" in headers) == (429, False)
            if late:
                connection.sendall(b"x" * length)
        assert ask(connection) == 200


def test_refused_request_with_a_chunked_body_keeps_its_connection() -> None:
    with server() as (_, connect):
        connection = connect()
        head = b"POST /refused HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"5\r\nabcde\r\n")
        assert answer(connection)[0] == 429
        connection.sendall(b"5\r\nabcde\r\n0\r\n\r\n")
        assert ask(connection) == 200


def test_crash_keeps_its_connection() -> None:
    with server() as (_, connect):
        connection = connect()
        for _ in range(2):
            connection.sendall(post("/crash", 10) + b"x" * 10)
            status, headers, _ = answer(connection)
            assert (status, "connection" in headers) == (500, False)
        assert ask(connection) == 200


def test_client_that_is_refused_a_long_body_reads_its_answer_while_it_sends() -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(post("/refused", 10 * MOST_BYTES))
        connection.sendall(b"x" * MOST_BYTES)
        status, headers, _ = answer(connection)
        assert (status, headers["connection"]) == (413, "close")
        assert is_closed(connection)


def test_client_that_waits_to_be_told_to_go_on_is_told_to_close() -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(post("/refused", 10, "Expect: 100-continue"))
        status, headers, _ = answer(connection)
        assert (status, headers["connection"]) == (429, "close")


def test_body_that_a_refusal_waits_for_in_vain_ends_the_connection() -> None:
    with server(body_timeout_s=0.1) as (_, connect):
        connection = connect()
        connection.sendall(post("/refused", 10))
        assert answer(connection)[0] == 429
        assert is_closed(connection)


def test_chunked_body_above_the_limit_is_413_and_not_read_on() -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(b"POST /read HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
        connection.sendall(chunk * (MOST_BYTES // 0x2000 + 1))
        status, headers, _ = answer(connection)
        assert (status, headers["connection"]) == (413, "close")
        with pytest.raises(OSError, match=r"reset|[Bb]roken pipe|timed out"):
            while True:
                connection.sendall(chunk * 100)


def test_listener_of_serve_sends_answers_without_delay() -> None:
    with open_listener("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        with accepted:
            assert (accepted.proto, client.proto) == (socket.IPPROTO_TCP, socket.IPPROTO_TCP)


async def test_signal_in_the_midst_of_a_request_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = build_server(make_app(LONG_S), Settings(_env_file=None, port=free_port()), dict, lifespan="off")
    found: list[str] = []
    monkeypatch.setattr(asked, "_loop", asyncio.get_running_loop())
    monkeypatch.setattr(asked, "stop", lambda _signal: found.append(CONTEXT.get("")))
    CONTEXT.set("a request")
    asked.handle_exit(signal.SIGTERM, None)
    await asyncio.sleep(0)
    assert found == [""]


def test_pipelined_request_begins_in_a_context_of_its_own() -> None:
    with server() as (_, connect):
        connection = connect()
        last = WHOLE.replace(b"/healthz", b"/context").replace(b"Host: t", b"Host: t\r\nConnection: close")
        connection.sendall(WHOLE + last)
        answers = b""
        while piece := connection.recv(65_536):  # both may come in one
            answers += piece
        assert answers.count(b"HTTP/1.1 200 OK") == 2
        assert answers.endswith(b'""')


@pytest.mark.parametrize("target", [b"http://t/healthz", b"HTTPS://other:8443/healthz", b"http://t/healthz?a=http://b"])
def test_target_with_a_host_is_its_path(target: bytes) -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(WHOLE.replace(b"/healthz", target))
        assert answer(connection)[0] == 200
        connection.sendall(WHOLE.replace(b"/healthz", b"http://healthz"))
        assert answer(connection)[0] == 404


def test_body_with_two_ends_is_refused_and_what_follows_is_not_read() -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(post("/read", 5, "Transfer-Encoding: chunked") + b"0\r\n\r\n" + WHOLE)
        status, headers, body = answer(connection)
        assert (status, headers["connection"], json.loads(body)["error"]["code"]) == (400, "close", "ambiguous_length")
        assert is_closed(connection)


@pytest.mark.parametrize(("coding", "status"), [("gzip", 415), ("identity", 200), ("gzip, identity", 415)])
def test_body_in_another_coding_is_refused_and_keeps_its_connection(coding: str, status: int) -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(post("/read", 2, f"Content-Encoding: {coding}") + b"{}")
        answered, headers, _ = answer(connection)
        assert (answered, headers.get("accept-encoding")) == (status, "identity" if status == 415 else None)
        assert ask(connection) == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"GET /healthz\r\n\r\n", 400, "bad_request"),
        (b"\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n", 400, "bad_request"),
        (b"GET /healthz HTTP/1.1\r\n\r\n", 400, "bad_request"),
        (WHOLE[:-2] + b"X-Long: " + b"a" * 150_000, 431, "headers_too_large"),
    ],
)
def test_what_is_no_request_gets_the_envelope(sent: bytes, status: int, code: str) -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(sent)
        answered, headers, body = answer(connection)
        assert (answered, headers["connection"], json.loads(body)["error"]["code"]) == (status, "close", code)


def test_long_head_is_read_however_it_is_cut_into_pieces() -> None:
    head = WHOLE[:-2] + b"Cookie: " + b"a" * 40_000 + b"\r\n\r\n"
    with server() as (_, connect):
        connection = connect()
        for size in (len(head), 10_000):
            for start in range(0, len(head), size):
                connection.sendall(head[start : start + size])
                time.sleep(0.02)
            assert answer(connection)[0] == 200


def test_broken_chunk_behind_an_answer_ends_the_connection_without_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    with server() as (_, connect):
        connection = connect()
        connection.sendall(b"POST /refused HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n")
        assert answer(connection)[0] == 429
        connection.sendall(b"no chunk\r\n")
        assert is_closed(connection)
    assert not [record for record in caplog.records if record.exc_info]
