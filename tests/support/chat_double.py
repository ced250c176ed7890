"""A server that speaks OpenAI's chat completions in this process, one word for each event."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from app.llm.fake import EXPECTED, TURN, WORDS, fake_answer
from tests.support.ports import free_port


@dataclass
class ChatDouble:
    """The server. `faults` are taken one by one, each by one request."""

    port: int
    delay_s: float = 0.0
    key: str = ""
    faults: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def models(self, _: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "small"}]})

    async def completions(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return JSONResponse({"error": {"message": "Incorrect API key"}}, 401)
        fault = self.faults.pop(0) if self.faults else ""
        if fault.isdecimal():
            return JSONResponse({"error": {"message": "no"}}, int(fault))
        return StreamingResponse(self._lines(body, fault), media_type="text/event-stream")

    async def _lines(self, body: dict[str, Any], fault: str) -> AsyncIterator[str]:
        text = fake_answer(TURN.join(["", *(one["content"] for one in body["messages"])]))
        ends = [at for at in (text.find(stop) for stop in body.get("stop", ())) if at >= 0]
        words = WORDS.findall(text[: min(ends, default=len(text))])
        shown = words[: body["max_tokens"]]
        for i, word in enumerate(shown):
            await asyncio.sleep(self.delay_s)
            if fault == "break" and i == 2:
                yield "data: {]\n\n"
            told = {"token": word, "logprob": EXPECTED, "top_logprobs": [{"token": word, "logprob": EXPECTED}]}
            logprobs = {"content": [told]} if body.get("logprobs") else None
            yield _line({"choices": [{"index": 0, "delta": {"content": word}, "logprobs": logprobs}]})
        ended = "length" if len(words) > len(shown) else "stop"
        reason = fault if fault == "content_filter" else ended
        yield _line({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        yield _line({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": len(shown)}})
        yield "data: [DONE]\n\n"


@contextmanager
def chat_double(**fields: Any) -> Iterator[ChatDouble]:
    """The server, listening."""
    double = ChatDouble(free_port(), **fields)
    routes = [
        Route("/v1/models", double.models),
        Route("/v1/chat/completions", double.completions, methods=["POST"]),
    ]
    config = uvicorn.Config(
        Starlette(routes=routes), port=double.port, log_config=None, lifespan="off", timeout_graceful_shutdown=0
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield double
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)


def _line(event: dict[str, Any]) -> str:
    return f"data: {json.dumps(event)}\n\n"
