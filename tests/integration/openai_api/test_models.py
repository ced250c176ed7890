"""The models that OpenAI's client lists: the documents, the base, the tenant's adapters and no one else's."""

from __future__ import annotations

from pathlib import Path

import openai
import pytest

from tests.support.files import adapter_upload
from tests.support.service import Service

SERVICE = ["loracle", "loracle-base", "loracle-embeddings"]


async def names(client: openai.AsyncOpenAI) -> list[str]:
    return [model.id async for model in client.models.list()]


async def upload(service: Service, folder: Path, name: str = "style") -> str:
    made = await service.acme.post("/api/v1/adapters", files=adapter_upload(folder), data={"name": name})
    assert made.status_code == 201
    return made.json()["id"]


async def test_list_holds_the_service_and_each_adapter_with_its_versions(
    museum: Service, acme: openai.AsyncOpenAI, tmp_path: Path
) -> None:
    label = await upload(museum, tmp_path)
    assert await names(acme) == [*SERVICE, "style", label]


async def test_documents_say_which_adapter_is_in_force(
    museum: Service, acme: openai.AsyncOpenAI, tmp_path: Path
) -> None:
    assert (await acme.models.retrieve("loracle")).adapter is None
    label = await upload(museum, tmp_path)
    await museum.acme.post("/api/v1/adapters/style/activate", json={"override": "a test"})
    model = await acme.models.retrieve("loracle")
    assert (model.object, model.documents, model.adapter) == ("model", True, label)
    assert (await acme.models.retrieve("loracle-base")).documents is False


async def test_adapter_is_found_by_each_of_its_names(museum: Service, acme: openai.AsyncOpenAI, tmp_path: Path) -> None:
    label = await upload(museum, tmp_path)
    for name in ("style", label, "loracle:style", f"loracle:{label}"):
        model = await acme.models.retrieve(name)
        assert (model.id, model.adapter) == (name.removeprefix("loracle:"), label)
        assert model.created > 1_600_000_000
        assert model.owned_by == "tenant"


async def test_another_tenants_adapter_is_neither_listed_nor_found(
    museum: Service, other: openai.AsyncOpenAI, tmp_path: Path
) -> None:
    label = await upload(museum, tmp_path)
    assert await names(other) == [*SERVICE]
    for name in ("style", label, "loracle:style", "never-was", "base", "loracle:"):
        with pytest.raises(openai.NotFoundError) as found:
            await other.models.retrieve(name)
        assert (found.value.code, found.value.param) == ("model_not_found", "model")
