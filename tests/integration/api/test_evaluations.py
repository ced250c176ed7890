"""A tenant's own questions over HTTP: asked of its documents, scored, compared; feedback that becomes cases."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import httpx
import pytest

from app.domain.evaluations import Evaluation
from app.evaluations.records import CaseResult
from app.storage.sql.repositories.evaluations import Evaluations
from tests.support.service import Service

MUSEUM = b"The harbour museum opens at ten in the morning.\n\nIt was built in 1874 by Ida Lindqvist."
QUESTIONS = [
    {"id": "hours", "question": "When does the harbour museum open in the morning?", "answers": ["at ten"]},
    {"id": "builder", "question": "Who built the harbour museum in 1874?", "answers": ["Ida Lindqvist"]},
    {"id": "whales", "question": "How many kidneys do blue whales possess?", "answerable": False},
    {
        "id": "given",
        "question": "What do whales eat in winter?",
        "answers": ["krill"],
        "gold_passage": "Whales eat krill in winter.",
        "distractors": ["The treaty of 1648 ended the war."],
    },
]


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.fixture
async def museum(service: Service) -> Service:
    await service.take_in(service.acme, "museum.txt", MUSEUM)
    return service


async def finished(client: httpx.AsyncClient, response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 202, response.text
    for _ in range(600):
        found = (await client.get(f"/api/v1/evaluations/{response.json()['id']}")).json()
        if found["status"] in {"succeeded", "failed"}:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def evaluate(client: httpx.AsyncClient, content: bytes, **data: str) -> httpx.Response:
    return await client.post("/api/v1/evaluations", files={"cases": ("mine.jsonl", content)}, data=data)


async def test_own_questions_are_asked_of_own_documents(museum: Service) -> None:
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*QUESTIONS)))
    assert (found["status"], found["progress"], found["error"]) == ("succeeded", 1.0, None)
    documents = found["scores"]["parts"]["documents/mine"]
    assert documents["n"] == 3
    assert documents["found"]["mean"] == 1.0
    assert documents["balanced_accuracy"] == 1.0
    assert documents["citation_validity"] == 1.0
    assert found["scores"]["parts"]["noise/mine"]["contains"]["mean"] == 1.0
    results = (await museum.acme.get(f"/api/v1/evaluations/{found['id']}/results", params={"limit": 2})).json()
    assert results["has_more"]
    rest = (
        await museum.acme.get(f"/api/v1/evaluations/{found['id']}/results", params={"after": results["last_id"]})
    ).json()
    ids = [(row["part"], row["case_id"]) for row in results["data"] + rest["data"]]
    assert len(set(ids)) == len(ids) == 3 + 1 + 1 + 2
    page = await museum.acme.get(f"/api/v1/evaluations/{found['id']}/report")
    assert "Risk and coverage" in page.text
    assert [one["id"] for one in (await museum.acme.get("/api/v1/evaluations")).json()["data"]] == [found["id"]]


async def test_two_evaluations_are_compared_case_by_case(museum: Service) -> None:
    first = await finished(museum.acme, await evaluate(museum.acme, jsonl(*QUESTIONS)))
    await museum.take_in(museum.acme, "museum.txt", b"Nothing about it any more.")
    second = await finished(museum.acme, await evaluate(museum.acme, jsonl(*QUESTIONS)))
    url = f"/api/v1/evaluations/{first['id']}/comparison/{second['id']}"
    comparison = (await museum.acme.get(url)).json()
    compared = comparison["differences"]
    assert compared["documents/mine"]["found"]["mean"] == -1.0
    assert compared["noise/mine"]["f1"]["mean"] == 0.0
    changed = {(one["part"], one["case_id"]): one["better"] for one in comparison["changes"]}
    assert changed == {("documents/mine", "hours"): False}
    wrong = (await museum.acme.get(f"/api/v1/evaluations/{second['id']}/results", params={"wrong": True})).json()
    assert set(changed) <= {(one["part"], one["case_id"]) for one in wrong["data"]}
    right = (await museum.acme.get(f"/api/v1/evaluations/{first['id']}/results", params={"wrong": True})).json()
    assert not set(changed) & {(one["part"], one["case_id"]) for one in right["data"]}


async def test_evaluation_that_was_cut_off_goes_on(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    keep = Evaluations.add_result

    def failing(self: Evaluations, evaluation_id: str, part: str, case_id: str, *rest: Any) -> None:
        asked.append(case_id)
        if len(asked) == 2:
            raise RuntimeError("the power fails")
        keep(self, evaluation_id, part, case_id, *rest)

    monkeypatch.setattr(Evaluations, "add_result", failing)
    monkeypatch.setattr("app.storage.sql.retry_backoff.FIRST_BACKOFF_S", 0.0)
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*QUESTIONS[:3])))
    assert found["status"] == "succeeded"
    assert found["scores"]["parts"]["documents/mine"]["n"] == 3
    assert asked.count(asked[0]) == 1  # what was kept before is not asked again


async def test_many_questions_of_one_tenant_hold_up_no_other_and_none_is_asked_twice(museum: Service) -> None:
    """The evaluation gives way after a slice of its questions, waits for its next turn and goes on where it stood."""
    many = [{"id": f"q{i}", "question": f"What do whales eat in year {i}?", "answerable": False} for i in range(80)]
    asked: Counter[str] = Counter()
    runner = museum.runtime.evaluation_runner
    record = runner._record

    def counted(evaluation: Evaluation, part: str, result: CaseResult, progress: float) -> None:
        asked[f"{evaluation.id}/{part}/{result['id']}"] += 1
        record(evaluation, part, result, progress)

    runner._record = counted
    first = await evaluate(museum.acme, jsonl(*many))
    for _ in range(600):
        if asked:
            break
        await asyncio.sleep(0.01)
    second = await finished(museum.other, await evaluate(museum.other, jsonl(QUESTIONS[2])))
    assert second["status"] == "succeeded"
    between = (await museum.acme.get(f"/api/v1/evaluations/{first.json()['id']}")).json()
    assert between["status"] == "running"
    assert between["progress"] < 1
    found = await finished(museum.acme, first)
    assert (found["status"], found["error"]) == ("succeeded", None)
    assert {part: scores["n"] for part, scores in found["scores"]["parts"].items()}["documents/mine"] == 80
    assert max(asked.values()) == 1


async def test_bad_questions_are_refused_with_their_lines(museum: Service) -> None:
    broken = await evaluate(museum.acme, jsonl(QUESTIONS[0], {"question": "Why?"}))
    assert broken.status_code == 422
    assert "line 2: has neither answers nor answerable" in broken.json()["error"]["message"]
    assert (await evaluate(museum.acme, b"\xff\xfe")).status_code == 422
    assert (await museum.acme.post("/api/v1/evaluations")).status_code == 422
    assert (await evaluate(museum.acme, jsonl(*QUESTIONS), adapter="missing")).status_code == 404
    many = jsonl(*({**QUESTIONS[0], "id": str(i)} for i in range(1001)))
    assert "at most 1000" in (await evaluate(museum.acme, many)).json()["error"]["message"]


async def test_other_tenant_sees_no_evaluation(museum: Service) -> None:
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*QUESTIONS[:1])))
    url = f"/api/v1/evaluations/{found['id']}"
    for path in (url, f"{url}/results", f"{url}/report", f"{url}/comparison/{found['id']}"):
        assert (await museum.other.get(path)).status_code == 404, path
    assert (await museum.other.delete(url)).status_code == 404
    assert (await museum.acme.delete(url)).status_code == 200
    assert (await museum.acme.get(url)).status_code == 404


async def test_feedback_becomes_cases_and_they_an_evaluation(museum: Service) -> None:
    none = await museum.acme.post("/api/v1/evaluations", data={"source": "feedback"})
    assert "corrected answers" in none.json()["error"]["message"]

    async def rated(question: str, rating: str, **more: str) -> None:
        turn = (await museum.acme.post("/api/v1/chat", json={"message": question})).json()
        said = await museum.acme.post("/api/v1/feedback", json={"turn_id": turn["id"], "rating": rating, **more})
        assert said.status_code == 201

    await rated("When does the harbour museum open in the morning?", "down", corrected_answer="at nine")
    await rated("When does the harbour museum open in the morning?", "down", corrected_answer="at ten")
    await rated("Who built the harbour museum in 1874?", "down")
    await rated("How many kidneys do blue whales possess?", "up")
    exported = await museum.acme.get("/api/v1/feedback/cases")
    cases = [json.loads(line) for line in exported.text.splitlines()]
    assert [(case.get("answers"), case.get("answerable")) for case in cases] == [(None, False), (["at ten"], None)]
    assert (await museum.other.get("/api/v1/feedback/cases")).text == ""
    found = await finished(museum.acme, await museum.acme.post("/api/v1/evaluations", data={"source": "feedback"}))
    assert found["scores"]["parts"]["documents/feedback"]["contains"]["mean"] == 1.0
