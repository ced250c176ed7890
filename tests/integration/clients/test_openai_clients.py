"""Software that builds on OpenAI's API is pointed at the service and answers with sources: nothing of it is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.integration.clients.conftest import LiveService, run_program

QUOTE = "The museum opens at ten in the morning."


def test_every_call_of_openais_package(live: LiveService) -> None:
    seen = run_program("openai_client.py", live)
    assert len(seen) >= 45
    assert not [name for name, kind in seen.items() if kind == "dict"]


def test_langchain(live: LiveService, openai_clients: Path) -> None:
    seen = run_program("langchain_client.py", live, openai_clients)
    assert QUOTE in seen["sources"]
    assert seen["sources"] == seen["streamed_sources"]
    assert "museum.md" in seen["found"]
    assert seen["answer"] == seen["streamed"] == seen["completion"] == seen["completion_streamed"]
    assert QUOTE in seen["answer"]
    assert seen["dimensions"] == 256


def test_llamaindex(live: LiveService, openai_clients: Path) -> None:
    seen = run_program("llamaindex_client.py", live, openai_clients)
    assert QUOTE in seen["sources"]
    assert QUOTE in seen["answer"]
    assert seen["answer"] == seen["streamed"]


def test_open_webui(live: LiveService) -> None:
    """It lists the models, streams with fields of its own, and reads lines of data; titles are the base model's."""
    headers = {"Authorization": f"Bearer {live.key}", "HTTP-Referer": "http://localhost:8080", "X-Title": "Open WebUI"}
    with httpx.Client(base_url=f"{live.url}/v1", headers=headers, timeout=60) as http:
        models = http.get("/models").raise_for_status().json()["data"]
        assert {"loracle", "loracle-base"} <= {model["id"] for model in models}
        body: dict[str, Any] = {
            "model": "loracle",
            "messages": [{"role": "user", "content": "When does the museum open?"}],
            "stream": True,
            "stream_options": {"include_usage": True},
            "user": {"id": "1", "name": "Ana", "email": "ana@example.org", "role": "user"},
            "chat_id": "c1",
            "session_id": "s1",
            "features": {"web_search": False},
            "params": {},
            "tool_servers": [],
            "variables": {"{{USER_NAME}}": "Ana"},
            "metadata": {"task": None},
        }
        with http.stream("POST", "/chat/completions", json=body) as answer:
            lines = [line.removeprefix("data: ") for line in answer.iter_lines() if line.startswith("data: ")]
        assert lines[-1] == "[DONE]"
        chunks = [json.loads(line) for line in lines[:-1]]
        text = "".join(one["choices"][0]["delta"].get("content") or "" for one in chunks if one["choices"])
        assert QUOTE in text
        assert chunks[-1]["usage"]["total_tokens"] > 0
        task = {**body, "model": "loracle-base", "stream": False, "max_completion_tokens": 20, "temperature": 0.1}
        title = http.post("/chat/completions", json=task).raise_for_status().json()
        assert title["choices"][0]["message"]["content"]
