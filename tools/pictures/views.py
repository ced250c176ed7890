"""Every view of the page in light and dark, on a desktop and on a phone: to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, ViewportSize

SCREENS: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
QUESTION = "How much does a ticket cost for adults?"
SETTLE_MS = 700
ANSWER_TIMEOUT_MS = 120_000


def take_all(browser: Browser, http: httpx.Client, link: str, folder: Path) -> None:
    """`link` signs in. Writes NAME-SCREEN-THEME.png of each view."""
    folder.mkdir(parents=True, exist_ok=True)
    http.post("/api/v1/chat", json={"message": QUESTION, "conversation_id": None}).raise_for_status()
    conversation = http.get("/api/v1/conversations").json()["data"][0]["id"]
    document = http.get("/api/v1/documents").json()["data"][0]["id"]
    views: dict[str, tuple[str, Callable[[Page], None] | None]] = {
        "sign-in": ("", None),
        "ask": ("#/ask", None),
        "answer": (f"#/ask/{conversation}", None),
        "source": (f"#/ask/{conversation}", _open_source),
        "documents": ("#/documents", None),
        "document": (f"#/documents/{document}", None),
        "collection": ("#/documents", _open_collection),
        "adapters": ("#/adapters", None),
        "evaluations": ("#/evaluations", None),
        "usage": ("#/admin", None),
    }
    address, _, key = link.partition("#")
    for screen, size in SCREENS.items():
        for theme in THEMES:
            _take_widget(browser, http, folder, screen, theme)
            for name, (route, act) in views.items():
                context = browser.new_context(viewport=size, color_scheme=theme, locale="en-GB")
                page = context.new_page()
                if name != "sign-in":
                    page.goto(f"{address}#{key}")
                    page.get_by_label("Your question").wait_for()
                page.goto(address + route)
                page.wait_for_timeout(SETTLE_MS)
                if act is not None:
                    act(page)
                    page.wait_for_timeout(SETTLE_MS)
                page.screenshot(path=folder / f"{name}-{screen}-{theme}.png")
                context.close()


def _take_widget(browser: Browser, http: httpx.Client, folder: Path, screen: str, theme: Theme) -> None:
    """The widget in a page that has nothing of its own."""
    token = http.post("/api/v1/tokens", json={"user": "visitor"}).raise_for_status().json()["token"]
    context = browser.new_context(viewport=SCREENS[screen], color_scheme=theme, locale="en-GB")
    page = context.new_page()
    html = (
        '<!doctype html><meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width">'
        '<script type="module" src="widget.js"></script><h1>A site</h1>'
        f'<loracle-chat token="{token}" heading="Ask the museum" open></loracle-chat>'
    )
    site = str(http.base_url.join("/a-site"))
    page.route(site, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(site)
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".card").first.wait_for(timeout=ANSWER_TIMEOUT_MS)
    page.screenshot(path=folder / f"widget-{screen}-{theme}.png")
    page.locator(".card").first.click()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=folder / f"widget-source-{screen}-{theme}.png")
    context.close()


def _open_source(page: Page) -> None:
    page.locator("loracle-answer .card").first.click()


def _open_collection(page: Page) -> None:
    page.get_by_role("button", name="Collection settings").click()
