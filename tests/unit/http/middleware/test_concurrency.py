"""Which work a request asks for, and that the patterns name operations that there are."""

from __future__ import annotations

import asyncio
import re
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive

from app.http.dependencies import PRINCIPAL
from app.http.middleware import concurrency
from app.http.middleware.concurrency import (
    LARGE_ANSWER,
    PATTERNS,
    UPLOADS,
    ConcurrencyLimits,
    LimitConcurrency,
    Work,
    work_of,
)
from app.http.middleware.concurrency_limit import Bounds
from app.main import create_app
from app.settings import Settings

WORK = {
    "GET /api/v1/documents": Work.READ,
    "HEAD /api/v1/documents": Work.READ,
    "GET /api/v1/documents/doc_1/chunks": Work.READ,
    "GET /v1/fine_tuning/jobs/job_1/events": Work.READ,  # a list
    "DELETE /api/v1/documents/doc_1": Work.WRITE,
    "POST /api/v1/documents": Work.WRITE,
    "POST /api/v1/chat/turn_1/stop": Work.WRITE,
    "GET /api/v1/documents/doc_1/events": Work.STREAM,
    "GET /api/v1/training/jobs/trn_1/events": Work.STREAM,
    "POST /api/v1/documents/from-url": Work.FETCH,
    "POST /api/v1/search": Work.SEARCH,
    "POST /v1/vector_stores/vs_1/search": Work.SEARCH,
    "POST /api/v1/training/datasets/validate": Work.SEARCH,
    "GET /api/v1/documents/doc_1/pages/3/image": Work.SEARCH,
    "GET /api/v1/documents/doc_1/file": Work.DOWNLOAD,
    "POST /api/v1/chat": Work.ANSWER,
    "POST /api/v1/chat/turn_1/edit": Work.ANSWER,
    "POST /v1/chat/completions": Work.ANSWER,
    "POST /mcp": Work.ANSWER,
}


@pytest.mark.parametrize("call", WORK)
def test_work_follows_method_and_path(call: str) -> None:
    assert work_of(call) == WORK[call]


def test_every_pattern_names_operations_and_every_form_is_an_upload() -> None:
    paths = create_app(Settings(_env_file=None)).openapi()["paths"]
    operations = {
        f"{method.upper()} {re.sub('{[^}]+}', 'x', path)}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
    for _, pattern in PATTERNS:
        assert any(re.fullmatch(pattern, call) for call in operations), pattern
    forms = {
        call
        for call, operation in operations.items()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    }
    assert forms == {call for call in operations if UPLOADS.fullmatch(call)}


@pytest.mark.parametrize(("size", "held"), [(LARGE_ANSWER, 0), (LARGE_ANSWER + 1, 1)])
async def test_a_large_answer_keeps_its_place_until_its_client_has_it(
    size: int, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = ConcurrencyLimits(dict.fromkeys(Work, Bounds(2, 2, 2)))
    monkeypatch.setattr(concurrency, "registered_services", lambda _: SimpleNamespace(get=lambda _: limits))
    reading, read = asyncio.Event(), asyncio.Event()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            reading.set()
            await read.wait()

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/api/v1/documents",
        "headers": [],
        "app": None,
        PRINCIPAL: SimpleNamespace(tenant_id="ten_1", token_id=None, key_id="key_1"),
    }
    answering = asyncio.ensure_future(LimitConcurrency(Response(b"x" * size))(scope, asyncio.Future, send))
    await reading.wait()
    assert limits.limit(Work.READ).at_work == held
    read.set()
    await answering
    assert limits.limit(Work.READ).at_work == 0


async def test_a_body_in_many_parts_is_given_on_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = ConcurrencyLimits(dict.fromkeys(Work, Bounds(2, 2, 2)))
    monkeypatch.setattr(concurrency, "registered_services", lambda _: SimpleNamespace(get=lambda _: limits))
    parts = [{"type": "http.request", "body": b"x", "more_body": number < 999} for number in range(1000)]
    seen: list[Message] = []

    async def app(_: Any, receive: Receive, __: Any) -> None:
        seen.append(await receive())

    async def receive() -> Message:
        return parts.pop(0)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/search",
        "headers": [(b"transfer-encoding", b"chunked")],
        "app": None,
        PRINCIPAL: SimpleNamespace(tenant_id="ten_1", token_id=None, key_id="key_1"),
    }
    await LimitConcurrency(app)(scope, receive, asyncio.Future)
    assert seen == [{"type": "http.request", "body": b"x" * 1000, "more_body": False}]
