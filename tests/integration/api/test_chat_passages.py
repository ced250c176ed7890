"""One way to find passages and build a prompt: what measures chat, or learns from it, is asked as chat asks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.evaluations.calibrate import measure_confidences
from app.evaluations.cases import parse_cases
from app.llm.base import Delta, GenerationRequest
from app.llm.fake import CodePointTokenizer, FakeGenerator
from app.training.examples import Example, RowRules, render
from app.training.rows import Row, read_rows
from app.training.synthetic_data import SyntheticDataGenerator
from tests.support.files import adapter_upload
from tests.support.service import Service

PREAMBLE = "You are the porter of the museum. Answer formally."
FIRST = "When does the harbour museum open in the morning?"
FOLLOW_UP = "And when does it close?"
CASE = {"id": "closing", "question": FOLLOW_UP, "earlier": [FIRST], "answers": ["at six"]}
FILLER = " ".join(f"Room {number} shows nets, anchors, charts and other things of the sea." for number in range(40))
DOCUMENTS = {
    "hours.txt": f"The harbour museum opens at ten in the morning. It closes at six in the evening. {FILLER}",
    "tickets.txt": f"A ticket for the harbour museum costs twelve euros. {FILLER} The desk does close at five.",
    "tower.txt": "The tower opens in the morning, too. The tower closes at nine.",
    "whales.txt": "Whales eat krill in the cold water of winter.",
}


@dataclass
class Prompts:
    """The token ids of every prompt that the generator was asked with, by request id."""

    asked: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)

    def without_question(self, request_id: str) -> str:
        """The chat prompt of a request up to its question: instructions, preamble, passages.

        Chat shows the model the earlier turn with its answer; a case has only the earlier question.
        """
        return self.one(request_id).partition("Question: ")[0]

    def one(self, request_id: str) -> str:
        """The only chat prompt of a request, as text."""
        texts = {"".join(map(chr, ids)) for ids in self.asked[request_id]}
        (text,) = {text for text in texts if text.startswith("\0")}
        return text


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> Prompts:
    seen = Prompts()
    stream = FakeGenerator.stream

    async def recorded(self: FakeGenerator, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        seen.asked.setdefault(request.request_id, []).append(tuple(request.prompt))
        async for delta in stream(self, request):
            yield delta

    monkeypatch.setattr(FakeGenerator, "stream", recorded)
    return seen


@pytest.fixture(params=["bm25", "word_vectors"])
async def museum(service: Service, request: pytest.FixtureRequest) -> Service:
    """A tenant with a preamble and a representation other than the default."""
    for name, text in DOCUMENTS.items():
        assert (await service.take_in(service.acme, name, text.encode()))["status"] == "ready"
    own = {"preamble": PREAMBLE, "representation": request.param}
    assert (await service.acme.patch("/api/v1/answering", json=own)).status_code == 200
    return service


@pytest.fixture
async def turn(museum: Service, prompts: Prompts) -> dict[str, Any]:
    """A follow-up question that chat answered."""
    first = (await museum.acme.post("/api/v1/chat", json={"message": FIRST})).json()
    body = {"message": FOLLOW_UP, "conversation_id": first["conversation_id"]}
    response = await museum.acme.post("/api/v1/chat", json=body, headers={"X-Request-ID": "chat-turn"})
    turn: dict[str, Any] = response.json()
    assert not turn["refused"]
    assert PREAMBLE in prompts.one("chat-turn")
    assert turn["question"] != FOLLOW_UP
    return turn


async def ended(service: Service, url: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = (await service.acme.get(url)).json()
        if found["status"] not in {"queued", "running"}:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def test_tenants_evaluation_asks_what_chat_asks(museum: Service, prompts: Prompts, turn: dict[str, Any]) -> None:
    files = {"cases": ("mine.jsonl", json.dumps(CASE).encode())}
    response = await museum.acme.post("/api/v1/evaluations", files=files)
    found = await ended(museum, f"/api/v1/evaluations/{response.json()['id']}")
    assert found["status"] == "succeeded", found
    assert prompts.without_question("eval-closing") == prompts.without_question("chat-turn")
    assert prompts.one("eval-closing").endswith(f"Question: {turn['question']}")


async def test_gate_asks_what_chat_asks(
    museum: Service, prompts: Prompts, turn: dict[str, Any], tmp_path: Path
) -> None:
    uploaded = await museum.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, 1), data={"name": "style"})
    files = {"cases": ("cases.jsonl", json.dumps(CASE).encode())}
    url = "/api/v1/adapters/style/evaluations"
    response = await museum.acme.post(url, files=files, data={"version": uploaded.json()["version"]})
    found = await ended(museum, f"{url}/{response.json()['id']}")
    assert found["status"] == "succeeded", found
    assert prompts.without_question(found["id"]) == prompts.without_question("chat-turn")
    assert prompts.one(found["id"]).endswith(f"Question: {turn['question']}")


async def test_row_of_feedback_holds_the_passages_of_the_answer(
    museum: Service, prompts: Prompts, turn: dict[str, Any]
) -> None:
    await museum.acme.post("/api/v1/feedback", json={"turn_id": turn["id"], "rating": "up"})
    runtime = museum.runtime
    tokenizer = CodePointTokenizer()  # tokens are characters
    rules = RowRules(tokenizer, "", max_tokens=8000, generated_max_tokens=8000)
    generator = SyntheticDataGenerator(runtime.storage.db, runtime.retriever, runtime.chat_settings, rules, top_k=4)
    (line,) = generator.from_feedback(museum.acme_id).lines
    row = json.loads(line)
    body = "".join(f"[{number}] {text}\n\n" for number, text in enumerate(row["context"], 1))
    assert prompts.without_question("chat-turn").rpartition("\0")[2] == body
    assert row["question"] == turn["question"]
    (parsed,) = read_rows([line])
    assert isinstance(parsed, Row)
    example = render(parsed, tokenizer, end_id=0, max_tokens=8000, preamble=PREAMBLE)
    assert isinstance(example, Example)
    learned = "".join(map(chr, example.prompt))
    assert learned == f"{prompts.without_question('chat-turn')}Question: {turn['question']}"


async def test_calibration_measures_the_confidence_that_decides_in_chat(museum: Service, turn: dict[str, Any]) -> None:
    files = {"cases": ("mine.jsonl", json.dumps(CASE).encode())}
    response = await museum.acme.post("/api/v1/evaluations", files=files)
    evaluation = await ended(museum, f"/api/v1/evaluations/{response.json()['id']}")
    runtime = museum.runtime
    with runtime.storage.db.read_tenant(museum.acme_id) as store:
        (row,) = store.evaluations.rows(evaluation["id"])["documents/mine"]
    sure, answerable = measure_confidences(
        runtime.retriever, runtime.chat_settings.profile(museum.acme_id), parse_cases(json.dumps(CASE)), top_k=4
    )
    assert answerable == [True, False]
    assert round(sure[0], 6) == row["confidence"]
