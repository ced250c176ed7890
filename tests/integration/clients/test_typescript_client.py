"""The TypeScript client: in Node, and in Chromium as the example page uses it from another origin."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

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
def address(live: LiveService, node_package: Path) -> Iterator[str]:
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


@pytest.fixture
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


def ask(page: Page, question: str) -> Locator:
    """Ask on the example page; the article that will hold the answer."""
    page.get_by_label("Question").fill(question)
    page.get_by_role("button", name="Ask").click()
    return page.locator("article").last


def test_example_page_works_from_another_origin(address: str, live: LiveService, browser: Browser) -> None:
    page = browser.new_page()
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda fault: problems.append(str(fault)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address)
    page.get_by_label("Upload").set_input_files({"name": "pool.txt", "mimeType": "text/plain", "buffer": POOL.encode()})
    expect(page.locator("#state")).to_have_text("pool.txt: ready")
    answer = ask(page, "When does the pool open?")
    expect(answer.locator("mark")).to_have_text(["The pool 🏊 opens at nine."])
    expect(answer.locator("li")).to_have_text(["“The pool 🏊 opens at nine.” (pool.txt)"])
    followed = ask(page, "And when does it close?")
    expect(followed.locator("li").first).to_contain_text("pool.txt")
    stopped = ask(page, "What do swimmers bring to the pool?")
    expect(stopped.locator("p")).not_to_be_empty()
    page.get_by_role("button", name="Stop").click()
    expect(stopped.locator("em")).to_have_text("Stopped.")
    assert 0 < len(stopped.locator("p").inner_text()) < len(POOL.splitlines()[-1])
    assert problems == []
    assert hosts == {urlsplit(address).netloc, urlsplit(live.url).netloc}
    assert [turns(live, one) for one in conversations(live)] == [3]


def conversations(live: LiveService) -> list[str]:
    found = httpx.get(f"{live.url}/api/v1/conversations?limit=100", headers=live.headers).raise_for_status()
    return [one["id"] for one in found.json()["data"] if one["title"] == "When does the pool open?"]


def turns(live: LiveService, conversation_id: str) -> int:
    path = f"/api/v1/conversations/{conversation_id}/turns"
    return len(httpx.get(live.url + path, headers=live.headers).raise_for_status().json()["data"])


def test_example_page_is_short() -> None:
    assert len(PAGE.read_text().splitlines()) < 100
