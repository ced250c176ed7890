"""An adapter shipped with the package over HTTP: named, it is there; it passes the gate like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.adapters.builtin import CARD, read_builtin_adapters
from app.bootstrap.generation import SCRIPTED_FINGERPRINT
from tests.support.files import MUSEUM, adapter_upload
from tests.support.service import Service

NAME = "grounded-qa"
WHY = {"override": "a test"}


@pytest.fixture
def shipped(service: Service, tmp_path: Path) -> Path:
    """The service as if the package had a built-in adapter for the scripted base, which no setting puts in force."""
    root = tmp_path / "shipped"
    folder = root / NAME
    folder.mkdir(parents=True)
    for name, (_, content) in adapter_upload(tmp_path).items():
        (folder / name).write_bytes(content)
    (folder / CARD).write_text(json.dumps({"base_fingerprint": SCRIPTED_FINGERPRINT, "data": ["made up"]}))
    service.runtime.adapters._builtin = read_builtin_adapters(root, {SCRIPTED_FINGERPRINT})
    service.runtime.adapters._starter = None
    return root


async def test_builtin_adapter_answers_a_request_that_names_it(service: Service, shipped: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    question = {"message": "When does the museum open?", "adapter": NAME}
    answer = (await service.acme.post("/api/v1/chat", json=question)).json()
    assert answer["adapter"]["name"] == NAME
    kept = (await service.acme.get(f"/api/v1/adapters/{NAME}")).json()
    assert kept["version"] == answer["adapter"]["version"]
    assert kept["lineage"]["origin"] == "starter"
    assert not kept["active"]
    assert kept["builtin"]
    assert (await service.other.get(f"/api/v1/adapters/{NAME}")).json()["builtin"]  # before the other tenant named it


async def test_builtin_adapter_passes_the_gate_like_any_other(service: Service, shipped: Path) -> None:
    closed = await service.acme.post(f"/api/v1/adapters/{NAME}/activate")
    assert closed.json()["error"]["code"] == "gate_closed"
    assert (await service.acme.post(f"/api/v1/adapters/{NAME}/activate", json=WHY)).json()["active"]
    row = {"question": "What?", "context": "The number is 7.", "answers": ["7"]}
    files = {"cases": ("cases.jsonl", json.dumps(row).encode())}
    queued = await service.other.post(f"/api/v1/adapters/{NAME}/evaluations", files=files)
    assert queued.status_code == 202


async def test_own_adapter_of_that_name_takes_its_place(service: Service, shipped: Path, tmp_path: Path) -> None:
    files = adapter_upload(tmp_path, seed=5)
    own = (await service.acme.post("/api/v1/adapters", files=files, data={"name": NAME})).json()
    active = await service.acme.post(f"/api/v1/adapters/{NAME}/activate", json=WHY)
    assert active.json()["version"] == own["version"]


async def test_builtin_adapter_of_another_base_does_not_exist(service: Service, shipped: Path) -> None:
    service.runtime.adapters._builtin = read_builtin_adapters(shipped, {"another base"})
    assert (await service.acme.post(f"/api/v1/adapters/{NAME}/activate", json=WHY)).status_code == 404
