"""Conversations, called with OpenAI's own package: made, gone on with by responses, read item by item, deleted."""

from __future__ import annotations

import openai
import pytest

from tests.support.service import Service

QUESTION = "When does the museum open?"


async def test_conversation_is_made_gone_on_with_read_and_deleted(museum: Service, acme: openai.AsyncOpenAI) -> None:
    made = await acme.conversations.create(metadata={"topic": "hours"})
    assert (made.object, made.metadata) == ("conversation", {"topic": "hours"})
    assert await acme.conversations.retrieve(made.id) == made
    changed = await acme.conversations.update(made.id, metadata={"topic": "tickets"})
    assert changed.metadata == {"topic": "tickets"}
    first = await acme.responses.create(model="loracle", input=QUESTION, conversation=made.id)
    follow_up = "And when does it close?"
    second = await acme.responses.create(model="loracle", input=follow_up, conversation=made.id)
    assert "museum" in second.loracle["question"]
    assert second.conversation.id == made.id
    items = [item async for item in acme.conversations.items.list(made.id, order="asc", limit=3)]
    assert [item.role for item in items] == ["user", "assistant", "user", "assistant"]
    assert [item.content[0].text for item in items][:3] == [QUESTION, first.output_text, follow_up]
    assert items[1].content[0].annotations == first.output[0].content[0].annotations
    assert await acme.conversations.items.retrieve(items[1].id, conversation_id=made.id) == items[1]
    assert [item.id async for item in acme.conversations.items.list(made.id)] == [item.id for item in items[::-1]]
    native = (await museum.acme.get(f"/api/v1/conversations/{made.id}")).json()
    assert native["title"] == QUESTION
    assert (await acme.conversations.delete(made.id)).deleted is True
    with pytest.raises(openai.NotFoundError):
        await acme.conversations.retrieve(made.id)


async def test_turns_are_not_put_into_a_conversation(acme: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        await acme.conversations.create(items=[{"role": "user", "content": "Hi"}])
    assert (refused.value.param, refused.value.code) == ("items", "unsupported_parameter")


async def test_another_tenants_conversation_is_unknown(acme: openai.AsyncOpenAI, other: openai.AsyncOpenAI) -> None:
    made = await acme.conversations.create()
    for call in (
        other.conversations.retrieve(made.id),
        other.conversations.update(made.id, metadata={}),
        other.conversations.items.list(made.id),
        other.conversations.delete(made.id),
        other.responses.create(model="loracle", input=QUESTION, conversation=made.id),
    ):
        with pytest.raises(openai.NotFoundError):
            await call
    assert await acme.conversations.retrieve(made.id) == made
