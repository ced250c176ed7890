"""Chat completions, called with OpenAI's own package: whole, streamed, refused, limited, isolated."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.integration.openai_api.conftest import openai_client
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

QUESTION = "When does the museum open?"
UNANSWERABLE = "Who painted the ceiling of the Sistine Chapel?"


def asked(text: Any = QUESTION) -> list[Any]:
    return [{"role": "user", "content": text}]


async def ask(client: openai.AsyncOpenAI, messages: list[Any] | None = None, **more: Any) -> Any:
    return await client.chat.completions.create(**{"model": "loracle", "messages": messages or asked(), **more})


async def chunks(client: openai.AsyncOpenAI, messages: list[Any] | None = None, **more: Any) -> list[Any]:
    return [chunk async for chunk in await ask(client, messages, stream=True, **more)]


async def test_answer_and_annotations_are_those_of_the_native_call(museum: Service, acme: openai.AsyncOpenAI) -> None:
    native = (await museum.acme.post("/api/v1/chat", json={"message": QUESTION})).json()
    done = await ask(acme)
    message = done.choices[0].message
    assert (done.object, done.model, message.role, message.refusal) == (
        "chat.completion",
        "loracle",
        "assistant",
        None,
    )
    assert (message.content, done.choices[0].finish_reason) == (native["answer"], "stop")
    assert [one.type for one in message.annotations] == ["file_citation"] * len(native["citations"])
    for annotation, citation in zip(message.annotations, native["citations"], strict=True):
        said = annotation.model_dump()
        assert {key: said[key] for key in citation} == citation
        assert (said["file_id"], said["start_index"], said["end_index"]) == (
            citation["document_id"],
            citation["start"],
            citation["end"],
        )


async def test_usage_adds_up_and_tells_the_passages(acme: openai.AsyncOpenAI) -> None:
    usage = (await ask(acme)).usage
    assert usage.prompt_tokens > 0
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert usage.context["used"] > 0


async def test_refusal_is_ordinary_content_with_its_reason_beside(acme: openai.AsyncOpenAI) -> None:
    done = await ask(acme, asked(UNANSWERABLE))
    message = done.choices[0].message
    assert (message.refusal, message.annotations) == (None, [])
    assert message.content.startswith("The documents do not hold an answer")
    assert (done.loracle["refused"], done.loracle["refusal_reason"]) == (True, "nothing_relevant")
    assert done.loracle["closest"][0]["filename"] == "museum.md"
    assert (await ask(acme)).loracle["refused"] is False


async def test_chunks_come_in_order_and_hold_the_same_answer(acme: openai.AsyncOpenAI) -> None:
    whole = await ask(acme)
    found = await chunks(acme)
    assert {(one.id, one.object, one.model) for one in found} == {(found[0].id, "chat.completion.chunk", "loracle")}
    deltas = [one.choices[0].delta for one in found]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    *_, cited, _ = deltas
    assert cited.annotations == [one.to_dict() for one in whole.choices[0].message.annotations]
    assert [one.choices[0].finish_reason for one in found] == [None] * (len(found) - 1) + ["stop"]
    assert found[-1].loracle == whole.loracle
    assert found[-1].usage is None


async def test_stream_ends_with_usage_if_asked_for_and_with_done(museum: Service, acme: openai.AsyncOpenAI) -> None:
    found = await chunks(acme, stream_options={"include_usage": True})
    assert found[-1].choices == []
    assert found[-1].usage == (await ask(acme)).usage
    assert all(one.usage is None for one in found[:-1])
    body = {"model": "loracle", "messages": asked(), "stream": True}
    text = (await museum.acme.post("/v1/chat/completions", json=body)).text
    assert text.endswith("data: [DONE]\n\n")
    assert "event:" not in text


async def test_packages_own_accumulator_reads_the_stream(acme: openai.AsyncOpenAI) -> None:
    async with acme.chat.completions.stream(model="loracle", messages=asked()) as stream:
        done = await stream.get_final_completion()
    assert done.choices[0].message.content == (await ask(acme)).choices[0].message.content


async def test_earlier_messages_are_the_conversation_and_nothing_is_stored(
    museum: Service, acme: openai.AsyncOpenAI
) -> None:
    first = await ask(acme)
    answered = first.choices[0].message  # as clients send it back: with annotations
    follow_up = [*asked(), answered, *asked("And when does it close?")]
    assert "museum" in (await ask(acme, follow_up)).loracle["question"]
    assert (await ask(acme, asked("And when does it close?"))).loracle["question"] == "And when does it close?"
    listed = (await museum.acme.get("/api/v1/conversations")).json()["data"]
    assert listed == []


async def test_answer_before_can_be_asked_for_again(acme: openai.AsyncOpenAI) -> None:
    said = "The museum opens at ten in the morning."
    again = [*asked(), {"role": "assistant", "content": said}, *asked("repeat that")]
    done = await ask(acme, again)
    assert (done.loracle["route"], done.choices[0].message.content) == ("previous_answer", said)


async def test_what_ordinary_clients_send_beside_is_no_error(acme: openai.AsyncOpenAI) -> None:
    messages = [
        {"role": "system", "content": "You are a helpful assistant. " * 2000},
        {"role": "developer", "content": "Be brief."},
        {"role": "assistant", "content": "How can I help?"},
        {"role": "user", "name": "ana", "content": [{"type": "text", "text": QUESTION}]},
    ]
    done = await ask(
        acme,
        messages,
        n=1,
        seed=-1,
        stop=[],
        temperature=0,
        top_p=1,
        tools=[],
        user="ana",
        store=False,
        logprobs=False,
        max_tokens=100_000,
        presence_penalty=0.5,
        response_format={"type": "text"},
        extra_body={"chat_id": "x", "tool_choice": None, "top_logprobs": None},
    )
    assert done.choices[0].message.content == (await ask(acme)).choices[0].message.content


@pytest.mark.parametrize(
    ("param", "more"),
    [
        ("n", {"n": 2}),
        ("tools", {"tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]}),
        ("top_logprobs", {"top_logprobs": 2}),
        ("response_format", {"response_format": {"type": "json_object"}}),
        ("modalities", {"modalities": ["text", "audio"]}),
        ("messages.0", {"messages": asked([{"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}])}),
        ("messages.0", {"messages": asked([{"type": "input_audio", "input_audio": {"data": "", "format": "wav"}}])}),
        ("messages.1", {"messages": [*asked(), {"role": "tool", "tool_call_id": "x", "content": "1"}]}),
    ],
)
async def test_what_is_not_done_is_refused_by_name(acme: openai.AsyncOpenAI, param: str, more: dict[str, Any]) -> None:
    for stream in (False, True):
        with pytest.raises(openai.UnprocessableEntityError) as found:
            await ask(acme, **{"stream": stream, **more})
        assert (found.value.param, found.value.code) == (param, "unsupported_parameter")
        assert found.value.type == "invalid_request_error"


@pytest.mark.parametrize(
    "messages", [[{"role": "system", "content": "Hi"}], asked(""), asked("a" * 8001), [{"role": "assistant"}]]
)
async def test_messages_without_a_question_are_an_error(acme: openai.AsyncOpenAI, messages: list[Any]) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as found:
        await ask(acme, messages)
    assert found.value.param == "messages"


async def test_stop_and_max_tokens_bound_the_answer(acme: openai.AsyncOpenAI) -> None:
    for name in ("max_tokens", "max_completion_tokens"):
        short = await ask(acme, **{name: 2})
        assert short.usage.completion_tokens == 2
    for stop in ("ten", ["ten", "never"]):
        assert " ten" not in (await ask(acme, stop=stop)).choices[0].message.content.split("\n\n")[0]


async def test_base_answers_without_documents(acme: openai.AsyncOpenAI) -> None:
    messages = [{"role": "system", "content": "Repeat."}, *asked("one two three")]
    done = await ask(acme, messages, model="loracle-base")
    assert (done.choices[0].message.content, done.loracle) == ("one two three", None)
    assert done.usage.completion_tokens == 3
    cut = await chunks(acme, messages, model="loracle-base", max_tokens=2)
    assert "".join(one.choices[0].delta.content or "" for one in cut) == "one two"
    assert cut[-1].choices[0].finish_reason == "length"


async def test_log_probabilities_are_those_of_the_tokens_that_the_model_wrote(acme: openai.AsyncOpenAI) -> None:
    for model, messages in (("loracle", asked()), ("loracle-base", asked("one two three"))):
        done = (await ask(acme, messages, model=model, logprobs=True, top_logprobs=1)).choices[0]
        tokens = done.logprobs.content
        assert len(tokens) >= 3
        assert "".join(one.token for one in tokens).strip() in done.message.content
        assert all(one.logprob < 0 and bytes(one.bytes).decode() == one.token for one in tokens)
        assert [one.top_logprobs[0].token for one in tokens] == [one.token for one in tokens]
        choices = [chunk.choices[0] for chunk in await chunks(acme, messages, model=model, logprobs=True)]
        told = [one for choice in choices if choice.logprobs for one in choice.logprobs.content]
        assert [one.token for one in told] == [one.token for one in tokens]
        assert [one.top_logprobs for one in told] == [[]] * len(told)
    assert (await ask(acme)).choices[0].logprobs is None


async def test_base_is_told_when_its_prompt_is_too_long(acme: openai.AsyncOpenAI) -> None:
    earlier = [*asked("a" * 20_000), {"role": "assistant", "content": "b"}, *asked()]
    for stream in (False, True):
        with pytest.raises(openai.UnprocessableEntityError) as found:
            await ask(acme, earlier, model="loracle-base", stream=stream)
        assert (found.value.code, found.value.param) == ("prompt_too_long", "messages")


async def test_adapter_answers_under_its_names(museum: Service, acme: openai.AsyncOpenAI, tmp_path: Path) -> None:
    made = await museum.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    version = made.json()["version"]
    for model in ("style", f"style@{version}", "loracle:style", f"loracle:style@{version}"):
        done = await ask(acme, model=model)
        assert (done.model, done.loracle["adapter"]) == (model, {"name": "style", "version": version})
    assert (await ask(acme, model="loracle:base")).loracle["adapter"] is None


async def test_unknown_and_foreign_models_are_one_404_before_the_first_byte(
    museum: Service, other: openai.AsyncOpenAI, tmp_path: Path
) -> None:
    await museum.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    bodies = []
    for model in ("style", "never-was", "gpt-4o"):
        for stream in (False, True):
            with pytest.raises(openai.NotFoundError) as found:
                await ask(other, model=model, stream=stream)
            assert found.value.code == "model_not_found"
            bodies.append({**found.value.body, "message": found.value.message.replace(model, "")})
            assert f"The model `{model}` does not exist" in found.value.message
    assert bodies == bodies[:1] * len(bodies)


async def test_answers_hold_no_text_of_another_tenant(museum: Service, other: openai.AsyncOpenAI) -> None:
    done = await ask(other)
    assert (done.loracle["refusal_reason"], done.loracle["closest"]) == ("no_documents", [])
    assert "ten" not in done.choices[0].message.content.split()


async def test_collections_restrict_the_answer(museum: Service, acme: openai.AsyncOpenAI) -> None:
    await museum.take_in(museum.acme, "new.txt", b"The museum opens at eleven.", collection="new")
    done = await ask(acme, extra_body={"collections": ["new"]})
    assert {one.filename for one in done.choices[0].message.annotations} == {"new.txt"}
    with pytest.raises(openai.NotFoundError):
        await ask(acme, extra_body={"collections": ["none"]})


async def test_wrong_key_is_an_authentication_error(museum: Service, acme: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.AuthenticationError):
        await ask(acme.with_options(api_key="lk_wrong"))


async def test_over_the_limit_is_429_by_status_with_retry_after(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.05)
    outcomes = await asyncio.gather(*(chunks(acme) for _ in range(10)), return_exceptions=True)
    limited = [one for one in outcomes if isinstance(one, openai.RateLimitError)]
    assert len(limited) == 2
    assert all(int(one.response.headers["retry-after"]) > 0 for one in limited)
    assert all(one[-1].choices[0].finish_reason for one in outcomes if isinstance(one, list))


async def test_fault_in_mid_stream_is_raised_by_the_package(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.05)
    monkeypatch.setattr(museum.runtime.generate_step, "_timeout_s", 0.01)
    with pytest.raises(openai.APIError) as found:
        await chunks(acme)
    assert found.value.code == "deadline_exceeded"
    with pytest.raises(openai.InternalServerError) as whole:
        await ask(acme)
    assert whole.value.status_code == 504


async def test_client_that_goes_away_frees_its_place(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.05)
    for model in ("loracle", "loracle-base"):
        asking = asyncio.ensure_future(chunks(acme, model=model))
        await asyncio.sleep(0.2)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        for _ in range(100):
            if museum.runtime.generator.describe()["running"] == 0:
                break
            await asyncio.sleep(0.05)
        assert museum.runtime.generator.describe()["running"] == 0


async def test_tenants_are_answered_from_their_own_documents(museum: Service) -> None:
    await museum.take_in(museum.other, "museum.md", MUSEUM.replace(b"ten", b"noon"))
    answers = [
        (await ask(openai_client(museum, client))).choices[0].message.content for client in (museum.acme, museum.other)
    ]
    assert ["noon" in answer for answer in answers] == [False, True]
