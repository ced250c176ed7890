"""The plugin of vLLM fetches adapters by name, from the service or a folder, and refuses what is not what it says."""

from __future__ import annotations

import json
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from loracle_vllm.fetching import AdapterCache, AdapterFault, source_of
from loracle_vllm.names import CONFIG, WEIGHTS, AdapterName, content_version, parse

from app.adapters.validate import content_version as registry_version
from tests.support.files import adapter_upload
from tests.support.live import LiveService, live_service

TENANT, VERSION = "ten_0123456789abcdef", "0" * 16


@pytest.fixture
def adapter(tmp_path: Path) -> tuple[AdapterName, Path]:
    """An adapter in a folder of adapters: (its name, the folder of all)."""
    files = {name: content for name, (_, content) in _upload(tmp_path).items()}
    written = tmp_path / "written"
    written.mkdir()
    for name, content in files.items():
        (written / name).write_bytes(content)
    name = AdapterName(TENANT, content_version(written))
    shutil.move(written, tmp_path / "adapters" / TENANT / name.version)
    return name, tmp_path / "adapters"


def _upload(folder: Path) -> dict[str, tuple[str, bytes]]:
    return {name: (name, bytes(content)) for name, (_, content, *_) in adapter_upload(folder).items()}


@pytest.mark.parametrize(
    ("name", "parsed"),
    [
        (f"{TENANT}/style@{VERSION}", AdapterName(TENANT, VERSION)),
        (f"builtin/grounded-qa@{VERSION}", AdapterName("builtin", VERSION)),
        *((one, None) for one in ("../outside", "/etc/passwd", "base", f"{TENANT}/style", f"{TENANT}/../x@{VERSION}")),
        *(
            (one, None)
            for one in (f"{TENANT}/style@{VERSION}/..", f"ten_1/../../a@{VERSION}", f"{TENANT}/s@{'G' * 16}")
        ),
        (f"{TENANT}/style@{VERSION}\n", None),
    ],
)
def test_only_names_that_loracle_makes_are_looked_for(name: str, parsed: AdapterName | None) -> None:
    assert parse(name) == parsed


def test_version_is_the_registrys(adapter: tuple[AdapterName, Path]) -> None:
    name, root = adapter
    folder = root / name.owner / name.version
    assert registry_version(json.loads((folder / CONFIG).read_text()), folder / WEIGHTS) == name.version


def test_version_is_fetched_once_and_never_written_again(adapter: tuple[AdapterName, Path], tmp_path: Path) -> None:
    name, root = adapter
    cache = AdapterCache(tmp_path / "cache", source_of(str(root), ""))
    folder = cache.folder(name)
    assert folder is not None
    assert content_version(folder) == name.version
    shutil.rmtree(root)
    assert cache.folder(name) == folder
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == [TENANT]


@pytest.mark.parametrize("file", [CONFIG, WEIGHTS])
def test_content_that_its_name_does_not_say_is_refused(
    adapter: tuple[AdapterName, Path], tmp_path: Path, file: str
) -> None:
    name, root = adapter
    changed = root / name.owner / name.version / file
    changed.write_bytes(changed.read_bytes().replace(b"LORA", b"LORB") + b" ")
    cache = AdapterCache(tmp_path / "cache", source_of(str(root), ""))
    with pytest.raises(AdapterFault, match="it is not loaded"):
        cache.folder(name)
    assert not (tmp_path / "cache" / name.owner / name.version).exists()


def test_unknown_version_is_none_and_origins_that_are_none_say_so(tmp_path: Path) -> None:
    (tmp_path / "adapters").mkdir()
    cache = AdapterCache(tmp_path / "cache", source_of(str(tmp_path / "adapters"), ""))
    assert cache.folder(AdapterName(TENANT, VERSION)) is None
    with pytest.raises(ValueError, match="neither an address nor a folder"):
        source_of(str(tmp_path / "nothing"), "")
    with pytest.raises(ValueError, match="LORACLE_ADAPTERS_KEY is empty"):
        source_of("http://loracle:8000", "")


@pytest.fixture
def live(tmp_path: Path, newest_schema: Path) -> Iterator[LiveService]:
    with live_service(tmp_path, newest_schema) as running:
        yield running


def test_service_sends_an_adapter_to_an_operators_key_alone(live: LiveService, tmp_path: Path) -> None:
    key, operator = live.new_key(), live.new_key("admin")
    with httpx.Client(base_url=live.url, headers={"Authorization": f"Bearer {key}"}) as http:
        made: dict[str, Any] = http.post("/api/v1/adapters", files=_upload(tmp_path), data={"name": "style"}).json()
        tenant = http.get("/api/v1/me").json()["tenant"]["id"]
    name = AdapterName(tenant, made["version"])
    assert parse(f"{tenant}/style@{made['version']}") == name
    folder = AdapterCache(tmp_path / "cache", source_of(live.url, operator)).folder(name)
    assert folder is not None
    assert content_version(folder) == made["version"]
    with pytest.raises(AdapterFault, match="403: check LORACLE_ADAPTERS_KEY"):
        AdapterCache(tmp_path / "other", source_of(live.url, key)).folder(name)
    unknown = AdapterName(tenant, VERSION)
    assert AdapterCache(tmp_path / "other", source_of(live.url, operator)).folder(unknown) is None


async def test_resolver_answers_vllm_with_the_folder_or_nothing(
    adapter: tuple[AdapterName, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered = _fake_vllm(monkeypatch)
    name, root = adapter
    monkeypatch.setenv("LORACLE_ADAPTERS_FROM", str(root))
    monkeypatch.setenv("LORACLE_ADAPTERS_CACHE", str(tmp_path / "cache"))
    import loracle_vllm

    loracle_vllm.register()
    resolver = registered["Loracle"]
    found = await resolver.resolve_lora("base", f"{name.owner}/style@{name.version}")
    assert content_version(Path(found[2])) == name.version
    assert await resolver.resolve_lora("base", "../outside") is None
    assert await resolver.resolve_lora("base", f"{name.owner}/style@{VERSION}") is None


def _fake_vllm(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The parts of vLLM that the plugin imports; what is registered."""
    registered: dict[str, Any] = {}
    modules = {name: types.ModuleType(name) for name in ("vllm", "vllm.logger", "vllm.lora")}
    modules |= {name: types.ModuleType(name) for name in ("vllm.lora.request", "vllm.lora.resolver")}
    modules["vllm.logger"].init_logger = __import__("logging").getLogger
    modules["vllm.lora.request"].LoRARequest = lambda *parts: parts
    modules["vllm.lora.resolver"].LoRAResolver = object
    registry = types.SimpleNamespace(register_resolver=registered.__setitem__)
    modules["vllm.lora.resolver"].LoRAResolverRegistry = registry
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    return registered
