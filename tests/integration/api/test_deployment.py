"""What answers, and how each version does, over HTTP."""

from __future__ import annotations

from pathlib import Path

from tests.integration.api.test_adapters import WHY, upload
from tests.integration.api.test_evaluations import evaluate, finished, jsonl
from tests.support.files import MUSEUM
from tests.support.service import Service

QUESTION = {"message": "When does the museum open?"}


async def test_answers_are_counted_by_the_version_that_gave_them(service: Service, tmp_path: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    adapter = await upload(service, tmp_path)
    await service.acme.post("/api/v1/chat", json=QUESTION)
    before = (await service.acme.get("/api/v1/deployment")).json()
    assert (before["active"], before["canary"]) == (None, None)
    assert [(one["adapter"], one["answers"]) for one in before["answers"]] == [(None, 1)]
    await service.acme.post("/api/v1/adapters/style/canary", json={"share": 1, **WHY})
    questions = (QUESTION, {"message": "How many kidneys do blue whales possess?"})
    turns = [(await service.acme.post("/api/v1/chat", json=question)).json() for question in questions]
    for turn, rating in zip(turns, ("up", "down"), strict=True):
        await service.acme.post("/api/v1/feedback", json={"turn_id": turn["id"], "rating": rating})
    now = (await service.acme.get("/api/v1/deployment")).json()
    assert (now["canary"]["share"], now["canary"]["adapter"]["id"]) == (1, adapter["id"])
    assert now["since"] == now["canary"]["created_at"]
    (tried,) = now["answers"]  # the answer from before does not count
    refused = sum(turn["refused"] for turn in turns)
    assert (tried["adapter"], tried["answers"], tried["refused"]) == (adapter["id"], 2, refused)
    assert (tried["up"], tried["down"]) == (1, 1)
    assert tried["seconds"] > 0
    assert (await service.other.get("/api/v1/deployment")).json()["answers"] == []


async def test_answers_to_an_evaluation_do_not_count(service: Service) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    questions = jsonl({"turns": ["When does the museum open?"], "answerable": True, "must": [["at ten"]]})
    await finished(service.acme, await evaluate(service.acme, questions))
    assert (await service.acme.get("/api/v1/deployment")).json()["answers"] == []
