"""What stands on the page in Chromium while something is on its way: a title, a sign, no word that there is none."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.test_page import ask, upload


class Held:
    """What is asked for at an address stays on its way until `let_go`."""

    def __init__(self, page: Page, address: str | re.Pattern[str]) -> None:
        self._routes: list[Route] | None = []
        page.route(address, self._on_route)

    def let_go(self) -> None:
        routes, self._routes = self._routes or [], None
        for route in routes:
            route.continue_()

    def _on_route(self, route: Route) -> None:
        if self._routes is None:
            route.continue_()
        else:
            self._routes.append(route)


def test_quote_and_a_sign_stand_there_before_the_page_of_a_source(visit: Visit) -> None:
    upload(visit)
    page, address = visit.page, "**/pages/1/image**"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(visit.url)
    ask(page)
    held = Held(page, address)
    page.locator(".card").first.click(timeout=15_000)
    expect(page.locator("loracle-source blockquote")).to_have_text("The museum opens at ten in the morning.")
    expect(page.get_by_text("Loading page 1 …")).to_be_visible()
    held.let_go()
    expect(page.get_by_role("img", name="museum.pdf, page 1")).to_be_visible()
    expect(page.get_by_text("Loading page 1 …")).to_have_count(0)


VIEWS = {"adapters": "Teach the model", "evaluations": "Check answers", "admin/usage": "Administration"}


@pytest.mark.parametrize("path", VIEWS)
def test_title_stands_there_before_the_code_of_a_view(visit: Visit, path: str) -> None:
    page, address = visit.page, "**/assets/*.js"
    expect(page.get_by_label("Your question")).to_be_visible()
    held = Held(page, address)
    page.goto(f"{visit.url}#/{path}")
    expect(page.get_by_role("heading", name=VIEWS[path])).to_be_visible()
    expect(page.locator("loracle-waiting-view").get_by_text("Loading …")).to_be_visible()
    held.let_go()
    expect(page.locator("loracle-waiting-view")).to_have_count(0)
    expect(page.get_by_role("heading", name=VIEWS[path])).to_be_visible()
    assert visit.problems == []


def test_view_whose_code_cannot_be_fetched_says_so(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_label("Your question")).to_be_visible()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(f"{visit.url}#/evaluations")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")


LISTS = {
    "conversations": ("ask", "What you ask is kept here."),
    "documents": ("documents", "No documents yet."),
    "evaluations": ("evaluations", "No evaluations yet."),
    "tokens": ("admin/tokens", "No tokens yet."),
}


@pytest.mark.parametrize("name", LISTS)
def test_no_list_is_called_empty_before_it_is_there(visit: Visit, name: str) -> None:
    path, empty = LISTS[name]
    page, address = visit.page, re.compile(rf"/api/v1/{name}\?")
    held = Held(page, address)
    page.goto("about:blank")
    page.goto(f"{visit.url}#/{path}")
    expect(page.get_by_text("Loading …").first).to_be_visible()
    expect(page.get_by_text(empty)).to_have_count(0)
    held.let_go()
    expect(page.get_by_text(empty)).to_be_visible()


def test_conversation_that_is_opened_does_not_look_like_a_new_one(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    expect(page.locator("loracle-answer .tools")).to_be_visible(timeout=15_000)
    held = Held(page, "**/turns**")
    page.reload()
    expect(page.locator("loracle-chat-view").get_by_text("Loading …")).to_be_visible()
    expect(page.get_by_role("heading", name="What would you like to know?")).to_have_count(0)
    held.let_go()
    expect(page.locator("loracle-answer")).to_contain_text("opens at ten")
    expect(page.locator("loracle-chat-view").get_by_text("Loading …")).to_have_count(0)


def test_how_an_answer_was_found_is_told_in_words_first(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    page.get_by_role("button", name="How it was found").click(timeout=15_000)
    lines = page.locator("loracle-trace li")
    expect(lines.first).to_have_text("Your documents were searched for “When does the museum open?”.")
    expect(lines.nth(1)).to_have_text("1 passage was found; 1 of 1 fit the question.")
    expect(lines.nth(2)).to_have_text("The answer is taken from museum.pdf, page 1.")
    expect(lines.nth(3)).to_contain_text("seconds")
    expect(page.locator("loracle-trace table")).to_be_hidden()
    page.get_by_text("Technical details").click()
    expect(page.get_by_role("rowheader", name="retrieve")).to_be_visible()
