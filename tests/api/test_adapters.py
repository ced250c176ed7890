"""An adapter's life over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Service
from tests.files import MUSEUM, adapter_upload

WHY = {"override": "a test of something else"}


async def upload(service: Service, tmp_path: Path, name: str = "style", seed: int = 0) -> dict:
    response = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path, seed), data={"name": name})
    assert response.status_code in {200, 201}, response.text
    return response.json()


async def active(service: Service) -> str | None:
    answer = (await service.acme.post("/api/v1/chat", json={"message": "When does the museum open?"})).json()
    return answer["adapter"]["version"] if answer["adapter"] else None


async def test_life_of_an_adapter(service: Service, tmp_path: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    one = await upload(service, tmp_path, seed=1)
    two = await upload(service, tmp_path, seed=2)
    assert one["version"] != two["version"]
    assert await active(service) is None
    for version in (one["version"], two["version"]):
        activated = await service.acme.post("/api/v1/adapters/style/activate", json={"version": version, **WHY})
        assert activated.json()["active"]
        assert await active(service) == version
    rolled = await service.acme.post("/api/v1/adapters/style/rollback")
    assert rolled.json()["active"]["version"] == one["version"]
    assert await active(service) == one["version"]
    off = await service.acme.post("/api/v1/adapters/style/deactivate")
    assert off.json()["active"] is None
    assert await active(service) is None
    listed = (await service.acme.get("/api/v1/adapters")).json()["data"]
    assert {adapter["version"] for adapter in listed} == {one["version"], two["version"]}
    for version in (one["version"], two["version"]):
        assert (await service.acme.delete("/api/v1/adapters/style", params={"version": version})).status_code == 200
    assert (await service.acme.get("/api/v1/adapters/style")).status_code == 404
    assert not list(service.runtime.storage.adapters_dir.glob("*/*"))


async def test_same_content_again_is_the_same_version(service: Service, tmp_path: Path) -> None:
    first = await upload(service, tmp_path)
    again = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert again.status_code == 200
    assert again.json()["id"] == first["id"]


async def test_active_adapter_cannot_be_deleted(service: Service, tmp_path: Path) -> None:
    await upload(service, tmp_path)
    await service.acme.post("/api/v1/adapters/style/activate", json=WHY)
    assert (await service.acme.delete("/api/v1/adapters/style")).status_code == 409
    assert (await service.acme.get("/api/v1/adapters/style")).status_code == 200


async def test_request_may_name_an_adapter_or_the_base(service: Service, tmp_path: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    made = await upload(service, tmp_path)
    await service.acme.post("/api/v1/adapters/style/activate", json=WHY)
    for wanted, used in (("style", made["version"]), (f"style@{made['version']}", made["version"]), ("base", None)):
        body = {"message": "When does the museum open?", "adapter": wanted}
        answer = (await service.acme.post("/api/v1/chat", json=body)).json()
        assert (answer["adapter"] or {}).get("version") == used


async def test_adapter_whose_files_are_gone_is_an_error_and_not_the_base(service: Service, tmp_path: Path) -> None:
    import shutil

    await service.take_in(service.acme, "museum.md", MUSEUM)
    await upload(service, tmp_path)
    await service.acme.post("/api/v1/adapters/style/activate", json=WHY)
    shutil.rmtree(service.runtime.storage.adapters_dir)
    response = await service.acme.post("/api/v1/chat", json={"message": "When does the museum open?"})
    assert response.status_code == 404
    base = await service.acme.post("/api/v1/chat", json={"message": "When does the museum open?", "adapter": "base"})
    assert base.status_code == 200


@pytest.mark.parametrize("name", ["", "base", "none", "../up", "UPPER", "a" * 65, "a b", ".hidden"])
async def test_names_are_bounded(service: Service, tmp_path: Path, name: str) -> None:
    response = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": name})
    assert response.status_code == 422
