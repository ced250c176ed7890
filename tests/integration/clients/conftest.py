"""The service over fakes on a port of this process, and the generators of clients, installed once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.live import live_service
from tests.support.paths import ROOT
from tests.support.serving import take_in
from tools.clients.generate import TYPES_SCRIPT
from tools.clients.toolbox import ToolsMissing, npm_tools, python_tools, run_node

# An answer that takes seconds to write, so that it can be stopped on a busy machine too.
MARATHON = "Runners of the marathon carry " + "water and bread and " * 36 + "hope.\n"
LONG_QUESTION = "Do runners of the marathon carry water and bread?"
PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True)
class LiveService:
    """A service that answers on a port, and the key of a tenant with a document."""

    url: str
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LORACLE_URL": self.url, "LORACLE_API_KEY": self.key}


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory, newest_schema: Path) -> Iterator[LiveService]:
    with live_service(tmp_path_factory.mktemp("live"), newest_schema) as running:
        live = LiveService(running.url, running.new_key())
        with httpx.Client(base_url=live.url, headers=live.headers, timeout=60) as http:
            assert take_in(http, "museum.md", MUSEUM)["status"] == "ready"
            assert take_in(http, "marathon.txt", MARATHON.encode())["status"] == "ready"
        yield live


@pytest.fixture(scope="package")
def document(tmp_path_factory: pytest.TempPathFactory, live: LiveService) -> Path:
    """The OpenAPI document in a file."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(json.dumps(httpx.get(f"{live.url}/openapi.json", timeout=60).raise_for_status().json()))
    return path


@pytest.fixture(scope="package")
def python_generators() -> Path:
    return _or_skip(python_tools)


@pytest.fixture(scope="package")
def openai_clients() -> Path:
    """LangChain and LlamaIndex, with the version of OpenAI's package that both can use."""
    return _or_skip(lambda: python_tools("openai_clients.txt"))


@pytest.fixture(scope="package")
def node_modules() -> Path:
    return _or_skip(npm_tools) / "node_modules"


@pytest.fixture(scope="package")
def node_package(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Path:
    """A copy of the TypeScript client, compiled, with the npm tools beside it."""
    folder = tmp_path_factory.mktemp("node") / "package"
    shutil.copytree(ROOT / "clients" / "typescript", folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (folder / "node_modules").symlink_to(node_modules)
    run(["node", "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], folder)
    return folder


@pytest.fixture(scope="package")
def programs(node_package: Path, document: Path) -> Path:
    """The programs in TypeScript, compiled against the client and what the generators made of the document."""
    folder = node_package / "programs"
    shutil.copytree(PROGRAMS, folder)
    openapi_types = folder / "openapi-typescript" / "schema.d.ts"
    openapi_types.parent.mkdir(exist_ok=True)
    run_node(TYPES_SCRIPT, document, openapi_types)
    run(["node", "hey_api_client.mjs", str(document), "hey-api/client"], folder)
    run(["node", "../node_modules/typescript/bin/tsc", "-p", "."], folder)
    return folder


def _or_skip(install: Callable[[], Path]) -> Path:
    try:
        return install()
    except ToolsMissing as fault:
        pytest.skip(str(fault))


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """What a program prints. Fails with all that it said if it does."""
    done = subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def run_program(name: str, live: LiveService, *paths: Path) -> dict[str, Any]:
    """What a Python program of this package prints, as JSON; `paths` are folders of modules."""
    environment = {**live.environment, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    printed: dict[str, Any] = json.loads(run([sys.executable, str(PROGRAMS / name)], PROGRAMS, environment))
    return printed
