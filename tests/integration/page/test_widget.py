"""The widget in a page of another origin, in Chromium, over real HTTP: what a visitor of that site does."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.integration.page.conftest import DEEP_FOCUS, TIMEOUT_MS, Visit, watch
from tests.integration.page.test_page import MUSEUM, QUESTION
from tests.support.live import LiveService
from tests.support.other_site import OtherSite, other_site

TAG = '<loracle-chat token-url="/token"></loracle-chat>'


@dataclass
class Embedded:
    """A site with the widget, its visitor, and the tenant's own calls."""

    site: OtherSite
    page: Page
    http: httpx.Client
    problems: list[str]

    def show(self, tag: str = TAG) -> None:
        self.site.tag = tag
        self.page.goto(self.site.url)

    def ask(self, question: str = QUESTION) -> None:
        self.page.get_by_label("Your question").fill(question)
        self.page.keyboard.press("Enter")

    def token(self, **grant: object) -> str:
        body = {"user": "ana", "origins": [self.site.url], **grant}
        return str(self.http.post("/api/v1/tokens", json=body).raise_for_status().json()["token"])


@pytest.fixture(scope="module")
def tenant(live: LiveService) -> Iterator[httpx.Client]:
    """A tenant with one document."""
    with httpx.Client(base_url=live.url, headers={"Authorization": f"Bearer {live.new_key()}"}) as http:
        made = http.post("/api/v1/documents", files={"file": ("museum.pdf", MUSEUM)}).raise_for_status().json()
        with http.stream("GET", f"/api/v1/documents/{made['id']}/events") as events:
            events.read()  # ends when the document is ready
        yield http


@pytest.fixture
def embedded(tenant: httpx.Client, live: LiveService, browser: Browser) -> Iterator[Embedded]:
    def new_token(origin: str) -> str:
        body = {"user": "ana", "origins": [origin]}
        return str(tenant.post("/api/v1/tokens", json=body).raise_for_status().json()["token"])

    with (
        other_site(live.url, new_token) as site,
        browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context,
    ):
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(DEEP_FOCUS)
        page = context.new_page()
        visit = Visit(live.url, "", tenant, context, page)
        watch(context, visit, site.url)
        yield Embedded(site, page, tenant, visit.problems)


def unexpected(problems: list[str]) -> list[str]:
    """Browsers write every refusal to the console, also those that the widget expects."""
    return [problem for problem in problems if "401" not in problem]


def test_visitor_asks_reads_the_quote_and_closes_by_keyboard(embedded: Embedded) -> None:
    embedded.show()
    page = embedded.page
    launcher = page.get_by_role("button", name="Ask a question")
    launcher.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(launcher).to_be_hidden()  # the panel has the one way out
    embedded.ask()
    expect(page.locator(".card", has_text="museum.pdf, page 1")).to_be_visible(timeout=15_000)
    page.locator(".card").first.press("Enter")
    expect(page.get_by_role("img", name="museum.pdf, page 1")).to_be_visible()
    expect(page.locator(".box").first).to_be_visible()
    page.locator("loracle-source").get_by_role("region").focus()
    page.keyboard.press("Escape")
    expect(page.locator("loracle-source")).to_have_count(0)
    assert page.evaluate("deepFocus().className") == "card"
    page.keyboard.press("Escape")
    expect(page.get_by_label("Your question")).to_be_hidden()
    assert page.evaluate("deepFocus().className") == "launcher"
    launcher.click()
    expect(page.locator("loracle-answer")).to_have_count(1)  # the conversation is still there
    assert page.url == f"{embedded.site.url}/"
    assert unexpected(embedded.problems) == []


def test_styles_of_the_site_stay_outside_and_its_colours_come_in(embedded: Embedded) -> None:
    embedded.show(
        '<loracle-chat token-url="/token" open placeholder="Ask us" questions="When does it open?|What does it cost?">'
        "</loracle-chat>"
    )
    page = embedded.page
    expect(page.get_by_label("Your question")).to_have_attribute("placeholder", "Ask us")
    expect(page.get_by_role("button", name="What does it cost?")).to_be_visible()
    style = "element => { const s = getComputedStyle(element); return [s.fontSize, s.color, s.letterSpacing] }"
    assert page.get_by_role("dialog").evaluate(style) == ["16px", "rgb(31, 37, 35)", "normal"]
    assert page.get_by_label("Your question").evaluate("field => getComputedStyle(field).textTransform") == "none"
    page.evaluate("document.querySelector('loracle-chat').style.setProperty('--loracle-accent', 'rgb(1, 2, 3)')")
    launcher = page.locator(".launcher")
    assert launcher.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(1, 2, 3)"
    page.evaluate("document.querySelector('loracle-chat').theme = 'dark'")
    expect(page.get_by_role("dialog")).to_have_css("color", "rgb(232, 235, 233)")


