"""An adapter's life over HTTP."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from app.domain.adapters import Lineage
from tests.support.files import MUSEUM, adapter_tensors, adapter_upload, safetensors_bytes
from tests.support.service import Service

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


async def test_response_says_when_an_activated_adapter_acts(service: Service, tmp_path: Path) -> None:
    files = adapter_upload(tmp_path, alora_invocation_tokens=[65, 66])
    made = (await service.acme.post("/api/v1/adapters", files=files, data={"name": "activated"})).json()
    assert made["invocation_tokens"] == [65, 66]
    assert "acts only in prompts" in made["warning"]
    plain = await upload(service, tmp_path)
    assert plain["invocation_tokens"] is plain["warning"] is None
    shown = (await service.acme.get("/api/v1/adapters/activated")).json()
    assert shown == made
    compressed = (await service.acme.post("/api/v1/adapters/activated/compress", json={"rank": 1})).json()["adapter"]
    assert compressed["invocation_tokens"] == [65, 66]
    for tokens in ([], ["a"], [-1]):
        files = adapter_upload(tmp_path, alora_invocation_tokens=tokens)
        refused = await service.acme.post("/api/v1/adapters", files=files, data={"name": "activated"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "adapter_invalid"), refused.text


async def test_same_content_again_is_the_same_version(service: Service, tmp_path: Path) -> None:
    first = await upload(service, tmp_path)
    again = await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    assert again.status_code == 200
    assert again.json()["id"] == first["id"]


async def test_names_of_another_tool_are_the_same_version(service: Service, tmp_path: Path) -> None:
    first = await upload(service, tmp_path)
    compiled = {key.replace(".model.", "._orig_mod.", 1): tensor for key, tensor in adapter_tensors().items()}
    files = adapter_upload(tmp_path, target_modules="all-linear")
    files["adapter_model.safetensors"] = ("adapter_model.safetensors", safetensors_bytes(compiled, tmp_path))
    again = await service.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert not list(service.runtime.storage.adapters_dir.glob(".*"))


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


ELSEWHERE = [
    ({"peft_type": "LORA", "use_dora": True, "r": 2, "lora_alpha": 4, "target_modules": ["q_proj"]}, "DoRA"),
    ({"peft_type": "IA3", "target_modules": ["k_proj"], "feedforward_modules": []}, "IA3"),
]


@pytest.mark.parametrize(("config", "kind"), ELSEWHERE)
async def test_kinds_for_use_elsewhere_are_kept_and_exported_but_never_answer(
    service: Service, tmp_path: Path, config: dict, kind: str
) -> None:
    """As training leaves them: no override, trial, evaluation or request gets past, and each says why."""
    tenant = service.acme_id
    (tmp_path / "adapter_config.json").write_text(json.dumps(config))
    (tmp_path / "adapter_model.safetensors").write_bytes(b"weights")
    made, _ = service.runtime.adapters.publish(tenant, "style", tmp_path, Lineage("training"))
    shown = (await service.acme.get("/api/v1/adapters/style")).json()
    assert kind in (shown.get("not_served") or shown["data"][0]["not_served"])
    case = {"id": "a", "question": "When?", "answers": ["at ten"]}
    files = {"cases": ("cases.jsonl", json.dumps(case).encode())}
    refusals = [
        await service.acme.post("/api/v1/adapters/style/activate", json=WHY),
        await service.acme.post("/api/v1/adapters/style/canary", json={"share": 0.5, **WHY}),
        await service.acme.post("/api/v1/adapters/style/evaluations", files=files),
        await service.acme.post("/api/v1/chat", json={"message": "When does it open?", "adapter": "style"}),
    ]
    for refused in refusals:
        error = refused.json()["error"]
        assert (refused.status_code, error["code"]) == (409, "adapter_not_served"), refused.text
        assert kind in error["message"]
    assert (await service.acme.post("/api/v1/adapters/style/compress", json={"rank": 1})).status_code == 422
    assert (await service.acme.get("/api/v1/adapters/style/report")).status_code == 200
    exported = await service.acme.get("/api/v1/adapters/style/export")
    archive = zipfile.ZipFile(io.BytesIO(exported.content))
    assert any(archive.read(name) == b"weights" for name in archive.namelist())
    assert made.version in shown.get("version", made.version)


@pytest.mark.parametrize(("config", "kind"), ELSEWHERE)
async def test_such_uploads_are_refused_by_their_kind(
    service: Service, tmp_path: Path, config: dict, kind: str
) -> None:
    files = adapter_upload(tmp_path)
    files["adapter_config.json"] = ("adapter_config.json", json.dumps(config).encode())
    refused = await service.acme.post("/api/v1/adapters", files=files, data={"name": "style"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "adapter_invalid")
    assert f"{kind} cannot be served beside plain LoRA" in refused.json()["error"]["message"]


async def test_singular_values_say_what_a_lower_rank_would_keep(service: Service, tmp_path: Path) -> None:
    adapter = await upload(service, tmp_path)
    found = (await service.acme.get("/api/v1/adapters/style/spectrum")).json()
    made = (await service.acme.post("/api/v1/adapters/style/compress", json={"rank": 1})).json()
    assert found["rank"] == adapter["rank"] == len(found["energy_by_rank"])
    assert found["energy_by_rank"] == made["energy_by_rank"]
    assert found["energy_by_rank"][0] == pytest.approx(made["energy_kept"])
    for layer in found["layers"]:
        assert layer["singular_values"] == sorted(layer["singular_values"], reverse=True)
    assert (await service.other.get("/api/v1/adapters/style/spectrum")).status_code == 404
