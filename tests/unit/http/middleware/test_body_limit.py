"""Bodies are bounded by their route before they are read, whatever the headers say, and answered in the envelope."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI, File, Request, UploadFile
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from app.documents.batches import router as batches
from app.domain.tenants import Scope as KeyScope
from app.errors import AppError
from app.http import errors
from app.http.auth import Principal
from app.http.dependencies import PRINCIPAL, Reader, Writer
from app.http.middleware.body_limit import FORM_OVERHEAD, BodyLimit, BodyLimits
from app.http.middleware.body_memory import OF_TENANT
from app.http.route_table import rules_of
from app.main import create_app
from app.settings import Settings

JSON_BYTES, FILE_BYTES, BATCH_BYTES = 1_000, 10_000, 100_000
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n%b\r\n--x--\r\n'


class Question(BaseModel):
    query: str


class _AsKey:
    """Puts the principal of a key that only reads where Authenticate does."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[PRINCIPAL] = Principal("ten_1", "key_1", frozenset({KeyScope.READ}))
        await self._app(scope, receive, send)


def make_app(timeout_s: float = 30.0) -> FastAPI:
    app = FastAPI()
    errors.install(app)
    app.add_middleware(
        BodyLimit, limits=BodyLimits(JSON_BYTES, FILE_BYTES, {"/batches": BATCH_BYTES}, timeout_s=timeout_s)
    )
    app.add_middleware(_AsKey)

    @app.post("/search")
    async def search(question: Question) -> int:
        return len(question.query)

    @app.post("/files")
    async def upload(file: Annotated[UploadFile, File()]) -> int:
        return len(await file.read())

    @app.post("/batches")
    async def batch(request: Request) -> int:
        return sum([len(piece) async for piece in request.stream()])

    @app.post("/read-only")
    async def read(_principal: Reader, file: Annotated[UploadFile, File()]) -> int:
        return len(await file.read())

    @app.post("/written")
    async def write(_principal: Writer, file: Annotated[UploadFile, File()]) -> int:
        return len(await file.read())

    return app


class Pieces:
    """A body that comes bit by bit, and counts what of it was taken."""

    def __init__(self, piece: bytes, count: int, pause_s: float = 0.0) -> None:
        self._piece = piece
        self._count = count
        self._pause_s = pause_s
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self._count):
            await asyncio.sleep(self._pause_s)
            self.taken += len(self._piece)
            yield self._piece


async def post(path: str, content: Any, headers: dict[str, str] | None = None, timeout_s: float = 30) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app(timeout_s)), base_url="http://test") as client:
        return await client.post(path, content=content, headers=headers)


def assert_refused(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["error"]["code"]) == (status, code), response.text


async def test_content_type_does_not_raise_the_limit_of_a_route_that_takes_json() -> None:
    body = Pieces(b"x" * 500, 100)
    assert_refused(await post("/search", body, FORM), 413, "payload_too_large")
    assert body.taken <= JSON_BYTES + 500, "what was read goes no further than the limit"
    assert_refused(await post("/search", b"x" * (JSON_BYTES + 1), FORM), 413, "payload_too_large")


async def test_content_type_does_not_lower_the_limit_of_a_route_that_takes_files() -> None:
    response = await post("/files", b"x" * (JSON_BYTES + 1), {"Content-Type": "application/json"})
    assert response.status_code == 422, "read whole, and then no form"


@pytest.mark.parametrize(("path", "most"), [("/files", FILE_BYTES), ("/batches", BATCH_BYTES)])
async def test_route_with_files_takes_as_much_as_its_own_limit(path: str, most: int) -> None:
    assert (await post(path, PART % (b"x" * most), FORM)).status_code == 200
    body = Pieces(PART[:-9] % (b"x" * 10_000), 100)
    assert_refused(await post(path, body, FORM), 413, "payload_too_large")
    assert body.taken <= most + FORM_OVERHEAD + 11_000


async def test_declared_length_above_the_limit_is_refused_before_anything_is_read() -> None:
    body = Pieces(b"x" * 500, 100)
    assert_refused(await post("/search", body, {"Content-Length": "50000"}), 413, "payload_too_large")
    assert body.taken == 0


async def test_key_without_the_scope_is_refused_before_its_upload_is_read() -> None:
    body = Pieces(b"x" * 500, 10)
    assert_refused(await post("/written", body, FORM), 403, "missing_scope")
    assert body.taken == 0
    assert (await post("/read-only", PART % b"x", FORM)).status_code == 200


async def test_body_that_does_not_come_in_time_is_408() -> None:
    assert_refused(await post("/search", Pieces(b"x", 2, pause_s=0.2), timeout_s=0.05), 408, "request_timeout")


async def test_bytes_that_drip_do_not_put_the_deadline_off() -> None:
    body = Pieces(b"x", 1_000, pause_s=0.02)
    assert_refused(await post("/search", body, timeout_s=0.1), 408, "request_timeout")
    assert body.taken < 100


async def test_time_that_the_service_takes_itself_does_not_count() -> None:
    app = FastAPI()
    app.add_middleware(BodyLimit, limits=BodyLimits(JSON_BYTES, FILE_BYTES, {}, timeout_s=0.1))

    @app.post("/slow")
    async def slow(request: Request) -> int:
        seen = 0
        async for piece in request.stream():
            seen += len(piece)
            await asyncio.sleep(0.06)
        return seen

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        response = await client.post("/slow", content=Pieces(b"x", 4))
    assert (response.status_code, response.json()) == (200, 4)


async def test_refusal_stands_even_if_the_route_swallows_it() -> None:
    app = FastAPI()
    app.add_middleware(BodyLimit, limits=BodyLimits(JSON_BYTES, FILE_BYTES, {}, timeout_s=1))

    @app.post("/deaf")
    async def deaf(request: Request) -> str:
        try:
            await request.body()
        except AppError:
            return "fine"
        return "read"

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        assert_refused(await client.post("/deaf", content=b"x" * (JSON_BYTES + 1)), 413, "payload_too_large")
        assert (await client.post("/deaf", content=b"x")).json() == "read"


def test_only_operations_that_take_files_have_the_larger_limits() -> None:
    settings = Settings(_env_file=None)
    app = create_app(settings)
    limits = BodyLimits(JSON_BYTES, FILE_BYTES, {batches.PATH: BATCH_BYTES}, timeout_s=1)
    rules = rules_of(app.router.routes, limits.bytes_for)
    larger = {(method, pattern) for method, pattern, most in rules if most is not None and most > JSON_BYTES}
    forms = [
        (method.upper(), path)
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    ]
    assert len(forms) == len(larger) > 5
    for method, path in forms:
        assert any(method == other and pattern.match(path) for other, pattern in larger), path


async def test_bodies_that_come_at_once_are_bounded_together_and_given_back() -> None:
    app = FastAPI()
    guard = BodyLimit(app, limits=BodyLimits(JSON_BYTES, FILE_BYTES, {}, timeout_s=30))
    app.add_middleware(_AsKey)

    @app.post("/read")
    async def read(request: Request) -> int:
        return len(await request.body())

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = app
        await guard(scope, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url="http://test") as client:
        slow = [Pieces(b"x" * (JSON_BYTES // 2), 2, pause_s=0.2) for _ in range(20)]
        answers = await asyncio.gather(*(client.post("/read", content=body) for body in slow))
        assert {answer.status_code for answer in answers} == {200, 429}
        assert sum(answer.status_code == 200 for answer in answers) >= OF_TENANT
        assert guard._memory.held_bytes == 0
        assert (await client.post("/read", content=b"x" * JSON_BYTES)).status_code == 200
