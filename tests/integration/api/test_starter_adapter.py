"""The starter adapter answers tenants that decided nothing else, and follows the base model that is served."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from anyio.to_thread import run_sync

from app.adapters.builtin import CARD, read_builtin_adapters
from app.bootstrap.generation import SCRIPTED_FINGERPRINT
from app.http.services import registered_services
from app.operations.service import OperationsService
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

NAME = "grounded-qa"
OTHER_BASE = "another base"
WHY = {"override": "a test"}
Serve = Callable[[str], None]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder like the package's, with a starter adapter for each of two bases side by side."""
    root = tmp_path / "shipped"
    for seed, base in enumerate((SCRIPTED_FINGERPRINT, OTHER_BASE), 1):
        folder = root / f"base-{seed}" / NAME
        folder.mkdir(parents=True)
        for name, (_, content) in adapter_upload(tmp_path, seed).items():
            (folder / name).write_bytes(content)
        (folder / CARD).write_text(json.dumps({"base_fingerprint": base, "data": ["made up"]}))
    return root


@pytest.fixture
def serve(service: Service, shipped: Path) -> Serve:
    """Goes on as if the service had been started anew on the base with this fingerprint."""
    registry = service.runtime.adapters

    def switch(fingerprint: str) -> None:
        registry._base = replace(registry._base, fingerprint=fingerprint)
        registry._builtin = read_builtin_adapters(shipped, {fingerprint})

    switch(SCRIPTED_FINGERPRINT)
    return switch


async def answered_by(client: httpx.AsyncClient, **more: str) -> str | None:
    """The label of the adapter that answered; None: the base model."""
    response = await client.post("/api/v1/chat", json={"message": "When does the museum open?", **more})
    assert response.status_code == 200, response.text
    used = response.json()["adapter"]
    return used and f"{used['name']}@{used['version']}"


async def adapters(client: httpx.AsyncClient) -> list[dict]:
    return (await client.get("/api/v1/adapters")).json()["data"]


async def upload(client: httpx.AsyncClient, tmp_path: Path, name: str, seed: int = 5) -> str:
    made = await client.post("/api/v1/adapters", files=adapter_upload(tmp_path, seed), data={"name": name})
    return made.json()["id"]


async def warnings(service: Service) -> list[str]:
    await run_sync(registered_services(service.app).get(OperationsService).readiness.check)
    response = await service.nobody.get("/readyz")
    assert response.status_code == 200
    return response.json()["warnings"]


async def test_starter_is_listed_before_it_is_named(service: Service, serve: Serve) -> None:
    (listed,) = await adapters(service.acme)
    assert listed["name"] == NAME
    assert listed["builtin"]
    assert listed["active"]
    assert listed["not_served"] is None
    assert (await service.acme.get(f"/api/v1/adapters/{NAME}")).json() == listed


async def test_starter_answers_a_tenant_that_decided_nothing(service: Service, serve: Serve) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    starter = await answered_by(service.acme)
    assert starter is not None
    assert starter.startswith(NAME)
    assert await answered_by(service.acme, adapter="base") is None
    history = (await service.acme.get(f"/api/v1/adapters/{NAME}/activations")).json()["data"]
    assert [(one["adapter"], one["override_reason"]) for one in history] == [(starter, "the service's starter adapter")]
    assert await answered_by(service.other) == starter


async def test_the_service_is_who_puts_the_starter_in_force(service: Service, serve: Serve) -> None:
    await answered_by(service.acme)
    entries = (await service.acme.get("/api/v1/audit", params={"target_kind": "adapter"})).json()["data"]
    assert [(entry["action"], entry["actor"]["kind"]) for entry in entries] == [("adapter.activated", "service")]


async def test_without_the_setting_the_base_answers_and_the_starter_can_be_named(
    service: Service, serve: Serve
) -> None:
    service.runtime.adapters._starter = None
    assert await answered_by(service.acme) is None
    assert not (await adapters(service.acme))[0]["active"]
    named = await answered_by(service.acme, adapter=NAME)
    assert named is not None


