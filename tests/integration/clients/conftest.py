"""The service over fakes on a port of this process, and the generators of clients, installed once."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from app.bootstrap.runtime import Runtime, build_runtime
from app.main import create_app
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from tests.support.files import MUSEUM
from tests.support.paths import ROOT
from tests.support.serving import free_port
from tools.clients.generate import TYPES_SCRIPT
from tools.clients.toolbox import ToolsMissing, npm_tools, python_tools, run_node

PROGRAMS = Path(__file__).parent / "programs"
WORD_DELAY_S = 0.05


@dataclass(frozen=True)
class LiveService:
    """A service that answers on a port, and the key of its tenant."""

    url: str
    key: str
    runtime: Runtime
    document: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LORACLE_URL": self.url, "LORACLE_KEY": self.key}


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory, newest_schema: Path) -> Iterator[LiveService]:
    """A service whose generator writes slowly enough to be stopped."""
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path_factory.mktemp("live"),
        generator="scripted",
        embedding_model="hashing",
        refusal_threshold=0.05,
    )
    shutil.copyfile(newest_schema, settings.data_dir / "loracle.db")
    runtime = build_runtime(settings)
    runtime.generator._delay_s = WORD_DELAY_S
    with runtime.storage.db.write() as session:
        key = Keys(session).create(Tenants(session).create("acme").id, "test", ["read", "write"])[1]
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(runtime=runtime), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        url = f"http://127.0.0.1:{port}"
        yield LiveService(url, key, runtime, _first_document(url, key))
    finally:
        server.should_exit = True
        thread.join(30)
        asyncio.run(runtime.close())


def _first_document(url: str, key: str) -> dict[str, Any]:
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}) as http:
        for _ in range(200):
            try:
                http.get("/readyz").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.05)
        document = http.post("/api/v1/documents", files={"file": ("museum.md", MUSEUM)}).raise_for_status().json()
        while document["status"] != "ready":
            time.sleep(0.05)
            document = http.get(f"/api/v1/documents/{document['id']}").raise_for_status().json()
    return document


@pytest.fixture(scope="package")
def document(tmp_path_factory: pytest.TempPathFactory, live: LiveService) -> Path:
    """The OpenAPI document in a file."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(json.dumps(httpx.get(f"{live.url}/openapi.json").raise_for_status().json()))
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
