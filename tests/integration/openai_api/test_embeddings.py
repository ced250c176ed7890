"""Embeddings, called with OpenAI's own package: their form, their order, their limits."""

from __future__ import annotations

import asyncio
import base64
import math
import time
from typing import Any

import numpy as np
import openai
import pytest

from app.deadline import Deadline, current_deadline
from app.openai_api.embeddings.service import BATCH
from app.settings import Settings
from tests.support.service import Service

MODEL = "loracle-embeddings"
TEXTS = [f"Passage number {number} about boats." for number in range(40)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Places for more requests at once than the embedder takes of one tenant."""
    return settings.model_copy(update={"concurrent_searches": 16})


async def embed(client: openai.AsyncOpenAI, texts: Any, **more: Any) -> Any:
    return await client.embeddings.create(**{"model": MODEL, "input": texts, **more})


async def test_texts_have_the_services_vectors_in_their_order(museum: Service, acme: openai.AsyncOpenAI) -> None:
    done = await embed(acme, TEXTS)
    wanted = museum.runtime.embedder.embed_passages(TEXTS)
    assert (done.object, done.model) == ("list", MODEL)
    assert [one.index for one in done.data] == list(range(len(TEXTS)))
    assert np.allclose([one.embedding for one in done.data], wanted)
    (one,) = (await embed(acme, TEXTS[7])).data
    assert np.allclose(one.embedding, wanted[7])
    assert math.isclose(sum(value * value for value in one.embedding), 1, rel_tol=1e-4)


async def test_floats_and_base64_are_the_same_vector(museum: Service, acme: openai.AsyncOpenAI) -> None:
    floats = (await embed(acme, TEXTS[0], encoding_format="float")).data[0].embedding
    body = {"model": MODEL, "input": TEXTS[0], "encoding_format": "base64"}
    raw = (await museum.acme.post("/v1/embeddings", json=body)).json()["data"][0]["embedding"]
    assert np.frombuffer(base64.b64decode(raw), "<f4").tolist() == floats


async def test_usage_counts_the_tokens_of_all_texts(museum: Service, acme: openai.AsyncOpenAI) -> None:
    usage = (await embed(acme, TEXTS[:2])).usage
    wanted = sum(len(museum.runtime.embedder.token_spans(text)) for text in TEXTS[:2])
    assert usage.prompt_tokens == usage.total_tokens == wanted > 0


async def test_questions_are_embedded_as_questions(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = museum.runtime.embedder
    monkeypatch.setattr(embedder, "embed_queries", lambda texts: -embedder.embed_passages(texts))
    passage = (await embed(acme, TEXTS[0])).data[0].embedding
    query = (await embed(acme, TEXTS[0], extra_body={"input_type": "query"})).data[0].embedding
    assert query == [-value for value in passage]


@pytest.mark.parametrize(
    ("param", "more"),
    [
        ("input", {"input": [1, 2, 3]}),
        ("input", {"input": [[1, 2], [3]]}),
        ("input", {"input": ["a text", ""]}),
        ("input", {"input": []}),
        ("input", {"input": ["a\x00b"]}),
        ("input", {"input": "word " * 50_000}),
        ("dimensions", {"dimensions": 7}),
    ],
)
async def test_what_cannot_be_embedded_is_an_error(acme: openai.AsyncOpenAI, param: str, more: dict[str, Any]) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as found:
        await embed(acme, **{"texts": "a text", **more})
    assert found.value.param.startswith(param)


async def test_unknown_model_is_told_the_right_one(acme: openai.AsyncOpenAI) -> None:
    for model in ("text-embedding-3-small", "loracle"):
        with pytest.raises(openai.NotFoundError) as found:
            await embed(acme, "a text", model=model)
        assert found.value.code == "model_not_found"
        assert MODEL in found.value.message
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        await acme.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Hi"}])
    assert (refused.value.code, refused.value.param) == ("not_a_chat_model", "model")


async def test_tenant_over_its_limit_gets_429_and_another_is_served(
    museum: Service, acme: openai.AsyncOpenAI, other: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = museum.runtime.embedder
    at_once = embedder.embed_passages

    def slowly(texts: Any) -> Any:
        time.sleep(0.2)
        return at_once(texts)

    monkeypatch.setattr(embedder, "embed_passages", slowly)
    outcomes = await asyncio.gather(
        *(embed(client, "a text") for client in (acme, acme, acme, other)), return_exceptions=True
    )
    limited = [one for one in outcomes if isinstance(one, BaseException)]
    assert len(limited) == 1
    assert isinstance(limited[0], openai.RateLimitError)
    assert int(limited[0].response.headers["retry-after"]) > 0
    assert not isinstance(outcomes[3], BaseException)


async def test_embedding_ends_at_the_deadline_and_what_it_used_is_charged(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = museum.runtime.embedder
    at_once = embedder.embed_passages
    ends: list[Deadline] = []

    def embedded(texts: Any) -> Any:
        deadline = current_deadline()
        assert deadline is not None
        monkeypatch.setattr(deadline, "_until", 0.0)  # its time is over while the first texts are embedded
        ends.append(deadline)
        return at_once(texts)

    before = (await museum.acme.get("/api/v1/me")).json()["today"]["tokens"]
    monkeypatch.setattr(embedder, "embed_passages", embedded)
    with pytest.raises(openai.InternalServerError) as late:
        await embed(acme.with_options(max_retries=0), TEXTS)
    assert (late.value.status_code, late.value.code, len(ends)) == (503, "request_timeout", 1)
    wanted = sum(len(embedder.token_spans(text)) for text in TEXTS[:BATCH])
    assert (await museum.acme.get("/api/v1/me")).json()["today"]["tokens"] - before == wanted
