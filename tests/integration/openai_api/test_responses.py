"""Responses, called with OpenAI's own package: cited, saved as turns, gone on from, streamed in OpenAI's order."""

from __future__ import annotations

from typing import Any

import openai
import pytest

from tests.support.files import MUSEUM
from tests.support.service import Service

QUESTION = "When does the museum open?"
SEARCH = {"type": "file_search", "vector_store_ids": []}


async def respond(client: openai.AsyncOpenAI, text: Any = QUESTION, **more: Any) -> Any:
    return await client.responses.create(**{"model": "loracle", "input": text, **more})


async def events(client: openai.AsyncOpenAI, text: Any = QUESTION, **more: Any) -> list[Any]:
    return [event async for event in await respond(client, text, stream=True, **more)]


async def test_answer_is_cited_and_saved_as_a_turn(museum: Service, acme: openai.AsyncOpenAI) -> None:
    done = await respond(acme, metadata={"case": "7"}, instructions="Be brief.")
    assert (done.object, done.status, done.model, done.error) == ("response", "completed", "loracle", None)
    assert "ten" in done.output_text
    (message,) = done.output
    (citation, *_) = message.content[0].annotations
    assert (citation.type, citation.filename) == ("file_citation", "museum.md")
    content = (await museum.acme.get(f"/api/v1/documents/{citation.document_id}/content")).json()["text"]
    assert content[citation.char_start : citation.char_end] == citation.quote
    assert (citation.page_start, citation.support, citation.file_id) == (None, "verified", citation.document_id)
    assert done.usage.total_tokens == done.usage.input_tokens + done.usage.output_tokens > 0
    turns = await museum.acme.get(f"/api/v1/conversations/{done.loracle['conversation_id']}/turns")
    assert [turn["id"] for turn in turns.json()["data"]] == [done.loracle["id"]]
    again = await acme.responses.retrieve(done.id)
    assert again == done
    assert (again.metadata, again.instructions, again.store) == ({"case": "7"}, "Be brief.", True)
    (item,) = (await acme.responses.input_items.list(done.id)).data
    assert (item.role, item.content[0].text) == ("user", QUESTION)


async def test_file_search_looks_in_its_stores_and_shows_what_it_found(acme: openai.AsyncOpenAI) -> None:
    file = await acme.files.create(file=("new.txt", b"The museum opens at eleven."), purpose="assistants")
    store = await acme.vector_stores.create(name="New")
    await acme.vector_stores.files.create_and_poll(file.id, vector_store_id=store.id, poll_interval_ms=30)
    tools = [{"type": "file_search", "vector_store_ids": [store.id], "max_num_results": 3}]
    done = await respond(acme, tools=tools, include=["file_search_call.results"])
    search, message = done.output
    assert (search.type, search.status, search.queries) == ("file_search_call", "completed", [QUESTION])
    assert [(one.file_id, one.filename) for one in search.results] == [(file.id, "new.txt")]
    assert {one.file_id for one in message.content[0].annotations} == {file.id}
    assert "eleven" in done.output_text
    assert (await respond(acme, tools=tools)).output[0].results is None
    newer = {"type": "eq", "key": "year", "value": 2026}
    await acme.vector_stores.files.update(file.id, vector_store_id=store.id, attributes={"year": 2025})
    filtered = await respond(acme, tools=[{**tools[0], "filters": newer}])
    assert filtered.loracle["refused"]
    empty = await acme.vector_stores.create(name="Empty")
    nothing = await respond(acme, tools=[{**SEARCH, "vector_store_ids": [empty.id]}])
    assert nothing.loracle["refused"]
    with pytest.raises(openai.NotFoundError):
        await respond(acme, tools=[{**SEARCH, "vector_store_ids": ["vs_none"]}])


