"""Very long answers, lists and documents: only what is near is in the page."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, Route, expect
from sqlalchemy import insert

from app.storage.sql.tables import ConversationRow
from tests.integration.page.conftest import Visit
from tests.integration.page.test_interruptions import BEGUN, stream
from tests.integration.page.test_page import ask, turn
from tests.support.live import LiveService

PARAGRAPH = "The **museum** opens at ten in the morning, and it closes at six in the evening. " * 5
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def answer_of(text: str, count: int = 0) -> dict[str, Any]:
    """A whole answer with `count` citations, one at each paragraph's end."""
    result = turn(0, "A question")["result"]
    ends = [match.start() for match in re.finditer(r"\n\n", text)][:count]
    places = [{"start": 0, "end": end, "start_utf16": 0, "end_utf16": end} for end in ends]
    cited = [{**result["citations"][0], **place, "index": number} for number, place in enumerate(places, start=1)]
    whole = {"id": "turn_x", "answer": text, "citations": cited, "unsupported": [], "status": "completed"}
    return {**result, **whole}


def test_what_was_written_of_an_answer_is_not_rendered_again(visit: Visit) -> None:
    page = visit.page
    text = "\n\n".join([PARAGRAPH] * 100 + ["```\n" + "code\n\n" * 30 + "```", "|a|b|\n|-|-|\n" + "|1|2|\n" * 3000])
    pieces = [text[at : at + 400] for at in range(0, len(text), 400)]
    tokens = [("token", {"text": piece}) for piece in pieces]
    body = stream(("retrieval", BEGUN), *tokens, ("done", answer_of(text, 50)))
    headers = {"Content-Type": "text/event-stream"}
    page.route("**/api/v1/chat", lambda route: route.fulfill(headers=headers, body=body))
    page.evaluate(
        """() => {
          window.first = new Set();
          setInterval(() => {
            const paragraph = document.querySelector('loracle-app')?.shadowRoot.querySelector('loracle-chat-view')
              ?.shadowRoot.querySelector('loracle-answer')?.shadowRoot.querySelector('loracle-prose')
              ?.shadowRoot.querySelector('.prose > div:nth-child(90) > p');
            if (paragraph) first.add(paragraph);
          }, 5);
        }"""
    )
    ask(page, "Everything?")
    expect(page.locator(".cite")).to_have_count(50, timeout=15_000)
    expect(page.locator(".prose td")).to_have_count(6000)
    assert page.evaluate("first.size") <= 2  # while it was the last one, and with its citation at most
    assert page.locator(".prose pre").count() == 1
    assert page.locator(".prose table").count() > 1  # a part each, all with the header
    assert page.locator(".prose th").count() == 2 * page.locator(".prose table").count()
    expect(page.locator(".card")).to_have_count(12)
    page.get_by_role("button", name="Show all 50 sources").click()
    expect(page.locator(".card")).to_have_count(50)


def test_ten_thousand_conversations_are_scrolled_and_searched(visit: Visit, live: LiveService) -> None:
    tenant = visit.http.get("/api/v1/me").json()["tenant"]["id"]
    with live.runtime.storage.db.write() as session:
        rows = [{"tenant_id": tenant, "title": f"Conversation {number:05}"} for number in range(10_000)]
        session.execute(insert(ConversationRow), rows)
    page = visit.page
    page.reload()
    rows_shown = page.locator("loracle-sidebar .row")
    expect(rows_shown.first).to_contain_text("Conversation")
    expect(page.locator("loracle-sidebar [role=listitem]").first).to_have_attribute("aria-setsize", "10000")
    for _ in range(8):
        page.locator("loracle-sidebar .list").evaluate("list => { list.scrollTop = list.scrollHeight }")
        page.wait_for_timeout(60)
    assert rows_shown.count() < 80
    assert int(page.locator("loracle-sidebar [role=listitem]").last.get_attribute("aria-posinset") or 0) > 150
    page.get_by_label("Search conversations").fill("04711")
    expect(rows_shown).to_have_count(1)
    expect(rows_shown).to_contain_text("Conversation 04711")


def test_of_a_document_of_two_thousand_pages_only_those_near_are_loaded(visit: Visit) -> None:
    page = visit.page
    asked = two_thousand_pages(page)
    page.goto(f"{visit.url}#/ask/conv_x")
    page.locator(".card").first.click()
    expect(page.get_by_role("img", name=re.compile("page 1500$"))).to_be_visible()
    assert asked
    assert min(asked) >= 1497
    assert max(asked) <= 1503
    page.get_by_label("Page", exact=True).fill("700")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name=re.compile("page 700$"))).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("701")
    assert len(asked) < 20
    assert page.locator("loracle-source-page").count() < 8


def test_page_is_made_larger_at_its_mark_although_the_page_before_is_seen_too(visit: Visit) -> None:
    page = visit.page
    two_thousand_pages(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{visit.url}#/ask/conv_x")
    page.locator(".card").first.click()
    mark = page.locator(".box").first
    expect(mark).to_be_in_viewport()
    expect(page.get_by_label("Page", exact=True)).to_have_value("1499")  # its end stands above
    page.get_by_role("button", name="Larger").click()
    page.wait_for_function("mark => mark.getBoundingClientRect().width > 200", arg=mark.element_handle())
    expect(mark).to_be_in_viewport()


def two_thousand_pages(page: Page) -> list[int]:
    """Let the page find a document of 2,000 pages, cited on page 1500. Returns the numbers of pages asked for."""
    asked: list[int] = []
    sizes = {"width": 595.0, "height": 842.0}
    pages = [
        {"page": n, "label": str(n), **sizes, "char_start": n * 100, "char_end": n * 100 + 100} for n in range(1, 2001)
    ]
    one = turn(0, "big.pdf")
    one["result"]["citations"][0] |= {"page_start": 1500, "page_end": 1500, "char_start": 150_010, "char_end": 150_050}

    def answer(route: Route) -> None:
        path = route.request.url.split("?")[0]
        if path.endswith("/pages"):
            route.fulfill(json={"document_id": "doc_1", "version": 1, "images": True, "total": 2000, "pages": pages})
        elif path.endswith("/quote-boxes"):
            box = {"page": 1500, "x0": 72, "y0": 400, "x1": 300, "y1": 412}
            route.fulfill(json={"boxes": [box]})
        else:
            asked.append(int(path.split("/")[-2]))
            route.fulfill(body=PICTURE, headers={"Content-Type": "image/png"})

    page.route("**/api/v1/documents/doc_1/**", answer)
    listing = {"object": "list", "data": [one], "has_more": False, "next_cursor": None, "total": 1}
    page.route("**/api/v1/conversations/conv_x/turns**", lambda route: route.fulfill(json=listing))
    return asked
