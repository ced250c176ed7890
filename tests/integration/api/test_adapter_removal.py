"""Adapters' files go once nothing that generates reads them: of a deleted adapter, and of a deleted tenant."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.adapters.files import local
from app.bootstrap.command_line import build_tenant_service
from app.llm.base import AdapterRef
from app.llm.fake import FakeGenerator
from app.llm.vllm.adapters import model_name
from tests.support.files import adapter_upload
from tests.support.service import Service


@dataclass
class Replicas:
    """What generates, asked to stop reading files."""

    answer: bool = True
    told: list[str] = field(default_factory=list)  # names of the adapters

    def forget(self, adapter: AdapterRef) -> bool:
        assert Path(adapter.folder).is_dir(), "its files are gone already"
        self.told.append(model_name(adapter))
        return self.answer


@pytest.fixture
def replicas(monkeypatch: pytest.MonkeyPatch) -> Replicas:
    made = Replicas()
    monkeypatch.setattr(FakeGenerator, "forget_adapter", lambda _, adapter: made.forget(adapter))
    return made


@pytest.fixture
def service(replicas: Replicas, service: Service) -> Service:
    """The service, which got the replicas when it was built."""
    return service


async def upload(service: Service, tmp_path: Path, seed: int = 0) -> tuple[str, Path]:
    """(the adapter's name at a replica, its folder)."""
    files = adapter_upload(tmp_path, seed=seed)
    made = (await service.acme.post("/api/v1/adapters", files=files, data={"name": "style"})).json()
    adapters = service.runtime.adapters
    folder = adapters.folder(adapters.get(service.acme_id, "style", made["version"]))
    return f"{service.acme_id}/style@{made['version']}", folder


async def test_files_of_an_adapter_stay_while_a_server_may_still_read_them(
    service: Service, replicas: Replicas, tmp_path: Path
) -> None:
    for replicas.answer in (False, True):
        name, folder = await upload(service, tmp_path)
        assert (await service.acme.delete("/api/v1/adapters/style")).status_code == 200
        assert folder.is_dir() != replicas.answer
    assert replicas.told == [name] * 2


async def test_files_of_a_tenant_go_after_its_adapters_are_unloaded(
    service: Service, replicas: Replicas, tmp_path: Path
) -> None:
    names, folders = zip(*[await upload(service, tmp_path, seed) for seed in range(2)], strict=True)
    assert (await service.operator.delete(f"/api/v1/tenants/{service.acme_id}")).status_code == 200
    assert set(replicas.told) == set(names)
    assert not folders[0].parent.exists()


async def test_files_of_a_tenant_that_a_server_may_still_read_are_swept_later(
    service: Service, replicas: Replicas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replicas.answer = False
    folders = [(await upload(service, tmp_path, seed))[1] for seed in range(2)]
    assert (await service.operator.delete(f"/api/v1/tenants/{service.acme_id}")).status_code == 200
    assert len(replicas.told) == 1, "each that does not answer takes seconds"
    assert service.runtime.adapters.sweep() == 0
    assert all(folder.is_dir() for folder in folders)
    monkeypatch.setattr(local, "ORPHAN_AGE_S", -1.0)
    assert service.runtime.adapters.sweep() == 2
    assert not any(folder.exists() for folder in folders)


async def test_command_line_leaves_what_vllm_may_read_to_the_sweep(service: Service, tmp_path: Path) -> None:
    _, folder = await upload(service, tmp_path)
    storage = service.runtime.storage
    settings = storage.settings.model_copy(update={"generator": "vllm"})
    build_tenant_service(replace(storage, settings=settings)).delete(service.acme_id)
    assert folder.is_dir()