async def test_events_come_in_openais_order(acme: openai.AsyncOpenAI) -> None:
    seen = await events(acme, tools=[SEARCH], include=["file_search_call.results"])
    assert [event.sequence_number for event in seen] == list(range(len(seen)))
    kinds = [event.type for event in seen]
    assert list(dict.fromkeys(kinds)) == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.file_search_call.in_progress",
        "response.file_search_call.searching",
        "response.file_search_call.completed",
        "response.output_item.done",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.annotation.added",
        "response.output_text.done",
        "response.content_part.done",
        "response.completed",
    ]
    final = seen[-1].response
    assert "".join(event.delta for event in seen if event.type == "response.output_text.delta") == final.output_text
    assert final.id == seen[0].response.id
    assert final == await respond_again(acme, final)
    added = [event.annotation for event in seen if event.type == "response.output_text.annotation.added"]
    assert [one.model_dump() for one in added] == [one.model_dump() for one in final.output[1].content[0].annotations]
    assert final.output[0].results


async def respond_again(client: openai.AsyncOpenAI, final: Any) -> Any:
    """The response as it is retrieved, with the results of its search, which are not kept."""
    found = await client.responses.retrieve(final.id)
    assert found.output[0].results is None
    found.output[0].results = final.output[0].results
    return found


async def test_packages_own_stream_reader_ends_with_the_response(acme: openai.AsyncOpenAI) -> None:
    async with acme.responses.stream(model="loracle", input=QUESTION) as stream:
        texts = [event.delta async for event in stream if event.type == "response.output_text.delta"]
        final = await stream.get_final_response()
    assert final.output_text == "".join(texts)
    assert final.status == "completed"


async def test_next_response_goes_on_after_the_one_before(museum: Service, acme: openai.AsyncOpenAI) -> None:
    first = await respond(acme)
    second = await respond(acme, "And when does it close?", previous_response_id=first.id)
    assert "museum" in second.loracle["question"]
    assert second.previous_response_id == first.id
    assert second.loracle["conversation_id"] == first.loracle["conversation_id"]
    third = await respond(acme, "And when does it close?", conversation=first.loracle["conversation_id"])
    assert third.conversation.id == first.loracle["conversation_id"]
    unsaved = await respond(acme, "And when does it close?", previous_response_id=first.id, store=False)
    assert "museum" in unsaved.loracle["question"]
    turns = await museum.acme.get(f"/api/v1/conversations/{first.loracle['conversation_id']}/turns")
    assert turns.json()["total"] == 3


async def test_response_in_the_middle_is_gone_on_from_in_a_branch(museum: Service, acme: openai.AsyncOpenAI) -> None:
    first = await respond(acme)
    await respond(acme, "What is the price of a ticket for an adult?", previous_response_id=first.id)
    branch = await respond(acme, "And when does it close?", previous_response_id=first.id)
    assert "museum" in branch.loracle["question"]
    turns = await museum.acme.get(f"/api/v1/conversations/{first.loracle['conversation_id']}/turns")
    assert [turn["id"] for turn in turns.json()["data"]] == [first.loracle["id"], branch.loracle["id"]]


async def test_what_is_not_to_be_stored_is_not(museum: Service, acme: openai.AsyncOpenAI) -> None:
    history = [
        {"role": "user", "content": QUESTION},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "At ten."}]},
        {"role": "user", "content": [{"type": "input_text", "text": "And when does it close?"}]},
    ]
    for text, more in ((QUESTION, {"store": False}), (history, {}), (QUESTION, {"model": "loracle-base"})):
        done = await respond(acme, text, **more)
        assert done.store is False
        with pytest.raises(openai.NotFoundError):
            await acme.responses.retrieve(done.id)
    assert (await museum.acme.get("/api/v1/conversations")).json()["data"] == []


async def test_output_can_be_sent_back_as_input(acme: openai.AsyncOpenAI) -> None:
    first = await respond(acme, tools=[SEARCH])
    sent = [
        {"role": "user", "content": QUESTION},
        *first.output,
        {"role": "user", "content": "And when does it close?"},
    ]
    assert "museum" in (await respond(acme, sent, tools=[SEARCH])).loracle["question"]


