"""Tokens call OpenAI's surface as keys do, and see no more than their user, groups and collections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openai
import pytest

from tests.integration.openai_api.conftest import openai_client
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

BOATS = b"The boat club lends boats from April to October."


async def client_for(service: Service, **body: Any) -> openai.AsyncOpenAI:
    made = await service.acme.post("/api/v1/tokens", json=body)
    assert made.status_code == 201, made.text
    return openai_client(service, service.acme).with_options(api_key=made.json()["token"])


async def test_token_sees_its_users_files_and_responses_alone(service: Service) -> None:
    key = openai_client(service, service.acme)
    await service.take_in(service.acme, "museum.md", MUSEUM)
    ana = await client_for(service, user="ana", scopes=["read", "write"])
    bo = await client_for(service, user="bo")
    file = await ana.files.create(file=("mine.txt", BOATS), purpose="assistants")
    response = await ana.responses.create(model="loracle", input="When does the museum open?")
    conversation = await ana.conversations.create()
    again = await ana.responses.create(model="loracle", input="And Monday?", previous_response_id=response.id)
    assert again.user == "ana"
    assert [one.id for one in (await ana.files.list()).data] == [file.id]
    assert (await bo.files.list()).data == []
    for call in (
        lambda: bo.files.retrieve(file.id),
        lambda: bo.files.content(file.id),
        lambda: bo.responses.retrieve(response.id),
        lambda: bo.responses.delete(response.id),
        lambda: bo.responses.create(model="loracle", input="And?", previous_response_id=response.id),
        lambda: bo.responses.create(model="loracle", input="And?", conversation=conversation.id),
        lambda: bo.conversations.retrieve(conversation.id),
        lambda: bo.conversations.items.list(conversation.id),
    ):
        with pytest.raises(openai.NotFoundError):
            await call()
    for refused in (
        lambda: bo.files.create(file=("mine.txt", BOATS), purpose="assistants"),
        lambda: ana.files.create(file=("rows.jsonl", b'{"prompt": "a", "completion": "b"}'), purpose="fine-tune"),
        lambda: ana.responses.create(model="loracle", input="hi", user="bo"),
    ):
        with pytest.raises(openai.PermissionDeniedError):
            await refused()
    assert (await key.responses.retrieve(response.id)).id == response.id
    await ana.responses.delete(response.id)
    await ana.conversations.delete(conversation.id)


async def test_token_of_one_adapter_names_no_other_model(service: Service, tmp_path: Path) -> None:
    await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    bound = await client_for(service, user="ana", adapter="style")
    asked: Any = [{"role": "user", "content": "hi"}]
    for model in ("loracle-base", "loracle:base", "another"):
        with pytest.raises(openai.NotFoundError):
            await bound.chat.completions.create(model=model, messages=asked)
    for model in ("loracle", "style"):
        assert (await bound.chat.completions.create(model=model, messages=asked)).choices


async def test_token_sees_the_stores_of_its_collections_and_groups_alone(service: Service) -> None:
    key = openai_client(service, service.acme)
    await service.take_in(service.acme, "museum.md", MUSEUM, collection="sights")
    await service.take_in(service.acme, "staff.txt", b"The museum safe opens at noon.", collection="sights",
                          access='{"groups": ["staff"]}')  # fmt: skip
    await service.take_in(service.acme, "boats.txt", BOATS, collection="boats")
    stores = {one.name: one for one in (await key.vector_stores.list()).data}
    guest = await client_for(service, user="guest", collections=["sights"], scopes=["read", "write"])
    (seen,) = (await guest.vector_stores.list()).data
    assert (seen.id, seen.file_counts.total) == (stores["sights"].id, 1)
    assert [one.filename for one in (await guest.vector_stores.files.list(seen.id)).data] == ["museum.md"]
    found = await guest.vector_stores.search(seen.id, query="When does the museum safe open?")
    assert {one.filename for one in found.data} == {"museum.md"}
    boats = stores["boats"].id
    hidden = next(one for one in (await key.vector_stores.files.list(seen.id)).data if one.filename == "staff.txt")
    tools: Any = [{"type": "file_search", "vector_store_ids": [boats]}]
    for call in (
        lambda: guest.vector_stores.retrieve(boats),
        lambda: guest.vector_stores.search(boats, query="boats"),
        lambda: guest.vector_stores.files.retrieve(hidden.id, vector_store_id=seen.id),
        lambda: guest.files.retrieve(hidden.id),
        lambda: guest.files.content(hidden.id),
        lambda: guest.responses.create(model="loracle", input="boats?", tools=tools),
    ):
        with pytest.raises(openai.NotFoundError):
            await call()
    with pytest.raises(openai.PermissionDeniedError):
        await guest.vector_stores.create(name="Mine")
    await guest.vector_stores.delete(seen.id)
    left = (await service.acme.get("/api/v1/documents")).json()["data"]
    assert {one["filename"] for one in left} == {"staff.txt", "boats.txt"}
