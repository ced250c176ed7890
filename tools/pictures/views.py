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


FOLLOW_UP = "And for students?"


def take_all(browser: Browser, http: httpx.Client, link: str, folder: Path, locale: str = "en-GB") -> None:
    """`link` signs in an operator. Writes NAME-SCREEN-THEME.png of each view."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = http.post("/api/v1/chat", json={"message": QUESTION, "conversation_id": None}).raise_for_status().json()
    conversation = asked["conversation_id"]
    again = http.post("/api/v1/chat", json={"message": QUESTION, "conversation_id": None}).raise_for_status().json()
    follow_up = {"message": FOLLOW_UP, "conversation_id": again["conversation_id"]}
    http.post("/api/v1/chat", json=follow_up).raise_for_status()
    http.post("/api/v1/training/datasets/from-documents", json={"name": "museum", "rows": 5}).raise_for_status()
    document = http.get("/api/v1/documents").json()["data"][0]["id"]
    views: dict[str, tuple[str, Callable[[Page], None] | None]] = {
        "sign-in": ("", None),
        "ask": ("#/ask", None),
        "menu": ("#/ask", _open_menu),
        "answer": (f"#/ask/{conversation}", None),
        "trace": (f"#/ask/{conversation}", _open_trace),
        "source": (f"#/ask/{conversation}", _open_source),
        "documents": ("#/documents", None),
        "document": (f"#/documents/{document}", None),
        "readers": (f"#/documents/{document}", _limit_readers),
        "collection": ("#/documents", _open_collection),
        "adapters": ("#/adapters", None),
        "evaluations": ("#/evaluations", None),
        "questions": ("#/evaluations/new", None),
        "tenants": ("#/admin/tenants", None),
        "jobs": ("#/admin/jobs", None),
        "usage": ("#/admin/usage", None),
        "tokens": ("#/admin/tokens", None),
        "service": ("#/admin/service", _check_service),
    }
    address, _, key = link.partition("#")
    for screen, size in SCREENS.items():
        for theme in THEMES:
            _take_widget(browser, http, folder, screen, theme, locale)
            for name, (route, act) in views.items():
                context = browser.new_context(viewport=size, color_scheme=theme, locale=locale)
                page = context.new_page()
                if name != "sign-in":
                    page.goto(f"{address}#{key}")
                    page.locator("textarea").wait_for()
                page.goto(address + route)
                page.wait_for_timeout(SETTLE_MS)
                if act is not None:
                    act(page)
                    page.wait_for_timeout(SETTLE_MS)
                page.screenshot(path=folder / f"{name}-{screen}-{theme}.png")
                context.close()


def _take_widget(browser: Browser, http: httpx.Client, folder: Path, screen: str, theme: Theme, locale: str) -> None:
    """The widget in a page that has nothing of its own."""
    token = http.post("/api/v1/tokens", json={"user": "visitor"}).raise_for_status().json()["token"]
    context = browser.new_context(viewport=SCREENS[screen], color_scheme=theme, locale=locale)
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
    page.locator("loracle-chat textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".card").first.wait_for(timeout=ANSWER_TIMEOUT_MS)
    page.screenshot(path=folder / f"widget-{screen}-{theme}.png")
    page.locator(".card").first.click()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=folder / f"widget-source-{screen}-{theme}.png")
    context.close()


def _open_source(page: Page) -> None:
    page.locator("loracle-answer .card").first.click()


def _open_menu(page: Page) -> None:
    """On a phone; elsewhere the menu is there, and its group is unfolded."""
    menu = page.locator(".top button").first
    if menu.is_visible():
        menu.click()
    page.locator("loracle-sidebar summary").click()


def _open_trace(page: Page) -> None:
    page.locator("loracle-answer .tools button").last.click()
    page.locator("loracle-answer .why").first.click()


def _open_collection(page: Page) -> None:
    filters = page.locator("loracle-filters button.with-icon").first
    if filters.is_visible():
        filters.click()
    page.locator("loracle-filters button.plain-border:not(.with-icon)").click()


def _limit_readers(page: Page) -> None:
    page.locator("loracle-who-sees input[type=radio]").last.check()
    page.locator("loracle-document-settings summary").click()
    page.locator("loracle-document-page details summary").last.click()


def _check_service(page: Page) -> None:
    page.locator("loracle-service .bar button").click()
    page.locator("loracle-service .check", has_text="python").wait_for()
