"""Files, called with OpenAI's own package: kept as they are, listed by time, gone with all that was made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openai
import pytest

from tests.integration.openai_api.conftest import openai_client
from tests.support.files import MUSEUM
from tests.support.service import Service

ROWS = b'{"prompt": "When?", "completion": "At ten."}\n'


@pytest.fixture
def acme(service: Service) -> openai.AsyncOpenAI:
    return openai_client(service, service.acme)


@pytest.fixture
def other(service: Service) -> openai.AsyncOpenAI:
    return openai_client(service, service.other)


async def upload(client: openai.AsyncOpenAI, name: str = "museum.md", content: bytes = MUSEUM, **more: Any) -> Any:
    return await client.files.create(**{"file": (name, content), "purpose": "assistants", **more})


def stored(service: Service) -> list[Path]:
    return [path for path in service.runtime.storage.blobs._folder.rglob("*") if path.is_file()]


async def test_file_is_kept_as_it_is_and_searched_nowhere(service: Service, acme: openai.AsyncOpenAI) -> None:
    made = await upload(acme)
    assert (made.object, made.filename, made.purpose, made.status) == ("file", "museum.md", "assistants", "processed")
    assert (made.bytes, made.id[:5]) == (len(MUSEUM), "file-")
    assert await acme.files.retrieve(made.id) == made
    assert (await acme.files.content(made.id)).content == MUSEUM
    assert (await acme.files.wait_for_processing(made.id)).id == made.id
    assert (await service.acme.get("/api/v1/documents")).json()["data"] == []
    assert (await acme.files.delete(made.id)).deleted is True
    with pytest.raises(openai.NotFoundError):
        await acme.files.retrieve(made.id)
    assert stored(service) == []


async def test_list_is_by_time_and_goes_on_while_its_files_are_deleted(acme: openai.AsyncOpenAI) -> None:
    names = [f"{number}.txt" for number in range(5)]
    made = [await upload(acme, name, b"One line of text.") for name in names]
    await upload(acme, "rows.jsonl", ROWS, purpose="fine-tune")
    assert [one.filename async for one in acme.files.list(purpose="assistants", order="asc", limit=2)] == names
    before = await acme.get("/files", cast_to=object, options={"params": {"before": made[3].id, "order": "asc"}})
    assert [one["filename"] for one in before["data"]] == names[:3]
    async for one in acme.files.list(limit=2):
        await acme.files.delete(one.id)
    assert (await acme.files.list()).data == []


async def test_rows_to_train_on_become_a_dataset(service: Service, acme: openai.AsyncOpenAI) -> None:
    made = await upload(acme, "My rows (2).jsonl", ROWS, purpose="fine-tune")
    dataset = (await service.acme.get(f"/api/v1/training/datasets/{made.dataset_id}")).json()
    assert (dataset["name"], dataset["version"]) == ("file-my-rows-2", 1)
    assert (await acme.files.content(made.id)).content == ROWS
    await acme.files.delete(made.id)
    assert (await service.acme.get(f"/api/v1/training/datasets/{made.dataset_id}")).status_code == 404
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        await upload(acme, "rows.jsonl", b"no rows", purpose="fine-tune")
    assert refused.value.code == "dataset_invalid"
    assert stored(service) == []


async def test_document_is_a_file_by_its_own_id(service: Service, acme: openai.AsyncOpenAI) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    found = await acme.files.retrieve(document["id"])
    assert (found.filename, found.bytes) == ("museum.md", len(MUSEUM))
    assert (await acme.files.content(document["id"])).content == MUSEUM


async def test_what_cannot_be_kept_is_refused_by_name(service: Service, acme: openai.AsyncOpenAI) -> None:
    expiry = {"anchor": "created_at", "seconds": 3600}
    for param, more in (
        ("expires_after", {"expires_after": expiry}),
        ("purpose", {"purpose": "batch"}),
        ("file", {"content": b""}),
    ):
        with pytest.raises(openai.UnprocessableEntityError) as refused:
            await upload(acme, **more)
        assert refused.value.param == param
    assert stored(service) == []


async def test_another_tenants_file_is_as_unknown_as_one_that_never_was(
    acme: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    made = await upload(acme)
    assert (await other.files.list()).data == []
    for call in (other.files.retrieve, other.files.content, other.files.delete):
        bodies = []
        for file_id in (made.id, "file-none"):
            with pytest.raises(openai.NotFoundError) as found:
                await call(file_id)
            bodies.append(found.value.body)
        assert bodies[0] == bodies[1]
    assert await acme.files.retrieve(made.id) == made