async def test_the_setting_counts_until_the_tenant_decides(service: Service, serve: Serve) -> None:
    starter = await answered_by(service.acme)
    service.runtime.adapters._starter = None
    assert await answered_by(service.acme) is None
    service.runtime.adapters._starter = NAME
    assert await answered_by(service.acme) == starter
    await service.acme.post(f"/api/v1/adapters/{NAME}/deactivate")
    await service.acme.post(f"/api/v1/adapters/{NAME}/activate", json=WHY)
    service.runtime.adapters._starter = None
    assert await answered_by(service.acme) == starter


async def test_the_starter_stays_in_force_when_it_is_compressed(service: Service, serve: Serve) -> None:
    starter = await answered_by(service.acme)
    made = await service.acme.post(f"/api/v1/adapters/{NAME}/compress", json={"rank": 1})
    assert made.status_code == 201
    assert await answered_by(service.acme) == starter


async def test_a_deactivated_starter_stays_so(service: Service, serve: Serve) -> None:
    assert (await service.acme.post(f"/api/v1/adapters/{NAME}/deactivate")).json()["active"] is None
    assert await answered_by(service.acme) is None
    assert not (await adapters(service.acme))[0]["active"]
    assert (await service.acme.delete(f"/api/v1/adapters/{NAME}")).status_code == 200
    assert await answered_by(service.acme) is None


async def test_another_adapter_replaces_the_starter_through_the_gate_and_a_rollback_returns_to_it(
    service: Service, serve: Serve, tmp_path: Path
) -> None:
    starter = await answered_by(service.acme)
    own = await upload(service.acme, tmp_path, "own")
    closed = (await service.acme.post("/api/v1/adapters/own/activate")).json()["error"]
    assert closed["code"] == "gate_closed"
    assert str(starter) in closed["message"]
    await service.acme.post("/api/v1/adapters/own/activate", json=WHY)
    assert await answered_by(service.acme) == own
    back = (await service.acme.post("/api/v1/adapters/own/rollback")).json()
    assert back["active"]["id"] == starter
    assert await answered_by(service.acme) == starter


async def test_an_adapter_is_evaluated_against_the_starter_that_it_would_replace(
    service: Service, serve: Serve, tmp_path: Path
) -> None:
    await upload(service.acme, tmp_path, "own")
    row = {"question": "What?", "context": "The number is 7.", "answers": ["7"]}
    files = {"cases": ("cases.jsonl", json.dumps(row).encode())}
    queued = (await service.acme.post("/api/v1/adapters/own/evaluations", files=files)).json()
    assert queued["against"].startswith(f"{NAME}@")


async def test_an_own_adapter_of_that_name_is_not_put_in_force(service: Service, serve: Serve, tmp_path: Path) -> None:
    service.runtime.adapters._builtin = {}
    await upload(service.acme, tmp_path, NAME)
    serve(SCRIPTED_FINGERPRINT)
    assert await answered_by(service.acme) is None
    assert [one["builtin"] for one in await adapters(service.acme)] == [False]


async def test_the_starter_follows_the_base(service: Service, serve: Serve) -> None:
    first = await answered_by(service.acme)
    serve(OTHER_BASE)
    assert await warnings(service) == []
    second = await answered_by(service.acme)
    assert second != first
    assert await warnings(service) == []
    newest, oldest = await adapters(service.acme)
    assert (newest["id"], newest["active"], newest["not_served"]) == (second, True, None)
    assert (oldest["id"], oldest["active"]) == (first, False)
    assert "another base model" in oldest["not_served"]
    serve(SCRIPTED_FINGERPRINT)
    assert await answered_by(service.acme) == first
    assert await answered_by(service.acme, adapter=NAME) == first


async def test_on_a_base_without_a_starter_the_base_answers_and_the_starter_comes_back_with_its_base(
    service: Service, serve: Serve
) -> None:
    starter = await answered_by(service.acme)
    serve("a third base")
    assert await answered_by(service.acme) is None
    assert await warnings(service) == []
    serve(SCRIPTED_FINGERPRINT)
    assert await answered_by(service.acme) == starter


