"""Everyday questions over HTTP: asked of a tenant's documents through the chat, apart from its own conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.chat.service import ChatService, Question
from app.domain.conversations import ChatAnswer
from app.errors import DeadlineExceeded
from tests.integration.api.test_evaluations import MUSEUM, evaluate, finished, jsonl
from tests.support.files import adapter_upload
from tests.support.service import Service

CONVERSATIONS = [
    {
        "id": "opening",
        "kind": "followup",
        "turns": ["How much do adults pay?", "When does the harbour museum open in the morning?"],
        "answerable": True,
        "must": [["at ten", "re:\\b10\\b"]],
        "cite": [["opens at ten"]],
    },
    {"id": "whales", "kind": "far", "turns": ["How many kidneys do blue whales possess?"], "answerable": False},
]


@pytest.fixture
async def museum(service: Service) -> Service:
    await service.take_in(service.acme, "museum.txt", MUSEUM)
    return service


async def test_everyday_questions_are_asked_through_the_chat(museum: Service) -> None:
    turn = (await museum.acme.post("/api/v1/chat", json={"message": "When does it open?"})).json()
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*CONVERSATIONS)))
    assert (found["status"], found["error"]) == ("succeeded", None)
    scores = found["scores"]["layers"]["everyday"]
    assert (scores["n"], scores["failed"]) == (2, 0)
    assert scores["useful"]["mean"] == scores["right_citation"]["mean"] == scores["verified_right"]["mean"] == 1.0
    assert scores["kinds"]["far"]["right_refusal"]["mean"] == 1.0
    rows = (await museum.acme.get(f"/api/v1/evaluations/{found['id']}/results")).json()["data"]
    figures = {row["case_id"]: row["figures"] for row in rows}
    assert [one["question"] for one in figures["opening"]["turns"]] == CONVERSATIONS[0]["turns"]
    assert figures["opening"]["turns"][1]["sent"]["citations"][0]["verified"]
    far = (await museum.acme.get(f"/api/v1/evaluations/{found['id']}/results", params={"kind": "far"})).json()
    assert ([row["case_id"] for row in far["data"]], far["total"]) == (["whales"], 1)
    page = await museum.acme.get(f"/api/v1/evaluations/{found['id']}/report")
    assert "Each question, wrong ones first" in page.text
    listed = (await museum.acme.get("/api/v1/conversations")).json()["data"]
    assert [one["id"] for one in listed] == [turn["conversation_id"]]  # those of the evaluation are gone


async def test_no_list_shows_conversations_while_an_evaluation_runs(
    museum: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, listed = museum.runtime.storage, list[int]()
    keep = ChatService.answer

    async def watching(self: ChatService, tenant_id: str, question: Question) -> ChatAnswer:
        answer = await keep(self, tenant_id, question)
        with store.db.read_tenant(tenant_id) as tenant:
            assert tenant.conversations.turns(answer.conversation_id).data
            listed.append(len(tenant.conversations.page().data))
        return answer

    monkeypatch.setattr(ChatService, "answer", watching)
    await finished(museum.acme, await evaluate(museum.acme, jsonl(*CONVERSATIONS)))
    assert listed == [0, 0, 0]


async def test_conversations_left_by_a_crash_go_with_the_evaluation(museum: Service) -> None:
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*CONVERSATIONS)))
    with museum.runtime.storage.db.write_tenant(museum.acme_id) as store:
        left = store.conversations.create("When?", evaluation_id=found["id"]).id
    assert (await museum.acme.get(f"/api/v1/conversations/{left}")).status_code == 200
    assert (await museum.acme.delete(f"/api/v1/evaluations/{found['id']}")).status_code == 200
    assert (await museum.acme.get(f"/api/v1/conversations/{left}")).status_code == 404


async def test_everyday_question_that_fails_is_named_and_others_go_on(
    museum: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = ChatService.answer

    async def failing(self: ChatService, tenant_id: str, question: Question) -> ChatAnswer:
        if "whales" in question.message:
            raise DeadlineExceeded("The answer did not finish in time.")
        return await keep(self, tenant_id, question)

    monkeypatch.setattr(ChatService, "answer", failing)
    found = await finished(museum.acme, await evaluate(museum.acme, jsonl(*CONVERSATIONS)))
    assert found["status"] == "succeeded"
    assert found["scores"]["overall"]["failed"] == 1
    assert found["scores"]["layers"]["everyday"]["kinds"]["far"]["right_refusal"]["mean"] == 0.0
    wrong = (await museum.acme.get(f"/api/v1/evaluations/{found['id']}/results", params={"wrong": True})).json()
    assert [(one["case_id"], one["figures"]["error"]["code"]) for one in wrong["data"]] == [
        ("whales", "deadline_exceeded")
    ]
    page = await museum.acme.get(f"/api/v1/evaluations/{found['id']}/report")
    assert "deadline_exceeded: The answer did not finish in time." in page.text


async def test_bad_everyday_questions_are_refused_with_their_lines(museum: Service) -> None:
    bad = [
        CONVERSATIONS[0],
        {**CONVERSATIONS[0], "id": "b", "must": [["re:("]]},
        {**CONVERSATIONS[1], "turns": []},
        {**CONVERSATIONS[1], "id": "d", "answer": "x"},
    ]
    response = await evaluate(museum.acme, jsonl(*bad))
    assert response.status_code == 422
    message = response.json()["error"]["message"]
    for expected in ("line 2: must has no valid regular", "line 3: turns must be", "line 4: has the unknown field"):
        assert expected in message
    many = jsonl(*({**CONVERSATIONS[0], "id": str(i)} for i in range(501)))
    assert "1002 turns; an evaluation takes at most 1000" in (await evaluate(museum.acme, many)).text


async def test_everyday_questions_do_not_evaluate_an_adapter(museum: Service, tmp_path: Path) -> None:
    made = await museum.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert made.status_code == 201, made.text
    files = {"cases": ("mine.jsonl", jsonl(*CONVERSATIONS))}
    response = await museum.acme.post("/api/v1/adapters/style/evaluations", files=files)
    assert response.status_code == 422
    assert "line 1: has turns" in response.json()["error"]["message"]
