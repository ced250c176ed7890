"""The TypeScript client: in Node, and in Chromium as the example page uses it from another origin."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import app
from tests.integration.clients.conftest import LiveService, run
from tests.support.paths import ROOT
from tests.support.serving import free_port

PAGE = ROOT / "clients" / "typescript" / "example" / "page.ts"
POOL = """The pool 🏊 opens at nine. It closes at six.

Swimmers bring a towel and a cap and flip-flops and a padlock and two euros and a good mood to the pool every morning.
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test_version_is_that_of_the_api() -> None:
    package = json.loads((PAGE.parents[1] / "package.json").read_text())
    assert package["version"] == app.__version__


def test_client_does_in_node_what_it_says(live: LiveService, programs: Path) -> None:
    seen = json.loads(run(["node", "build/typescript_client.js"], programs, live.environment))
    assert seen["ready"] == "ready"
    assert seen["passages"] == 1
    assert seen["events"][0] == "retrieval"
    assert seen["events"][-1] == "done"
    assert seen["whole"]
    assert "opens at ten" in seen["cited"]
    assert seen["follows"]
    assert seen["quotes"]
    assert all(seen["quotes"])
    assert seen["stopped"] == "stopped"
    assert seen["shorter"]
    assert seen["resumed"]
    assert seen["methods"] == ["POST", "GET", "GET"]
    assert seen["refused"][0] == 404
    assert seen["training"] in {"cancelled", "failed"}  # its only row is too few
    assert seen["token"] == 403


@pytest.fixture
def page(live: LiveService, node_package: Path) -> Iterator[str]:
    """The address of the example page, which its own server serves."""
    port = free_port()
    run(["node", "node_modules/typescript/bin/tsc", "-p", "example"], node_package)
    environment = {**live.environment, "PORT": str(port)}
    server = subprocess.Popen(["node", "example/server.mjs"], cwd=node_package, env=environment)
    address = f"http://localhost:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(address)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def test_example_page_works_from_another_origin(page: str, programs: Path, tmp_path: Path) -> None:
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        pytest.skip("no Chromium is installed")
    document = tmp_path / "pool.txt"
    document.write_text(POOL)
    seen = json.loads(run(["node", "example_page.mjs", browser, page, str(document)], programs))
    assert seen["problems"] == []
    assert seen["hosts"] == 2  # the page's own, and the service's
    assert seen["uploaded"] == "pool.txt: ready"
    assert seen["answer"]["marked"] == ["The pool 🏊 opens at nine."]
    assert seen["answer"]["sources"] == ["“The pool 🏊 opens at nine.” (pool.txt)"]
    assert seen["followUp"]["marked"]
    assert seen["answer"]["notes"] == seen["followUp"]["notes"] == []
    assert seen["stopped"]["notes"] == ["Stopped."]
    assert 0 < len(seen["stopped"]["text"]) < len(POOL.splitlines()[-1])


def test_example_page_is_short() -> None:
    assert len(PAGE.read_text().splitlines()) < 100
