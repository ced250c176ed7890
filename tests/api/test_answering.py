"""A tenant's own way of being answered over HTTP: preamble in the prompt, passages by the chosen representation."""

from __future__ import annotations

import pytest

from app.answering import compose
from app.retrieval.retrieve import Mode, Ranking, Retriever
from tests.conftest import Service

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
    }
    assert (await museum.acme.patch("/api/v1/answering", json={"preamble": "Be brief."})).status_code == 200
    changed = (await museum.acme.patch("/api/v1/answering", json={"representation": "tfidf"})).json()
    assert (changed["preamble"], changed["representation"]) == ("Be brief.", "tfidf")
    assert (await museum.other.get("/api/v1/answering")).json()["preamble"] == ""
    assert (await museum.acme.patch("/api/v1/answering", json={"representation": "magic"})).status_code == 422
    assert (await museum.acme.patch("/api/v1/answering", json={"preamble": "x" * 2001})).status_code == 422


async def test_preamble_stands_in_the_prompt(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    build = compose.build_prompt
    monkeypatch.setattr(compose, "build_prompt", lambda *a, **k: seen.append(k["preamble"]) or build(*a, **k))
    await museum.acme.patch("/api/v1/answering", json={"preamble": "Be brief."})
    await museum.acme.post("/api/v1/chat", json=QUESTION)
    assert seen == ["Be brief."]


@pytest.mark.parametrize(
    ("representation", "mode", "scoring"),
    [("euclidean", "dense", "bm25"), ("bm25", "lexical", "bm25"), ("tfidf", "lexical", "tfidf")],
)
async def test_chat_answers_by_the_chosen_representation(
    museum: Service, monkeypatch: pytest.MonkeyPatch, representation: str, mode: Mode, scoring: str
) -> None:
    seen: list[Ranking] = []
    search = Retriever.search

    def watched(self: Retriever, *arguments: object, **options: object) -> object:
        seen.append(options["ranking"])  # type: ignore[arg-type]
        return search(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Retriever, "search", watched)
    await museum.acme.patch("/api/v1/answering", json={"representation": representation})
    answer = (await museum.acme.post("/api/v1/chat", json=QUESTION)).json()
    assert not answer["refused"]
    assert "at ten" in answer["answer"]
    assert [(one.mode, one.scoring) for one in seen] == [(mode, scoring)]
