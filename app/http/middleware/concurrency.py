"""ASGI middleware: what a tenant and a caller have at work at once, by the kind of work, before any thread is used."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from enum import StrEnum

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL
from app.http.errors import error_response
from app.http.middleware.body_limit import has_body
from app.http.middleware.concurrency_limit import Bounds, ConcurrencyLimit, Left
from app.http.scopes import path_of
from app.http.services import registered_services


class Work(StrEnum):
    """Kinds of work whose places are counted apart."""

    READ = "reads"  # of the database
    WRITE = "writes"
    SEARCH = "searches"  # and whatever else keeps a processor busy: embeddings, validation, reports, pages as images
    FETCH = "fetches"  # from a server elsewhere, which may hang
    ANSWER = "answers"  # the generator has a queue of its own
    DOWNLOAD = "downloads"  # of whole files, which slow clients take their time for
    STREAM = "event streams"


HELD = frozenset({Work.ANSWER, Work.DOWNLOAD, Work.STREAM})  # to the end of the answer, others to its beginning

# The first pattern that a request matches, as "METHOD path", says its work; else its method does.
PATTERNS = (
    (
        Work.STREAM,
        r"GET /api/v1/(documents|batches|chat|training/jobs|evaluations|adapters/[^/]+/evaluations)/[^/]+/events",
    ),
    (Work.DOWNLOAD, r"GET (/api/v1/documents/.+/file|/v1/files/[^/]+/content)"),
    (Work.ANSWER, r"POST (/api/v1/chat(/[^/]+/(regenerate|edit))?|/v1/chat/completions|/v1/responses|/mcp)"),
    (Work.FETCH, r"POST /api/v1/documents/from-url"),
    (Work.SEARCH, r"POST (/api/v1/search|/v1/vector_stores/[^/]+/search|/retrieval|/v1/embeddings)"),
    (Work.SEARCH, r"POST /api/v1/documents/[^/]+/summary"),
    (Work.SEARCH, r"POST /api/v1/(evaluations|training/datasets(/[^/]+)?)"),
    (Work.SEARCH, r"POST /api/v1/adapters(/[^/]+/(evaluations|compress|merge))?"),
    (Work.SEARCH, r"GET /api/v1/.+/(report|export|image)"),
    (Work.SEARCH, r"GET /api/v1/(evaluations/[^/]+/comparison/[^/]+|chat/[^/]+/follow-ups)"),
)
# Their bodies are forms that go to the disk as they come: a slow one holds no place meanwhile.
UPLOADS = re.compile(
    r"POST (/api/v1/(documents|batches|evaluations|adapters|adapters/[^/]+/evaluations"
    r"|training/datasets|training/datasets/validate)|/v1/files)"
)
READING = ("GET ", "HEAD ", "OPTIONS ")
_COMPILED = tuple((work, re.compile(pattern)) for work, pattern in PATTERNS)


def work_of(call: str) -> Work:
    """The work that a request asks for; `call`: its method and its path, as "GET /api/v1/documents"."""
    found = next((work for work, pattern in _COMPILED if pattern.fullmatch(call)), None)
    return found or (Work.READ if call.startswith(READING) else Work.WRITE)


class ConcurrencyLimits:
    """The limit of each kind of work in this process."""

    def __init__(self, bounds: Mapping[Work, Bounds]) -> None:
        self._limits = {work: ConcurrencyLimit(bounds[work], work) for work in Work}

    def place(self, work: Work, principal: Principal, left: Left | None = None) -> AbstractAsyncContextManager[None]:
        """Holds a place of this kind of work. `left`, errors: as of `ConcurrencyLimit.place`."""
        return self._limits[work].place(principal.tenant_id, principal.token_id or principal.key_id, left)

    def counts(self) -> Mapping[Work, tuple[int, int]]:
        """How many requests of each kind are at work, and how many wait for a place."""
        return {work: (limit.at_work, limit.waiting) for work, limit in self._limits.items()}

    def limit(self, work: Work) -> ConcurrencyLimit:
        return self._limits[work]


class LimitConcurrency:
    """Holds a place for each authenticated request while it is at work: from the end of its body on.

    Stands within Authenticate. What needs no key, such as health, is not counted and never waits.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        principal: Principal | None = scope.get(PRINCIPAL)
        if principal is None:
            await self._app(scope, receive, send)
            return
        call = f"{scope['method']} {path_of(scope)}"
        work = work_of(call)
        client = _Client(receive)
        place = registered_services(scope["app"]).get(ConcurrencyLimits).place(work, principal, client.left)

        async def send_after_work(message: Message) -> None:
            if work not in HELD:
                await stack.aclose()
            await send(message)

        async with AsyncExitStack() as stack:
            if UPLOADS.fullmatch(call) and has_body(scope):
                receive = _entering_at_end(client.receive, stack, place)
            else:
                receive = client.receive
                try:
                    if has_body(scope):
                        await client.read_body()
                    await stack.enter_async_context(place)
                except AppError as fault:
                    await error_response(fault)(scope, receive, send)
                    return
            await self._app(scope, receive, send_after_work)


class _Client:
    """Reads ahead of the application, which gets what was read later."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read: deque[Message] = deque()

    async def receive(self) -> Message:
        return self._read.popleft() if self._read else await self._receive()

    async def read_body(self) -> None:
        """Read all of it, which is short."""
        while (await self._read_on()).get("more_body", False):
            pass

    async def left(self) -> None:
        """Return when the client has closed its connection. May be cancelled."""
        with suppress(AppError):  # a body of a request that has none is not read
            while (await self._read_on())["type"] != "http.disconnect":
                pass

    async def _read_on(self) -> Message:
        message = await self._receive()
        self._read.append(message)
        return message


def _entering_at_end(receive: Receive, stack: AsyncExitStack, place: AbstractAsyncContextManager[None]) -> Receive:
    """Take the place when the last part of the body has come."""
    entered = False

    async def receive_and_enter() -> Message:
        nonlocal entered
        message = await receive()
        if message["type"] == "http.request" and not message.get("more_body", False) and not entered:
            entered = True
            await stack.enter_async_context(place)
        return message

    return receive_and_enter
