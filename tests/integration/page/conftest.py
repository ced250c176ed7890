"""The built page, a service on a port of this process, and a browser that is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.web.main_page import BUILT
from tests.support.browser import chromium
from tests.support.live import LiveService, live_service
from tests.support.paths import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
TIMEOUT_MS = 10_000
# The element that has the focus, in whatever shadow root it is.
DEEP_FOCUS = """window.deepFocus = () => {
  let found = document.activeElement;
  while (found && found.shadowRoot && found.shadowRoot.activeElement) found = found.shadowRoot.activeElement;
  return found;
}"""


@dataclass
class Visit:
    """A page that a new tenant's key has signed in, and what went wrong there."""

    url: str
    key: str
    http: httpx.Client
    context: BrowserContext
    page: Page
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def built() -> Path:
    """The folder of the built page."""
    if not (BUILT / "index.html").is_file():
        pytest.skip("the page is not built: run `make web`")
    return BUILT


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory, newest_schema: Path, built: Path) -> Iterator[LiveService]:
    with live_service(tmp_path_factory.mktemp("live"), newest_schema) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def visit(live: LiveService, browser: Browser) -> Iterator[Visit]:
    with signed_in(live, browser, live.new_key()) as visit:
        yield visit


@pytest.fixture
def operator(live: LiveService, browser: Browser) -> Iterator[Visit]:
    """A visit with the key of the operator."""
    with signed_in(live, browser, live.new_key("admin")) as visit:
        yield visit


@contextmanager
def signed_in(live: LiveService, browser: Browser, key: str) -> Iterator[Visit]:
    with (
        httpx.Client(base_url=live.url, headers={"Authorization": f"Bearer {key}"}) as http,
        browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context,
    ):
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(DEEP_FOCUS)
        visit = Visit(live.url + "/", key, http, context, context.new_page())
        watch(context, visit)
        visit.page.goto(f"{visit.url}#key={key}")
        yield visit


def watch(context: BrowserContext, visit: Visit, *further: str) -> None:
    """Note errors of scripts, refusals of the page's policy, dialogs, and requests to elsewhere but `further`."""
    mine = (visit.url, "blob:", "http://proxy.test/", *further)
    context.on("weberror", lambda error: visit.problems.append(f"error: {error.error}"))
    context.on("console", lambda message: visit.problems.append(message.text) if message.type == "error" else None)
    context.on("dialog", lambda dialog: (visit.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    context.on(
        "request", lambda sent: None if sent.url.startswith(mine) else visit.problems.append(f"request: {sent.url}")
    )


@pytest.fixture(scope="package")
def axe() -> str:
    """The source of axe-core, which looks for faults of accessibility."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make web`")
    return AXE.read_text()
