"""A tenant's own way of being answered over HTTP: preamble in the prompt, passages by the chosen representation."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator

import pytest

from app.llm.base import Delta, GenerationRequest
from app.llm.fake import FakeGenerator
from tests.support.service import Service

QUESTION = {"message": "When does the harbour museum open in the morning?"}


@pytest.fixture
async def museum(service: Service) -> Service:
    await service.take_in(service.acme, "museum.txt", b"The harbour museum opens at ten in the morning.")
    return service


async def test_settings_stay_until_they_are_changed(museum: Service) -> None:
    assert (await museum.acme.get("/api/v1/answering")).json() == {
        "object": "answering",
        "preamble": "",
        "representation": "hybrid",
        "refusal_threshold": None,
        "calibration": {},
        "judging": "model",
        "answerable_threshold": None,
        "questions": [],
    }
    assert (await museum.acme.patch("/api/v1/answering", json={"preamble": "Be brief."})).status_code == 200
    changed = (await museum.acme.patch("/api/v1/answering", json={"representation": "tfidf"})).json()
    assert (changed["preamble"], changed["representation"]) == ("Be brief.", "tfidf")
    assert (await museum.other.get("/api/v1/answering")).json()["preamble"] == ""
    assert (await museum.acme.patch("/api/v1/answering", json={"representation": "magic"})).status_code == 422
    assert (await museum.acme.patch("/api/v1/answering", json={"preamble": "x" * 2001})).status_code == 422


async def test_opening_questions_are_read_by_tokens_and_are_few(museum: Service) -> None:
    questions = ["When does it open?", "What does a ticket cost?"]
    assert (await museum.acme.patch("/api/v1/answering", json={"questions": questions})).status_code == 200
    token = (await museum.acme.post("/api/v1/tokens", json={"user": "ana"})).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    read = (await museum.nobody.get("/api/v1/answering/questions", headers=headers)).json()
    assert read == {"object": "opening_questions", "questions": questions}
    assert (await museum.other.get("/api/v1/answering/questions")).json()["questions"] == []
    for wrong in (["x"] * 7, ["x" * 201], [""]):
        assert (await museum.acme.patch("/api/v1/answering", json={"questions": wrong})).status_code == 422


async def test_preamble_stands_in_the_prompt(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts: list[str] = []
    stream = FakeGenerator.stream

    def recorded(self: FakeGenerator, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        prompts.append(self.tokenizer.decode(request.prompt))
        return stream(self, request)

    monkeypatch.setattr(FakeGenerator, "stream", recorded)
    await museum.acme.post("/api/v1/chat", json=QUESTION)
    await museum.acme.patch("/api/v1/answering", json={"preamble": "Be brief."})
    await museum.acme.post("/api/v1/chat", json=QUESTION)
    assert ["Be brief." in prompt for prompt in prompts] == [False, True]


SEARCHES = {
    "hybrid": {},
    "euclidean": {"mode": "dense"},
    "bm25": {"mode": "lexical"},
    "tfidf": {"mode": "lexical", "scoring": "tfidf"},
    "word_vectors": {"mode": "dense", "space": "word_vectors"},
}


@pytest.mark.parametrize("representation", SEARCHES)
async def test_chat_answers_by_the_chosen_representation(museum: Service, representation: str) -> None:
    await museum.take_in(museum.acme, "tower.txt", b"The old tower opens at nine. The harbour is near, and a museum.")
    await museum.acme.patch("/api/v1/answering", json={"representation": representation})
    answer = (await museum.acme.post("/api/v1/chat", json=QUESTION)).json()
    assert not answer["refused"]
    assert "at ten" in answer["answer"]
    used = await scores_in_chat(museum)
    found = {name: await scores_in_search(museum, fields) for name, fields in SEARCHES.items()}
    assert [name for name, scores in found.items() if scores == used] == [representation]


async def scores_in_chat(museum: Service) -> dict[str, float]:
    """Scores of the passages that a chat finds, by file name."""
    sent = (await museum.acme.post("/api/v1/chat", json={**QUESTION, "stream": True})).text
    data = sent.partition("event: retrieval\ndata: ")[2].partition("\n")[0]
    return {passage["filename"]: passage["score"] for passage in json.loads(data)["passages"]}


async def scores_in_search(museum: Service, fields: dict[str, str]) -> dict[str, float]:
    found = await museum.acme.post("/api/v1/search", json={"query": QUESTION["message"], **fields})
    return {passage["filename"]: passage["score"] for passage in found.json()["data"]}


async def test_word_vectors_follow_what_is_added_and_deleted(museum: Service) -> None:
    await museum.acme.patch("/api/v1/answering", json={"representation": "word_vectors"})
    ask = {"query": "krill whales eat", "mode": "dense", "space": "word_vectors"}

    async def found() -> list[str]:
        return [hit["filename"] for hit in (await museum.acme.post("/api/v1/search", json=ask)).json()["data"]]

    assert await found() == ["museum.txt"]
    whales = await museum.take_in(museum.acme, "whales.txt", b"Whales eat krill in cold water.")
    assert await found() == ["whales.txt", "museum.txt"]
    assert (await museum.acme.delete(f"/api/v1/documents/{whales['id']}")).status_code == 200
    assert await found() == ["museum.txt"]
    assert (await museum.other.post("/api/v1/search", json=ask)).json()["data"] == []


async def test_word_vectors_are_refused_where_there_are_none(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(museum.runtime.retriever.dense, "_open_word_vectors", lambda: None)
    refused = await museum.acme.patch("/api/v1/answering", json={"representation": "word_vectors"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no_word_vectors")
    assert (await museum.acme.get("/api/v1/answering")).json()["representation"] == "hybrid"


@pytest.mark.parametrize("mode", ["lexical", "hybrid"])
@pytest.mark.parametrize("diversity", [0.0, 0.7])
async def test_a_query_that_finds_nothing_finds_nothing(museum: Service, mode: str, diversity: float) -> None:
    ask = {"query": "zzyzx qwrtk", "mode": mode, "diversity": diversity}
    response = await museum.other.post("/api/v1/search", json=ask)
    assert (response.status_code, response.json()["data"]) == (200, [])