async def test_an_active_adapter_of_a_former_base_gives_way_to_the_starter_and_is_warned_of(
    service: Service, serve: Serve, tmp_path: Path
) -> None:
    own = await upload(service.acme, tmp_path, "own")
    await service.acme.post("/api/v1/adapters/own/activate", json=WHY)
    serve(OTHER_BASE)
    assert str(await answered_by(service.acme)).startswith(f"{NAME}@")
    (warning,) = await warnings(service)
    assert "1 tenant has" in warning
    assert "train it again" in warning
    kept = (await service.acme.get("/api/v1/adapters/own")).json()
    assert kept["active"]
    assert "serve the base that it was made for" in kept["not_served"]
    for label in ("own", own):
        named = await service.acme.post("/api/v1/chat", json={"message": "When?", "adapter": label})
        assert named.status_code == 404
        assert named.json()["error"]["code"] == "adapter_of_another_base"
        assert own in named.json()["error"]["message"]
    serve(SCRIPTED_FINGERPRINT)
    assert await warnings(service) == []
    assert await answered_by(service.acme) == own


async def test_without_a_starter_for_the_new_base_the_base_model_answers(
    service: Service, serve: Serve, tmp_path: Path
) -> None:
    await upload(service.acme, tmp_path, "own")
    await service.acme.post("/api/v1/adapters/own/activate", json=WHY)
    serve("a third base")
    assert await answered_by(service.acme) is None
    assert len(await warnings(service)) == 1


async def test_a_canary_of_a_former_base_does_not_answer(service: Service, serve: Serve, tmp_path: Path) -> None:
    await upload(service.acme, tmp_path, "own")
    await service.acme.post("/api/v1/adapters/own/canary", json={"share": 1, **WHY})
    assert str(await answered_by(service.acme)).startswith("own@")
    serve(OTHER_BASE)
    assert str(await answered_by(service.acme)).startswith(f"{NAME}@")


async def test_tenants_share_the_files_of_the_starter(service: Service, serve: Serve) -> None:
    await adapters(service.acme)
    await adapters(service.other)
    folders = [path for path in service.runtime.storage.adapters_dir.glob("*/*") if path.is_dir()]
    assert [path.parent.name for path in folders] == ["builtin"]
    refs = [service.runtime.deployments.resolve(tenant) for tenant in (service.acme_id, service.other_id)]
    assert refs[0] == refs[1]
    await service.operator.delete(f"/api/v1/tenants/{service.other_id}")
    assert folders[0].is_dir()
    assert await answered_by(service.acme) is not None


async def test_earlier_starter_in_force_is_announced_until_the_new_one_answers(
    service: Service, serve: Serve, shipped: Path, tmp_path: Path
) -> None:
    former = await answered_by(service.acme)
    assert await warnings(service) == []
    folder = next(card.parent for card in shipped.rglob(CARD) if SCRIPTED_FINGERPRINT in card.read_text())
    newer = adapter_upload(tmp_path, 9)
    for name, (_, content) in newer.items():
        (folder / name).write_bytes(content)
    service.runtime.adapters._shipped_versions.clear()  # as after a start of the next release
    assert await answered_by(service.acme) == former
    (told,) = await warnings(service)
    assert told.startswith("1 tenant is answered by an earlier version of the starter adapter")
    (listed,) = await adapters(service.acme)
    assert listed["id"] == former
    assert listed["warning"].startswith("This release ships a newer version of it (grounded-qa@")
    made = await service.acme.post("/api/v1/adapters", files=newer, data={"name": NAME})
    assert made.json()["id"].split("@")[-1] in told
    assert (await service.acme.post(f"/api/v1/adapters/{NAME}/activate", json=WHY)).is_success
    assert await warnings(service) == []
    active = next(one for one in await adapters(service.acme) if one["active"])
    assert (active["id"], active["warning"]) == (made.json()["id"], None)
