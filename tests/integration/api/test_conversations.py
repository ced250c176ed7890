"""Conversations as a page keeps them: written again, edited, rated, renamed, pinned, put away, searched, deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.support.fake_settings import fake_settings
from tests.support.files import MUSEUM
from tests.support.service import Service, open_service, service_for_new_tenants

pytestmark = pytest.mark.asyncio(loop_scope="module")
OPEN = "When does the museum open?"
CLOSE = "When does the museum close?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with open_service(fake_settings(tmp_path_factory.mktemp("served"))) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def museum(served: Service, request: pytest.FixtureRequest) -> Service:
    """The same service for every test, with tenants of its own."""
    fresh = service_for_new_tenants(served.app, served.runtime, f" of {request.node.name}")
    assert (await fresh.take_in(fresh.acme, "museum.md", MUSEUM))["status"] == "ready"
    return fresh


async def sent(response: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert response.status_code == status, response.text
    return response.json()


async def ask(service: Service, message: str = OPEN, **more: Any) -> dict[str, Any]:
    return await sent(await service.acme.post("/api/v1/chat", json={"message": message, **more}))


async def turns(service: Service, conversation_id: str, **params: str) -> list[dict[str, Any]]:
    path = f"/api/v1/conversations/{conversation_id}/turns"
    return (await sent(await service.acme.get(path, params=params)))["data"]


async def titles(service: Service, **params: Any) -> list[str]:
    listed = await sent(await service.acme.get("/api/v1/conversations", params=params))
    assert listed["total"] == len(listed["data"])
    return [one["title"] for one in listed["data"]]


async def change(service: Service, conversation_id: str, **changes: Any) -> dict[str, Any]:
    return await sent(await service.acme.patch(f"/api/v1/conversations/{conversation_id}", json=changes))


async def test_answer_is_written_again_beside_the_first_with_the_same_options(museum: Service) -> None:
    await museum.take_in(museum.acme, "annex.md", b"The museum opens at eleven in the annex.", collection="annex")
    first = await ask(museum, collections=["annex"], max_tokens=40)
    again = await sent(await museum.acme.post(f"/api/v1/chat/{first['id']}/regenerate", json={}))
    assert again["conversation_id"] == first["conversation_id"]
    assert {citation["filename"] for citation in again["citations"]} == {"annex.md"}
    (shown,) = await turns(museum, first["conversation_id"])
    assert (shown["id"], shown["question"], shown["versions"]) == (again["id"], OPEN, [first["id"], again["id"]])
    everything = await turns(museum, first["conversation_id"], branches="all")
    assert [turn["id"] for turn in everything] == [first["id"], again["id"]]
    elsewhere = {"collections": ["default"]}
    other = await sent(await museum.acme.post(f"/api/v1/chat/{again['id']}/regenerate", json=elsewhere))
    assert {citation["filename"] for citation in other["citations"]} == {"museum.md"}


async def test_edited_question_is_answered_in_a_branch_without_what_came_after(museum: Service) -> None:
    first = await ask(museum)
    conversation_id = first["conversation_id"]
    second = await ask(museum, "And how much is a student ticket?", conversation_id=conversation_id)
    edited = await sent(await museum.acme.post(f"/api/v1/chat/{first['id']}/edit", json={"message": CLOSE}))
    assert [turn["question"] for turn in await turns(museum, conversation_id)] == [CLOSE]
    follow_up = await ask(museum, "shorter", conversation_id=conversation_id)
    assert follow_up["route"] == "previous_answer"
    assert [turn["id"] for turn in await turns(museum, conversation_id)] == [edited["id"], follow_up["id"]]
    back = await change(museum, conversation_id, current_turn_id=first["id"])
    assert back["current_turn_id"] == second["id"]
    shown = await turns(museum, conversation_id)
    assert [turn["id"] for turn in shown] == [first["id"], second["id"]]
    assert shown[0]["versions"] == [first["id"], edited["id"]]


async def test_edited_follow_up_stands_after_the_turn_before_it(museum: Service) -> None:
    first = await ask(museum)
    second = await ask(museum, "hello", conversation_id=first["conversation_id"])
    body = {"message": "And when does it close?", "stream": True}
    response = await museum.acme.post(f"/api/v1/chat/{second['id']}/edit", json=body)
    assert "event: done" in response.text
    shown = await turns(museum, first["conversation_id"])
    assert [turn["question"] for turn in shown] == [OPEN, "And when does it close?"]
    assert "museum" in shown[1]["result"]["question"]
    assert shown[1]["parent_id"] == first["id"]


async def test_turn_is_deleted_alone(museum: Service) -> None:
    first = await ask(museum)
    path = f"/api/v1/conversations/{first['conversation_id']}/turns"
    second = await ask(museum, CLOSE, conversation_id=first["conversation_id"])
    assert (await sent(await museum.acme.delete(f"{path}/{first['id']}")))["deleted"]
    assert [turn["id"] for turn in await turns(museum, first["conversation_id"])] == [second["id"]]
    assert (await museum.acme.delete(f"{path}/{first['id']}")).status_code == 404


async def test_feedback_is_changed_shown_on_its_turn_and_taken_back(museum: Service) -> None:
    answer = await ask(museum)
    rating = {"turn_id": answer["id"], "rating": "down", "comment": "too long"}
    made = await sent(await museum.acme.post("/api/v1/feedback", json=rating), 201)
    changed = await sent(await museum.acme.post("/api/v1/feedback", json={**rating, "rating": "up"}), 201)
    of_ana = await sent(
        await museum.acme.post(
            "/api/v1/feedback", json={"turn_id": (await ask(museum, user="ana"))["id"], "rating": "up", "user": "ana"}
        ),
        201,
    )
    assert (changed["id"], changed["rating"]) == (made["id"], "up")
    assert of_ana["id"] != made["id"]
    (turn,) = await turns(museum, answer["conversation_id"])
    assert turn["feedback"] == [changed]
    assert (await sent(await museum.acme.delete(f"/api/v1/feedback/{made['id']}")))["deleted"]
    (turn,) = await turns(museum, answer["conversation_id"])
    assert turn["feedback"] == []
    assert (await museum.acme.delete(f"/api/v1/feedback/{made['id']}")).status_code == 404


async def test_conversations_are_renamed_pinned_put_away_and_searched(museum: Service) -> None:
    first, _, third = [await ask(museum, message) for message in (OPEN, CLOSE, "hello")]
    renamed = await change(museum, first["conversation_id"], title="Horário de visita")
    assert (renamed["title"], renamed["pinned"], renamed["archived"]) == ("Horário de visita", False, False)
    assert await titles(museum) == ["hello", CLOSE, "Horário de visita"]
    await change(museum, first["conversation_id"], pinned=True)
    assert await titles(museum) == ["Horário de visita", "hello", CLOSE]
    assert await titles(museum, pinned=True) == ["Horário de visita"]
    assert await titles(museum, sort="title") == ["Horário de visita", "hello", CLOSE]
    await change(museum, third["conversation_id"], archived=True)
    assert await titles(museum) == ["Horário de visita", CLOSE]
    assert await titles(museum, archived=True) == ["hello"]
    assert await titles(museum, q="HORARIO") == ["Horário de visita"]
    assert await titles(museum, q="MORNING ten close") == [CLOSE]  # two words of the answer
    assert await titles(museum, q="nothing like it") == []


async def test_conversations_page_on_although_they_are_spoken_in(museum: Service) -> None:
    ids = [(await ask(museum, "hello"))["conversation_id"] for _ in range(4)]
    page = await sent(await museum.acme.get("/api/v1/conversations", params={"limit": 2}))
    assert ([one["id"] for one in page["data"]], page["total"]) == (ids[:1:-1], 4)
    await ask(museum, "hello", conversation_id=ids[2])
    rest = await sent(await museum.acme.get("/api/v1/conversations", params={"limit": 2, "after": page["next_cursor"]}))
    assert [one["id"] for one in rest["data"]] == [ids[1], ids[0]]


async def test_many_conversations_are_deleted_at_once(museum: Service) -> None:
    mine = [(await ask(museum, "hello"))["conversation_id"] for _ in range(3)]
    foreign = (await sent(await museum.other.post("/api/v1/chat", json={"message": "hello"})))["conversation_id"]
    body = {"ids": [mine[0], foreign, mine[1], "conv_none"]}
    assert await sent(await museum.acme.post("/api/v1/conversations/delete", json=body)) == {
        "object": "conversation_deletion",
        "deleted": mine[:2],
        "unknown": [foreign, "conv_none"],
    }
    listed = await sent(await museum.acme.get("/api/v1/conversations"))
    assert [one["id"] for one in listed["data"]] == mine[2:]
    assert (await museum.other.get(f"/api/v1/conversations/{foreign}")).status_code == 200


async def test_turn_that_was_stopped_before_a_word_has_nothing_to_shorten(museum: Service) -> None:
    with museum.runtime.storage.db.write_tenant(museum.acme_id) as store:
        conversation_id = store.conversations.create(OPEN).id
        store.conversations.add_turn(conversation_id, OPEN, "", {"status": "stopped", "citations": []})
    greeted = (await ask(museum, "hello"))["conversation_id"]
    stopped, nothing = [await ask(museum, "shorter", conversation_id=one) for one in (conversation_id, greeted)]
    assert stopped["route"] == nothing["route"] == "previous_answer"
    assert stopped["answer"] == nothing["answer"] != ""
