"""What the page does when the service, the network or the key is gone in the middle: nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Route, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.test_page import QUESTION, ask, upload
from tests.support.cut_proxy import cut_proxy

ROOMS = "amber bronze coral dawn ebony flint granite hazel ivory jade kelp linen marble nickel opal pearl quartz wool"
LONG = f"The museum opens at ten in the morning with rooms named {ROOMS.replace(' ', ', ')}."


def stream(*events: tuple[str, dict[str, Any]]) -> str:
    """The events as they are sent."""
    return "".join(_lines(events))


def _lines(events: tuple[tuple[str, dict[str, Any]], ...]) -> Iterator[str]:
    for number, (name, data) in enumerate(events, start=1):
        yield f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n"


BEGUN = {
    "turn_id": "turn_x",
    "conversation_id": "conv_x",
    "request_id": "req_x",
    "route": "question",
    "adapter": None,
    "passages": [],
}


def test_an_answer_goes_on_after_the_network_was_away(visit: Visit) -> None:
    upload(visit, "long.txt", LONG.encode())
    page = visit.page
    with cut_proxy(visit.url) as proxy:
        page.goto(f"{proxy.url}#key={visit.key}")
        ask(page)
        expect(page.locator(".prose")).to_contain_text("opens at ten", timeout=15_000)
        proxy.cut()
        expect(page.get_by_role("alert")).to_contain_text("connection to the service is lost")
        proxy.mend()
        expect(page.locator(".card").first).to_be_visible(timeout=15_000)
        expect(page.locator(".prose")).to_have_text(re.compile("^The museum.*opal, pearl, quartz, wool"))
        expect(page.get_by_role("alert")).to_have_count(0)
        page.goto("about:blank")


def test_an_answer_goes_on_after_the_page_was_loaded_again(visit: Visit) -> None:
    upload(visit, "long.txt", LONG.encode())
    page = visit.page
    page.goto(visit.url)
    ask(page)
    expect(page.locator(".prose")).to_contain_text("opens at ten", timeout=15_000)
    page.get_by_label("Your question").fill("And then?")
    page.reload()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("loracle-question")).to_have_text([QUESTION])
    expect(page.locator(".card").first).to_be_visible(timeout=15_000)
    expect(page.locator("loracle-answer")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value("And then?")


def test_an_answer_that_the_service_did_not_keep_can_be_asked_for_again(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    cut = stream(("retrieval", BEGUN), ("token", {"text": "The museum"}))

    def cut_off(route: Route) -> None:
        route.fulfill(headers={"Content-Type": "text/event-stream"}, body=cut)

    page.route("**/api/v1/chat", cut_off)
    page.route(
        "**/api/v1/chat/turn_x/events", lambda route: route.fulfill(status=404, json={"error": {"message": "No"}})
    )
    ask(page)
    alert = page.get_by_role("alert").filter(has_text="did not keep")
    expect(alert).to_be_visible()
    expect(page.locator(".prose")).to_contain_text("The museum")
    page.unroute("**/api/v1/chat")
    page.route("**/api/v1/conversations/conv_x/**", lambda route: route.abort())
    page.evaluate("location.hash = '#/ask'")
    ask(page)
    expect(page.locator(".card").first).to_be_visible(timeout=15_000)


def test_a_question_that_was_not_sent_is_sent_again_by_a_button(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    page.route("**/api/v1/chat", lambda route: route.abort())
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/api/v1/chat")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".card").first).to_be_visible(timeout=15_000)
    expect(page.locator("loracle-question")).to_have_text([QUESTION])


def test_a_key_that_expires_keeps_what_was_typed(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    page.route("**/api/v1/chat", lambda route: route.fulfill(status=401, json={"error": {"message": "expired"}}))
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("Sign in again")
    page.unroute("**/api/v1/chat")
    page.get_by_label("Access key").fill(visit.key)
    page.get_by_role("button", name="Sign in").click()
    field = page.get_by_label("Your question")
    expect(field).to_have_value(QUESTION)
    field.press("Enter")
    expect(page.locator(".card").first).to_be_visible(timeout=15_000)
