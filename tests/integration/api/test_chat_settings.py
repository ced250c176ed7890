"""A tenant's own way of being answered over HTTP: preamble in the prompt, passages by the chosen representation."""

from __future__ import annotations

import pytest

from app.chat.steps import generate as compose
from app.search.retriever import Mode, Ranking, Retriever
from app.search.retrievers import Space
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
    ("representation", "mode", "scoring", "space"),
    [
        ("euclidean", "dense", "bm25", "embeddings"),
        ("bm25", "lexical", "bm25", "embeddings"),
        ("tfidf", "lexical", "tfidf", "embeddings"),
        ("word_vectors", "dense", "bm25", "word_vectors"),
    ],
)
async def test_chat_answers_by_the_chosen_representation(
    museum: Service, monkeypatch: pytest.MonkeyPatch, representation: str, mode: Mode, scoring: str, space: Space
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
    assert [(one.mode, one.scoring, one.space) for one in seen] == [(mode, scoring, space)]


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
    monkeypatch.setattr(museum.runtime.retriever.dense, "_words", None)
    refused = await museum.acme.patch("/api/v1/answering", json={"representation": "word_vectors"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no_word_vectors")
    assert (await museum.acme.get("/api/v1/answering")).json()["representation"] == "hybrid"


@pytest.mark.parametrize("mode", ["lexical", "hybrid"])
@pytest.mark.parametrize("diversity", [0.0, 0.7])
async def test_a_query_that_finds_nothing_finds_nothing(museum: Service, mode: str, diversity: float) -> None:
    ask = {"query": "zzyzx qwrtk", "mode": mode, "diversity": diversity}
    response = await museum.other.post("/api/v1/search", json=ask)
    assert (response.status_code, response.json()["data"]) == (200, [])
