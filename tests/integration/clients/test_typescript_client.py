"""The TypeScript client: in Node, and in Chromium as the example page uses it from another origin."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import app
from tests.integration.clients.conftest import LONG_QUESTION, MARATHON, LiveService, run
from tests.support.browser import chromium
from tests.support.paths import ROOT
from tests.support.ports import free_port

PAGE = ROOT / "clients" / "typescript" / "example" / "page.ts"
SAUNA = "The sauna 🧖 opens at eleven for bathers who bring a towel and a robe."
QUESTION = "When does the sauna open for bathers who bring a towel and a robe?"
TIMEOUT_MS = 20_000


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
    assert seen["versions"]
    assert seen["came_back"]
    assert seen["quotes"]
    assert all(seen["quotes"])
    assert seen["stopped"] == "stopped"
    assert MARATHON.startswith(seen["shown"])
    assert 0 < len(seen["shown"]) < len(MARATHON) - 1
    assert seen["resumed"]
    assert seen["methods"] == ["POST", "GET", "GET"]
    assert seen["lost"] == 2
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
                httpx.get(address, timeout=30)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def ask(page: Page, question: str) -> Locator:
    """Ask on the example page; the article that will hold the answer."""
    articles = page.locator("article")
    before = articles.count()
    page.get_by_label("Question").fill(question)
    page.get_by_role("button", name="Ask").click()
    return articles.nth(before)


def test_example_page_works_from_another_origin(address: str, live: LiveService, browser: Browser) -> None:
    page = browser.new_page()
    expect.set_options(timeout=TIMEOUT_MS)
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda fault: problems.append(str(fault)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address)
    page.get_by_label("Upload").set_input_files(
        {"name": "sauna.txt", "mimeType": "text/plain", "buffer": SAUNA.encode()}
    )
    expect(page.locator("#state")).to_have_text("sauna.txt: ready")
    answer = ask(page, QUESTION)
    expect(answer.locator("mark")).to_have_text([SAUNA])
    expect(answer.locator("li")).to_have_text([f"“{SAUNA}” (sauna.txt)"])
    followed = ask(page, "And for bathers who bring a robe?")
    expect(followed.locator("li").first).to_contain_text("sauna.txt")
    stopped = ask(page, LONG_QUESTION)
    expect(stopped.locator("p")).not_to_be_empty()
    page.get_by_role("button", name="Stop").click()
    expect(stopped.locator("em")).to_have_text("Stopped.")
    assert 0 < len(stopped.locator("p").inner_text()) < len(MARATHON) - 1
    assert problems == []
    assert hosts == {urlsplit(address).netloc, urlsplit(live.url).netloc}
    assert [turns(live, one) for one in conversations(live)] == [3]


def conversations(live: LiveService) -> list[str]:
    found = httpx.get(f"{live.url}/api/v1/conversations?limit=100", headers=live.headers, timeout=60).raise_for_status()
    return [one["id"] for one in found.json()["data"] if one["title"] == QUESTION]


def turns(live: LiveService, conversation_id: str) -> int:
    path = f"/api/v1/conversations/{conversation_id}/turns"
    return len(httpx.get(live.url + path, headers=live.headers, timeout=60).raise_for_status().json()["data"])


def test_example_page_is_short() -> None:
    assert len(PAGE.read_text().splitlines()) < 100
