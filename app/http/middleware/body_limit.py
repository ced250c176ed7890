"""ASGI middleware that bounds what is read of a request's body: from whom, how much, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.params import File
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError, PayloadTooLarge, RequestTimeout
from app.http.dependencies import PRINCIPAL, Requires, requirements
from app.http.errors import error_response
from app.http.middleware.body_memory import BodyMemory
from app.http.route_table import RouteTable

FORM_OVERHEAD = 64 * 1024  # bytes of multipart headers and small fields beside the file
SLOWEST_BYTES_PER_S = 1024  # of a body as a whole, beyond the time-out


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Bytes of a body by what its route takes, and the time that a client has to send it."""

    json_bytes: int
    file_bytes: int  # of a form with files
    larger: Mapping[str, int]  # of the forms of these paths, instead of `file_bytes`
    timeout_s: float  # for the client to send a body, plus a second for each SLOWEST_BYTES_PER_S

    def bytes_for(self, route: Any) -> int:
        """What the body of a route may have. The request's headers have no say in it."""
        if route.path in self.larger:
            return self.larger[route.path] + FORM_OVERHEAD
        field = getattr(route, "body_field", None)
        takes_files = field is not None and isinstance(field.field_info, File)
        return self.file_bytes + FORM_OVERHEAD if takes_files else self.json_bytes


@dataclass(frozen=True, slots=True)
class _Rule:
    """What holds for the bodies of one route."""

    most_bytes: int
    is_in_memory: bool = True  # files of forms are not: they go to the disk as they come
    requires: tuple[Requires, ...] = ()


class BodyLimit:
    """Refuses a body before it is read, or as soon as it passes a limit.

    A key without the scope that the route wants is refused before, and so is a declared length above the route's
    limit. It stands within Authenticate and around all that reads bodies. What a refusal leaves unread is
    `UnreadBodies`' to end.
    """

    def __init__(self, app: ASGIApp, *, limits: BodyLimits) -> None:
        self._app = app
        self._limits = limits
        self._memory = BodyMemory(limits.json_bytes)
        self._rules = RouteTable(self._rule)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(scope):
            await self._app(scope, receive, send)
            return
        rule = self._rules.find(scope) or _Rule(self._limits.json_bytes)
        try:
            _admit(scope, rule)
        except AppError as fault:
            await error_response(fault)(scope, receive, send)
            return
        principal = scope.get(PRINCIPAL)
        memory = _Held(self._memory, principal.tenant_id if principal is not None else "")
        exchange = _Exchange(receive, send, rule, self._limits.timeout_s, memory)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception:
            if exchange.fault is None or exchange.started:
                raise
        finally:
            memory.give_back()
        if exchange.fault is not None and not exchange.started:
            await error_response(exchange.fault)(scope, receive, send)

    def _rule(self, route: Any) -> _Rule:
        most = self._limits.bytes_for(route)
        return _Rule(most, most <= self._limits.json_bytes, tuple(requirements(route)))


class _Held:
    """The memory of one request's body."""

    def __init__(self, memory: BodyMemory, tenant_id: str) -> None:
        self._memory = memory
        self._tenant_id = tenant_id
        self._bytes = 0

    def take(self, count: int) -> None:
        self._memory.take(self._tenant_id, count)
        self._bytes += count

    def give_back(self) -> None:
        """Without effect the second time."""
        self._memory.give_back(self._tenant_id, self._bytes)
        self._bytes = 0


class _Exchange:
    """One request and its answer: once its body is refused, the answer is the refusal, whatever the route does."""

    def __init__(self, receive: Receive, send: Send, rule: _Rule, timeout_s: float, memory: _Held) -> None:
        self._receive = receive
        self._send = send
        self._rule = rule
        self._memory = memory
        self._timeout_s = timeout_s
        self._seen = 0
        self._waited_s = 0.0
        self._ended = False
        self.started = False  # has the route begun to answer?
        self.fault: AppError | None = None

    async def receive(self) -> Message:
        if self._ended:
            return await self._receive()
        if self.fault is None:
            try:
                return await self._receive_more()
            except AppError as fault:
                self.fault = fault
        if self.started:
            return {"type": "http.disconnect"}
        raise self.fault

    async def send(self, message: Message) -> None:
        if self.fault is not None and not self.started:
            return  # the refusal goes out in its place
        if not self.started:
            self.started = True
            self._memory.give_back()
        await self._send(message)

    async def _receive_more(self) -> Message:
        message = await self._receive_in_time()
        count = len(message.get("body", b""))
        self._seen += count
        if self._seen > self._rule.most_bytes:
            raise _too_large(self._rule.most_bytes)
        if self._rule.is_in_memory:
            self._memory.take(count)
        self._ended = not message.get("more_body", False)
        return message

    async def _receive_in_time(self) -> Message:
        """Raises RequestTimeout. Only the time that the client lets us wait counts."""
        left_s = self._timeout_s + self._seen / SLOWEST_BYTES_PER_S - self._waited_s
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(left_s):
                message = await self._receive()
        except TimeoutError:
            raise RequestTimeout("The body did not come in time; send the request again.", param="body") from None
        self._waited_s += asyncio.get_running_loop().time() - started
        return message


def has_body(scope: Scope) -> bool:
    """Whether a request says that it has a body."""
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or declared_bytes(headers) > 0


def declared_bytes(headers: Headers) -> int:
    """The length that a request says its body has; 0 if it says none."""
    declared = headers.get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdecimal() else 0


def _admit(scope: Scope, rule: _Rule) -> None:
    """Raises Forbidden and PayloadTooLarge."""
    principal = scope.get(PRINCIPAL)
    if principal is not None:
        for required in rule.requires:
            required.check(principal)
    if declared_bytes(Headers(scope=scope)) > rule.most_bytes:
        raise _too_large(rule.most_bytes)


def _too_large(limit: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"The body is larger than {limit:,} bytes.", param="body")