def test_site_gives_another_token_and_the_question_goes_on(embedded: Embedded) -> None:
    """A token that is used up: the site hears so, and what the visitor asked is asked again with the new one."""
    embedded.show(
        f'<loracle-chat inline token="{embedded.token(max_requests=1)}" lang="pt" questions="Abre?"></loracle-chat>'
    )
    page = embedded.page
    page.get_by_label("A sua pergunta").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("loracle-answer .tools")).to_be_visible(timeout=15_000)
    page.get_by_label("A sua pergunta").fill("And when does it close?")
    page.keyboard.press("Enter")
    page.wait_for_function("window.asked?.length === 1")
    page.evaluate("token => (document.querySelector('loracle-chat').token = token)", embedded.token())
    expect(page.locator("loracle-answer .tools")).to_have_count(2, timeout=15_000)
    assert unexpected(embedded.problems) == []


def test_token_that_was_revoked_is_renewed_although_browsers_hide_the_refusal(embedded: Embedded) -> None:
    made = embedded.http.post("/api/v1/tokens", json={"user": "ana", "origins": [embedded.site.url]}).json()
    embedded.http.delete(f"/api/v1/tokens/{made['id']}").raise_for_status()
    embedded.show(f'<loracle-chat inline token="{made["token"]}" token-url="/token" questions="Open?"></loracle-chat>')
    embedded.ask()
    expect(embedded.page.locator("loracle-answer .tools")).to_be_visible(timeout=15_000)
    assert len(embedded.site.tokens) == 1


def test_token_of_another_origin_is_refused_and_told(embedded: Embedded) -> None:
    token = embedded.token(origins=["https://www.example.org"])
    embedded.token()  # browsers let the site read the answers
    embedded.show(f'<loracle-chat inline token="{token}" questions="Open?"></loracle-chat>')
    embedded.ask()
    expect(embedded.page.get_by_role("alert")).to_contain_text("origin")


def test_phone_has_the_whole_screen_and_axe_finds_nothing_serious(embedded: Embedded, axe: str) -> None:
    page = embedded.page
    page.set_viewport_size({"width": 390, "height": 780})
    embedded.show('<loracle-chat token-url="/token" open></loracle-chat>')
    expect(page.get_by_label("Your question")).to_be_focused()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 780}
    embedded.ask()
    page.locator(".card").first.click(timeout=15_000)
    expect(page.locator(".box").first).to_be_visible()
    page.get_by_role("button", name="Back to the answer").focus()
    page.evaluate(axe)
    found = page.evaluate("axe.run('loracle-chat', {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}] == []


def test_source_on_a_phone_can_be_read_and_leads_back_to_the_answer(embedded: Embedded) -> None:
    page = embedded.page
    page.set_viewport_size({"width": 390, "height": 780})
    embedded.show('<loracle-chat token-url="/token" open></loracle-chat>')
    embedded.ask()
    page.locator(".card").first.click(timeout=15_000)
    expect(page.locator("loracle-source blockquote")).to_have_text("The museum opens at ten in the morning.")
    expect(page.get_by_role("heading", name="Ask", exact=True)).to_be_hidden()  # one bar: that of the source
    mark, picture = page.locator(".box").first, page.get_by_role("img", name="museum.pdf, page 1")
    expect(mark).to_be_in_viewport()
    assert 300 < width(picture) <= 390
    page.get_by_role("button", name="Larger").click()
    begins_at_the_edge(mark)
    assert width(picture) > 600
    page.get_by_role("button", name="Whole page").click()
    page.wait_for_function("picture => picture.getBoundingClientRect().width <= 390", arg=picture.element_handle())
    page.get_by_role("button", name="As text").click()
    expect(page.locator("loracle-source mark")).to_contain_text("The museum opens at ten in the morning.")
    page.get_by_role("button", name="Back to the answer").click()
    expect(page.locator("loracle-source")).to_have_count(0)
    assert page.evaluate("deepFocus().className") == "card"


def width(element: Locator) -> float:
    return float(element.evaluate("element => element.getBoundingClientRect().width"))


def begins_at_the_edge(mark: Locator) -> None:
    """Its first word is seen, although its page is wider than the screen."""
    mark.page.wait_for_function(
        "mark => { const { left } = mark.getBoundingClientRect(); return left >= 0 && left < 30 }",
        arg=mark.element_handle(),
    )
    expect(mark).to_be_in_viewport()


def test_file_is_small_and_is_read_from_any_origin_and_asked_for_again(live: LiveService, built: Path) -> None:
    assert 20_000 < len(gzip.compress((built / "widget.js").read_bytes())) < 75_000
    address = f"{live.url}/widget.js"
    first = httpx.get(address, headers={"Origin": "https://www.example.com"})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Content-Type"].startswith("text/javascript")
    assert first.headers["Content-Encoding"] == "gzip"
    again = httpx.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "public, no-cache")


def test_widget_finds_its_service_behind_a_path_prefix(embedded: Embedded, live: LiveService) -> None:
    """A proxy that takes `/answers/` off, as Playwright plays it."""
    page, prefix = embedded.page, f"{embedded.site.url}/answers"
    asked: list[str] = []
    page.route(
        f"{prefix}/**",
        lambda route: (
            asked.append(route.request.url),
            route.fulfill(response=route.fetch(url=route.request.url.replace(prefix, live.url))),
        ),
    )
    embedded.site.service = prefix
    embedded.show('<loracle-chat token-url="/token" open></loracle-chat>')
    expect(page.get_by_role("button", name="What is museum.pdf about?")).to_be_visible()
    assert f"{prefix}/api/v1/documents?limit=5" in asked
