"""A server that speaks vLLM's API in this process: completions, adapters, health, restarts and faults.

It answers with FakeGenerator's answer, one token for each character. An adapter's answer begins with its folder's name.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from app.llm.fake import EXPECTED, UNEXPECTED, CodePointTokenizer, fake_answer

TOKENIZER = CodePointTokenizer()
REFUSALS = {
    "busy": (503, "The server is overloaded"),
    "refuse": (400, "top_p must be in (0, 1]"),
    "fail": (500, "CUDA error"),
}
Chunk = dict[str, Any]


@dataclass
class VllmDouble:
    """One replica. Change its fields while it runs; `faults` are taken one by one, each by one completion."""

    root: str = "/models/base"
    name: str = "base"
    max_model_len: int = 20_000
    key: str = ""
    delay_s: float = 0.0  # before each token
    healthy: bool = True
    faults: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)  # bodies of completions
    loads: list[str] = field(default_factory=list)
    unloads: list[str] = field(default_factory=list)
    adapters: dict[str, str] = field(default_factory=dict)  # name -> folder
    running: int = 0
    most_adapters: int = 0  # that ran at once
    port: int = 0
    load_s: float = 0.0
    load_fault: str = ""
    encode: Callable[[str], list[int]] = TOKENIZER.encode

    def __post_init__(self) -> None:
        self._active: list[str] = []
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> VllmDouble:
        """Listen, on the same port as before. What it had loaded is forgotten."""
        self.adapters.clear()
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(self._app(), log_config=None, lifespan="off", timeout_graceful_shutdown=0)
        self._server = server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
        self._thread.start()
        while not server.started:
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """Drop every connection, as a killed process does."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)
            self._server = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def answer(self, prompt: list[int], model: str) -> list[int]:
        """The tokens that it generates."""
        prefix = f"{Path(self.adapters[model]).name} " if model != self.name else ""
        return TOKENIZER.encode(prefix + fake_answer(TOKENIZER.decode(prompt)))

    def _app(self) -> Starlette:
        routes = [
            Route("/health", self._health),
            Route("/v1/models", self._models),
            Route("/tokenize", self._tokenize, methods=["POST"]),
            Route("/v1/completions", self._completions, methods=["POST"]),
            Route("/v1/load_lora_adapter", self._load, methods=["POST"]),
            Route("/v1/unload_lora_adapter", self._unload, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _health(self, _: Request) -> Response:
        return Response(status_code=200 if self.healthy else 503)

    async def _models(self, request: Request) -> Response:
        base = {"id": self.name, "root": self.root, "parent": None, "max_model_len": self.max_model_len}
        adapters = [{"id": name, "root": path, "parent": self.name} for name, path in self.adapters.items()]
        return self._checked(request) or JSONResponse({"object": "list", "data": [base, *adapters]})

    async def _tokenize(self, request: Request) -> Response:
        body = await request.json()
        return JSONResponse({"tokens": self.encode(body["prompt"])})

    async def _load(self, request: Request) -> Response:
        body = await request.json()
        name, path = body["lora_name"], body["lora_path"]
        self.loads.append(name)
        await asyncio.sleep(self.load_s)
        if self.load_fault:
            return _error(500, self.load_fault)
        if name in self.adapters:
            return _error(400, f"The lora adapter '{name}' has already been loaded. If you want to ...")
        if not Path(path).is_dir():
            return _error(404, f"Loading lora {name} failed: No adapter found for {path}")
        self.adapters[name] = path
        return Response(f"Success: LoRA adapter '{name}' added successfully.")

    async def _unload(self, request: Request) -> Response:
        name = (await request.json())["lora_name"]
        self.unloads.append(name)
        if self.adapters.pop(name, None) is None:
            return _error(404, f"The lora adapter '{name}' cannot be found.")
        return Response(f"Success: LoRA adapter '{name}' removed successfully.")

    async def _completions(self, request: Request) -> Response:
        if (refused := self._checked(request)) is not None:
            return refused
        body = await request.json()
        self.requests.append(body)
        fault = self.faults.pop(0) if self.faults else ""
        if fault in REFUSALS:
            return _error(*REFUSALS[fault])
        if body["model"] != self.name and body["model"] not in self.adapters:
            return _error(404, f"The model `{body['model']}` does not exist.")
        if not body.get("stream"):
            return await self._score(body)
        return StreamingResponse(self._lines(body, fault), media_type="text/event-stream")

    async def _score(self, body: dict[str, Any]) -> Response:
        await asyncio.sleep(self.delay_s)
        choices = []
        for index, prompt in enumerate(body["prompt"]):
            expected = self._next(prompt, body["model"])
            told = {f"token_id:{one}": EXPECTED if one == expected else UNEXPECTED for one in body["logprob_token_ids"]}
            choices.append({"index": index, "text": "x", "logprobs": {"top_logprobs": [told]}})
        return JSONResponse({"model": body["model"], "choices": choices})

    def _next(self, prompt: list[int], model: str) -> int | None:
        """The next token of its own answer that the prompt may end with the beginning of; None: it does not."""
        for start in range(max(1, len(prompt) - 200), len(prompt) + 1):
            told = self.answer(prompt[:start], model)
            begun = prompt[start:]
            if len(begun) < len(told) and told[: len(begun)] == begun:
                return told[len(begun)]
        return None

    async def _lines(self, body: dict[str, Any], fault: str) -> AsyncIterator[str]:
        self.running += 1
        self._active.append(body["model"])
        self.most_adapters = max(self.most_adapters, len({one for one in self._active if one != self.name}))
        try:
            async for chunk in self._chunks(body, fault):
                yield f"data: {chunk if isinstance(chunk, str) else json.dumps(chunk)}\n\n"
        finally:
            self.running -= 1
            self._active.remove(body["model"])

    async def _chunks(self, body: dict[str, Any], fault: str) -> AsyncIterator[Chunk | str]:
        if fault == "hang":
            await asyncio.sleep(3600)
        prompt, model = body["prompt"], "another" if fault == "model" else body["model"]
        tokens = self.answer(prompt, body["model"])
        text = TOKENIZER.decode(tokens)
        ends = [at for at in (text.find(stop) for stop in body["stop"]) if at >= 0]
        stop = min(ends, default=len(tokens))
        count = min(stop, body["max_tokens"])
        reason = "stop" if count == stop else "length"
        first: Chunk = {"prompt_token_ids": [*prompt[:-1], 7] if fault == "prompt" else prompt}
        for i, token in enumerate(tokens[:count]):
            await asyncio.sleep(self.delay_s)
            if fault == "break" and i == 3:
                raise RuntimeError("killed")
            if fault == "garbage" and i == 0:
                yield "<html>502 Bad Gateway</html>"
            if fault == "late garbage" and i == 3:
                yield "{]"
            last = i == count - 1
            piece = chr(token)
            choice = {
                "index": 0,
                "text": None if fault == "text" else piece,
                "token_ids": [token],
                "finish_reason": reason if last else None,
                "logprobs": _logprobs(piece, body.get("logprobs")),
                **(first if i == 0 else {}),
            }
            yield {"model": model, "choices": [choice], "usage": None}
        if not count:
            yield {"model": model, "choices": [{"index": 0, "text": "", "token_ids": [], "finish_reason": reason}]}
        if fault == "cut":
            return
        counted = count + 1 if fault == "usage" else count
        usage = {"prompt_tokens": len(prompt), "completion_tokens": counted}
        yield {"model": model, "choices": [], "usage": usage}
        yield "[DONE]"

    def _checked(self, request: Request) -> Response | None:
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return JSONResponse({"error": "Unauthorized"}, 401)
        return None


@contextmanager
def vllm_doubles(count: int = 1, **fields: Any) -> Iterator[list[VllmDouble]]:
    """Replicas of the same base, listening."""
    doubles = [VllmDouble(**fields).start() for _ in range(count)]
    try:
        yield doubles
    finally:
        for one in doubles:
            with contextlib.suppress(RuntimeError):
                one.stop()


def _logprobs(token: str, top: int | None) -> dict[str, Any] | None:
    if top is None:
        return None
    return {"tokens": [token], "token_logprobs": [EXPECTED], "top_logprobs": [{token: EXPECTED, "~": UNEXPECTED}]}


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": {"message": message, "type": "Error", "code": status}}, status)
