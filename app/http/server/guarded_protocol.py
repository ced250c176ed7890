"""uvicorn's HTTP/1.1 connection with deadlines for what a client does, and a place among a bounded number."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from app.http.server.connections import Connections

MOST_HEAD_BYTES = 64 * 1024  # of a request's first line and headers
RECEIVED_BYTES = 64 * 1024  # at a time; asyncio's 256 KiB are in memory several times, and parsed in one go


def _refusal(status: int, message: str, kind: str, code: str, *headers: str) -> bytes:
    """A whole answer that closes its connection, for what never becomes a request of the application."""
    error = {"message": message, "type": kind, "param": None, "code": code}
    body = json.dumps({"error": error, "request_id": ""}).encode()
    head = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: application/json",
        "X-Content-Type-Options: nosniff",
        *headers,
        "Connection: close",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


FULL = _refusal(
    503,
    "There are too many connections; close some, or try again.",
    "service_unavailable_error",
    "too_many_connections",
    "Retry-After: 1",
)
UNREADABLE = _refusal(
    400,
    "This is no request that HTTP/1.1 allows; check its first line and headers.",
    "invalid_request_error",
    "bad_request",
)
TOO_LONG = _refusal(
    431,
    f"The request's first line and headers are longer than {MOST_HEAD_BYTES:,} bytes; send less.",
    "invalid_request_error",
    "headers_too_large",
)


class GuardedProtocol(H11Protocol):
    """One connection. It is closed if the head of a request, or the client's reading of an answer, takes too long.

    The time for a body is `BodyLimit`'s, which can still answer; a body that the answer did not wait for ends the
    connection here.
    """

    def __init__(
        self,
        connections: Connections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._connections = connections
        self._head_deadline = _Deadline(self.loop, connections.limits.header_s, self.end)
        self._write_deadline = _Deadline(self.loop, connections.limits.write_s, self._abort)
        self._closed = False

    @property
    def address(self) -> str | None:
        """Of the peer; None: a Unix socket."""
        peer = self.transport.get_extra_info("peername")
        return str(peer[0]) if isinstance(peer, tuple) else None

    def end(self) -> None:
        """Close the connection: at the latest after the time for a client to take what is ready for it."""
        self.transport.close()
        self._await_reader()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        vars(transport)["max_size"] = RECEIVED_BYTES
        if self._connections.admit(self):
            self._head_deadline.start()
        else:
            transport.write(FULL)
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._closed = True
        self._connections.forget(self)
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        self._head_deadline.cancel()
        self._write_deadline.cancel()

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        super().data_received(data)
        self._follow()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Refuse what h11 cannot read; called where its error is handled."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # else an answer is on its way: it ends here
            fault = sys.exception()
            is_too_long = (
                isinstance(fault, h11.RemoteProtocolError)
                and fault.error_status_hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            )
            self.transport.write(TOO_LONG if is_too_long else UNREADABLE)
            self.conn.send_failed()
        self.end()

    def on_response_complete(self) -> None:
        is_body_missing = self.conn.their_state is h11.SEND_BODY  # asked before the next request, if it is here, begins
        super().on_response_complete()
        if is_body_missing:
            self.transport.close()
        if self.transport.is_closing():
            self._await_reader()
        else:
            self._follow()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._await_reader()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._write_deadline.cancel()

    def _follow(self) -> None:
        """Whether the connection now is at work or waits for a request, of which it may have some bytes already."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._head_deadline.cancel()
            self._connections.start_request(self)
            return
        self._connections.end_request(self)
        if self.timeout_keep_alive_task is None:  # which the first byte of the next request cancels
            self._head_deadline.start()

    def _abort(self) -> None:
        self.transport.abort()

    def _await_reader(self) -> None:
        if not self._closed:
            self._write_deadline.start()


class _Deadline:
    """Calls `expire` once when its time is over, unless it is cancelled before."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, expire: Callable[[], None]) -> None:
        self._loop = loop
        self._seconds = seconds
        self._expire = expire
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Without effect while it runs: what a client sends bit by bit does not put it off."""
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._expire)

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