async def test_base_answers_without_documents(acme: openai.AsyncOpenAI) -> None:
    done = await respond(acme, "one two three", model="loracle-base", instructions="Repeat.")
    assert (done.output_text, done.loracle, done.store) == ("one two three", None, False)
    cut = (await events(acme, "one two three", model="loracle-base", max_output_tokens=2))[-1]
    assert cut.type == "response.incomplete"
    assert (cut.response.status, cut.response.incomplete_details.reason) == ("incomplete", "max_output_tokens")


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("tools.0.type", {"tools": [{"type": "web_search"}]}),
    ("tools.0.type", {"tools": [{"type": "function", "name": "f", "parameters": {}, "strict": True}]}),
    ("tools", {"tools": [SEARCH, SEARCH]}),
    ("tools", {"tools": [SEARCH], "model": "loracle-base"}),
    ("tool_choice", {"tool_choice": "none"}),
    ("text.format", {"text": {"format": {"type": "json_object"}}}),
    ("background", {"background": True}),
    ("prompt", {"prompt": {"id": "pmpt_1"}}),
    ("top_logprobs", {"include": ["message.output_text.logprobs"]}),
    ("previous_response_id", {"previous_response_id": "resp_x", "model": "loracle-base"}),
    ("input.0", {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "x"}]}]}),
    ("input.0", {"input": [{"type": "function_call_output", "call_id": "x", "output": "1"}]}),
]


async def test_what_is_not_done_is_refused_by_name(acme: openai.AsyncOpenAI) -> None:
    for param, more in REFUSED:
        for stream in (False, True):
            with pytest.raises(openai.UnprocessableEntityError) as refused:
                await acme.responses.create(**{"model": "loracle", "input": QUESTION, "stream": stream, **more})
            assert (refused.value.param, refused.value.code) == (param, "unsupported_parameter")


async def test_deleted_response_is_gone_with_its_turn(museum: Service, acme: openai.AsyncOpenAI) -> None:
    done = await respond(acme)
    with pytest.raises(openai.ConflictError):
        await acme.responses.cancel(done.id)
    await acme.responses.delete(done.id)
    turns = await museum.acme.get(f"/api/v1/conversations/{done.loracle['conversation_id']}/turns")
    assert turns.json()["data"] == []
    for call in (acme.responses.retrieve(done.id), respond(acme, previous_response_id=done.id)):
        with pytest.raises(openai.NotFoundError):
            await call


async def test_another_tenants_response_is_as_unknown_as_one_that_never_was(
    museum: Service, acme: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    done = await respond(acme)
    for call in (
        other.responses.retrieve,
        other.responses.delete,
        other.responses.input_items.list,
        lambda one: respond(other, previous_response_id=one),
    ):
        bodies = []
        for response_id in (done.id, "resp_none"):
            with pytest.raises(openai.NotFoundError) as found:
                await call(response_id)
            bodies.append(found.value.body)
        assert bodies[0] == bodies[1]
    assert "ten" not in (await respond(other)).output_text.split()
    assert await acme.responses.retrieve(done.id) == done


async def test_fault_in_mid_stream_fails_the_response_and_is_raised(
    museum: Service, acme: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.05)
    monkeypatch.setattr(museum.runtime.generate_step, "_timeout_s", 0.01)
    last: Any = None
    with pytest.raises(openai.APIError) as found:
        async for event in await respond(acme, stream=True):
            last = event
    assert found.value.code == "deadline_exceeded"
    assert (last.type, last.response.status) == ("response.failed", "failed")
    assert last.response.error.code == "server_error"


async def test_document_that_is_deleted_leaves_the_response_readable(museum: Service, acme: openai.AsyncOpenAI) -> None:
    document = await museum.take_in(museum.acme, "boats.txt", MUSEUM.replace(b"museum", b"boathouse"))
    done = await respond(acme, "When does the boathouse open?")
    await museum.acme.delete(f"/api/v1/documents/{document['id']}")
    assert (await acme.responses.retrieve(done.id)).output_text == done.output_text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("instructions", "Be brief. " * 10_000),
        ("tools", [{**SEARCH, "ranking_options": {"ranker": "a" * 100_000}}]),
        ("input", [{"role": "system", "content": "a" * 100_000}, {"role": "user", "content": QUESTION}]),
    ],
)
async def test_response_that_would_keep_too_much_is_refused_unless_nothing_is_kept(
    museum: Service, acme: openai.AsyncOpenAI, field: str, value: Any
) -> None:
    asked = {"model": "loracle", "input": QUESTION, field: value}
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        await acme.responses.create(**asked)
    assert (refused.value.code, refused.value.param) == ("response_too_large", field)
    assert (await acme.responses.create(**asked, store=False)).status == "completed"
