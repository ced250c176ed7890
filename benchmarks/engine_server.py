"""The engine behind the one HTTP call that peers also have: POST /v1/chat/completions, streamed. For benchmarks only.

    python -m benchmarks.engine_server --port 8100 --adapters FOLDER

`model` is the name of a folder under --adapters, or "base".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from app.bootstrap.models import load_model, quiet_libraries
from app.engine.build import EngineLimits
from app.llm.base import AdapterRef, GenerationRequest, Message, Sampling
from app.llm.engine_backend import LocalGenerator
from app.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--adapters", type=Path, required=True)
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    generator = LocalGenerator(
        load_model(settings),
        limits=EngineLimits(settings.context_tokens, settings.kv_cache_bytes, settings.adapter_cache_bytes),
        queue_size=256,
        tenant_queue_size=256,
        end_ids=frozenset(),  # every answer has its full length, as the peers are asked to ignore the end
    )
    uvicorn.run(create_server(generator, arguments.adapters), port=arguments.port, log_level="warning")


def create_server(generator: LocalGenerator, adapters: Path) -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    def health() -> dict[str, bool]:
        return {"ready": generator.ready()}

    @app.get("/figures")
    def figures() -> dict[str, Any]:
        return generator.describe()

    @app.post("/v1/chat/completions")
    async def completions(request: Request) -> StreamingResponse:
        body = await request.json()
        messages = [Message(one["role"], one["content"]) for one in body["messages"]]
        name = body["model"]
        tenant = body.get("user", name)
        folder = adapters / name
        asked = GenerationRequest(
            request_id="bench",
            tenant_id=tenant,
            prompt=tuple(generator.tokenizer.chat(messages)),
            adapter=None if name == "base" else AdapterRef(tenant, name, name, str(folder)),
            sampling=Sampling(max_tokens=body["max_tokens"]),
        )
        return StreamingResponse(_events(generator, asked), media_type="text/event-stream")

    return app


async def _events(generator: LocalGenerator, asked: GenerationRequest) -> AsyncIterator[str]:
    async for delta in generator.stream(asked):
        usage = {"prompt_tokens": len(asked.prompt), "completion_tokens": delta.tokens}
        yield "data: " + json.dumps({"choices": [{"delta": {"content": delta.text}}], "usage": usage}) + "\n\n"
    yield "data: [DONE]\n\n"


if __name__ == "__main__":
    main()
