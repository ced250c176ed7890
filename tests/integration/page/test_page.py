"""The page in Chromium, over the service with fakes: what a person does there."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.hostile_texts import TEXTS
from tests.support.live import LiveService
from tests.support.pdf_files import lines_at, pdf_file

MUSEUM = pdf_file(lines_at(72, 720, "The museum opens at ten in the morning.", "It closes at six."))
QUESTION = "When does the museum open?"
# How wide the page is, or the view within it, which scrolls by itself.
WIDEST = """Math.max(...[document.documentElement,
  ...document.querySelector("loracle-app").shadowRoot.querySelectorAll("main > *")].map((one) => one.scrollWidth))"""


def upload(visit: Visit, name: str = "museum.pdf", content: bytes = MUSEUM) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/documents")
    page.locator("#files").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    row = page.locator("loracle-document-row", has_text=name)
    expect(row).to_contain_text("ready", timeout=15_000)


def choose(within: Page | Locator, name: str, action: str) -> None:
    """Choose an action in the menu of what has this name."""
    within.get_by_role("button", name=f"More for {name}").click()
    within.get_by_role("menuitem", name=action).click()


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def manage(page: Page, action: str, conversation: str = QUESTION) -> None:
    """Choose an action of a conversation's menu by keyboard."""
    page.get_by_role("button", name=f"More for “{conversation}”").press("Enter")
    expect(page.get_by_role("menuitem", name="Keep first")).to_be_focused()
    page.get_by_role("menuitem", name=action).press("Enter")


def test_first_visit_ends_at_the_quote_on_the_page_of_a_pdf(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.get_by_role("link", name="New question").click()
    ask(page)
    card = page.locator(".card", has_text="museum.pdf, page 1")
    expect(card).to_contain_text("The museum opens at ten in the morning.")
    expect(page.get_by_role("link", name=QUESTION)).to_be_visible()  # the conversation is kept
    page.locator(".prose .cite").first.click()
    picture = page.get_by_role("img", name="museum.pdf, page 1")
    expect(picture).to_be_visible()
    box, drawn = page.locator(".box").first.bounding_box(), picture.bounding_box()
    assert box
    assert drawn
    assert 0.09 < (box["x"] - drawn["x"]) / drawn["width"] < 0.14  # 72 of 595 points from the left
    assert 0.12 < (box["y"] - drawn["y"]) / drawn["height"] < 0.15  # the first line
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    assert visit.problems == []


def test_first_visit_by_keyboard_alone(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("loracle-answer .tools")).to_be_visible(timeout=15_000)
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.shadowRoot && deepFocus().classList.contains('card')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="museum.pdf, page 1")).to_be_visible()


def test_conversation_goes_on_and_is_there_after_a_reload_and_gone_after_a_deletion(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    expect(page.locator("loracle-answer .tools")).to_have_count(1, timeout=15_000)
    ask(page, "And when does it close?")
    expect(page.locator("loracle-answer .tools")).to_have_count(2, timeout=15_000)
    page.reload()
    expect(page.locator("loracle-answer")).to_have_count(2)
    expect(page.locator("loracle-answer").first).to_contain_text("opens at ten")
    expect(page.get_by_role("link", name=QUESTION)).to_contain_text("Today, ")
    expect(page.get_by_role("link", name=QUESTION)).to_contain_text("And when does it close?")  # what was asked last
    manage(page, "Rename")
    page.get_by_label("Title").fill("Opening hours")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Opening hours")).to_be_visible()
    manage(page, "Delete", "Opening hours")
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_role("link", name="Opening hours")).to_have_count(0)
    expect(page.locator("loracle-answer")).to_have_count(0)


def test_deleted_conversation_is_not_counted_any_more(visit: Visit) -> None:
    for question in (QUESTION, "Is there a garden?"):
        visit.http.post("/api/v1/chat", json={"message": question}).raise_for_status()
    page = visit.page
    page.goto(visit.url)
    listed = page.locator("loracle-conversations [aria-setsize]")
    expect(listed).to_have_count(2)
    expect(listed.first).to_have_attribute("aria-setsize", "2")
    manage(page, "Delete", "Is there a garden?")
    page.get_by_role("button", name="OK").click()
    expect(listed).to_have_count(1)
    expect(listed).to_have_attribute("aria-setsize", "1")


def test_answer_is_stopped_rated_and_corrected(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before its end.")).to_be_visible()
    ask(page)
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_label("What should the answer have been?").fill("At ten.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    kept = visit.http.get("/api/v1/feedback").json()["data"][0]
    assert (kept["rating"], kept["corrected_answer"]) == ("down", "At ten.")


def test_documents_are_found_renamed_and_deleted(visit: Visit) -> None:
    upload(visit, "old.txt", b"The garden is open all year.")
    upload(visit, "other.txt", b"Nothing of the kind.")
    page = visit.page
    page.get_by_label("Search by name").fill("old")
    expect(page.locator("loracle-document-row")).to_have_count(1)
    choose(page, "old.txt", "Rename or move")
    page.get_by_label("Name", exact=True).fill("new.txt")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Search by name").fill("new")
    expect(page.locator("loracle-document-row")).to_contain_text("new.txt")
    choose(page, "new.txt", "Delete")
    page.get_by_role("button", name="OK").click()
    expect(page.locator("loracle-document-row")).to_have_count(0)
    assert [one["filename"] for one in visit.http.get("/api/v1/documents").json()["data"]] == ["other.txt"]


def test_document_without_page_images_is_shown_as_text_with_the_quote_marked(visit: Visit) -> None:
    upload(visit, "garden.md", b"# Garden\n\nThe garden is open all year. Dogs are welcome.")
    page = visit.page
    page.goto(visit.url)
    ask(page, "When is the garden open?")
    page.locator(".card").first.click()
    expect(page.locator("loracle-source mark").first).to_contain_text("open all year")


def test_sign_in_refuses_a_wrong_key_and_a_link_leaves_no_key_in_the_address(visit: Visit) -> None:
    page = visit.context.new_page()  # a tab of its own has a session of its own
    page.goto(visit.url)
    field = page.get_by_label("Access key")
    field.fill("lk_" + "a" * 40)
    page.get_by_role("button", name="Show the key").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the key").click()
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("unknown or revoked")
    page.goto(f"{visit.url}#key={visit.key}")
    expect(page.get_by_label("Your question")).to_be_visible()
    assert visit.key not in page.url


def test_key_that_is_revoked_leads_back_to_the_sign_in(visit: Visit) -> None:
    page = visit.page
    page.route("**/api/v1/**", lambda route: route.fulfill(status=401, json={"error": {"message": "revoked"}}))
    page.reload()
    expect(page.get_by_label("Access key")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Sign in again")


def test_service_that_is_gone_is_told_and_the_question_can_be_asked_again(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    page.route("**/api/v1/chat", lambda route: route.abort())
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/api/v1/chat")
    ask(page)
    expect(page.locator(".card").first).to_be_visible(timeout=15_000)


def test_page_works_on_a_phone_without_scrolling_sideways(visit: Visit) -> None:
    upload(visit, "a very long name " * 8 + ".txt", b"The garden is open all year.")
    page = visit.page
    page.set_viewport_size({"width": 360, "height": 740})
    views = (
        "#/documents",
        "#/adapters",
        "#/evaluations",
        "#/evaluations/new",
        "#/admin/usage",
        "#/admin/tokens",
        "#/ask",
    )
    for view in views:
        page.goto(visit.url + view)
        assert page.evaluate(WIDEST) <= 360, view
    page.goto(f"{visit.url}#/admin/tokens")
    expect(page.get_by_role("link", name="Browser tokens")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Documents").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    expect(page.get_by_role("link", name="Documents")).to_be_hidden()
    expect(page.get_by_label("Sort by")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("State").select_option("failed")
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(page.get_by_text("No document matches.")).to_be_visible()


def test_page_speaks_portuguese(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Language").select_option("pt")
    expect(page.get_by_label("A sua pergunta")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "pt"


@pytest.mark.parametrize("view", ["#/ask", "#/documents", "#/adapters", "#/evaluations", "#/evaluations/new"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, axe: str, view: str, theme: str) -> None:
    upload(visit)
    page = visit.page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(visit.url + view)
    if view == "#/ask":
        ask(page)
        page.locator(".card").first.click(timeout=15_000)
        expect(page.locator(".box").first).to_be_visible()
    assert serious_faults(page, axe) == []


def serious_faults(page: Page, axe: str) -> list[tuple[str, str]]:
    """What axe-core finds on the page as it is: the name of each rule with the first place that breaks it."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]


def test_page_works_behind_a_path_prefix(visit: Visit) -> None:
    """A proxy that takes `/answers/` off, as Playwright plays it."""
    page = visit.context.new_page()
    prefix = "http://proxy.test/answers/"

    def forward(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(prefix, visit.url)))

    page.route(prefix + "**", forward)
    page.goto(f"{prefix}#key={visit.key}")
    expect(page.get_by_label("Your question")).to_be_visible()
    assert visit.problems == []
    page.unroute_all(behavior="ignoreErrors")  # what is still on its way


def test_page_without_scripts_says_what_to_do(live: LiveService) -> None:
    (notice,) = re.findall("<noscript>(.*?)</noscript>", httpx.get(live.url).text, re.DOTALL)
    assert "This page needs JavaScript." in notice
    (link,) = re.findall('href="(.*?)"', notice)
    assert httpx.get(f"{live.url}/{link}").is_success


def test_first_load_is_small(live: LiveService, browser: Browser) -> None:
    """Every file that Chromium fetches until one can ask, as it comes over the wire."""
    fetched: dict[str, int] = {}
    with browser.new_context(locale="en-GB") as context:  # whose cache is empty
        page = context.new_page()
        page.on("requestfinished", lambda one: fetched.update({one.url: one.sizes()["responseBodySize"]}))
        page.goto(f"{live.url}/#key={live.new_key()}")
        expect(page.get_by_label("Your question")).to_be_visible()
        page.wait_for_load_state("networkidle")
    files = {url: size for url, size in fetched.items() if "/api/" not in url}
    assert any(url.endswith(".js") for url in files)
    assert any(url.endswith(".css") for url in files)
    assert 20_000 < sum(files.values()) < 150_000, files


def test_hostile_answers_names_and_quotes_run_and_load_nothing(visit: Visit) -> None:
    """Sixty of them as questions, answers, quotes, file names and headings of a conversation."""
    assert len(set(TEXTS)) == 60
    page = visit.page
    turns = [turn(number, text) for number, text in enumerate(TEXTS)]
    page.route("**/api/v1/conversations/conv_x/turns**", lambda route: route.fulfill(json=listing(turns)))
    next_ones = [{"question": text, "document_id": "doc_1", "filename": text, "heading": text} for text in TEXTS]
    page.route("**/follow-ups", lambda route: route.fulfill(json={"object": "list", "data": next_ones}))
    page.goto(f"{visit.url}#/ask/conv_x")
    expect(page.locator("loracle-answer")).to_have_count(60)
    expect(page.locator(".follow-ups button")).to_have_count(60)
    expect(page.locator("loracle-answer").first).to_contain_text("window.ran=1")
    for number in (0, 10, 40):
        page.get_by_role("button", name="How it was found").nth(number).click()
        page.locator(".card").nth(number).hover()
    left_alone(visit)


def test_hostile_documents_run_and_load_nothing(visit: Visit) -> None:
    page = visit.page
    made = visit.http.post("/api/v1/documents", files={"file": ("a.txt", b"x")}).raise_for_status().json()
    documents = [
        made
        | {"id": f"doc_{number}", "filename": text, "collection": text, "status": "failed"}
        | {"error": {"code": "x", "message": text}, "warnings": [{"code": "x", "message": text}]}
        for number, text in enumerate(TEXTS)
    ]
    page.route(re.compile(r"/api/v1/documents(\?|$)"), lambda route: route.fulfill(json=listing(documents)))
    page.set_viewport_size({"width": 1280, "height": 12_000})  # the list draws what is seen
    page.goto(f"{visit.url}#/documents")
    expect(page.locator("loracle-document-row")).to_have_count(60)
    left_alone(visit)


def test_hostile_text_of_a_document_is_shown_and_runs_nothing(visit: Visit) -> None:
    upload(visit, "hostile.txt", "\n\n".join(TEXTS).encode())
    page = visit.page
    page.get_by_role("button", name="Open hostile.txt").click()
    expect(page.locator("loracle-source .text")).to_contain_text("window.ran=1")
    left_alone(visit)


def left_alone(visit: Visit) -> None:
    assert visit.page.evaluate("window.ran") is None
    assert visit.problems == []
    assert visit.page.url.startswith(visit.url)


def listing(data: list[dict]) -> dict:
    return {"object": "list", "data": data, "first_id": None, "last_id": None, "has_more": False, "total": len(data)}


def turn(number: int, text: str) -> dict:
    """A saved turn in which every text is `text`."""
    citation = {
        "index": 1,
        "chunk_id": "chk_1",
        "document_id": "doc_1",
        "filename": text,
        "version": 1,
        "quote": text,
        "start": 0,
        "end": len(text),
        "page_start": 1,
        "page_end": 1,
        "char_start": 0,
        "char_end": 1,
        "score": 1.0,
        "verified": False,
        "support": "supported",
        "reason": text,
        "conflicts": [{"document_id": "doc_2", "filename": text, "quote": text}],
    }
    result = {
        "id": f"turn_{number}",
        "conversation_id": "conv_x",
        "question": text,
        "answer": text,
        "citations": [citation],
        "unsupported": [{"start": 0, "end": 3, "reason": "no_source"}],
        "refused": False,
        "refusal_reason": None,
        "closest": [],
        "adapter": {"name": text, "version": text},
        "timings": {"ttft_s": 1.0, "total_s": 2.0},
        "finish_reason": "stop",
        "route": "question",
        "trace": [{"name": text, "version": "rule", "seconds": 0.1, "detail": {text: text}}],
    }
    return {
        "id": f"turn_{number}",
        "object": "turn",
        "parent_id": None,
        "versions": [f"turn_{number}"],
        "question": text,
        "answer": text,
        "result": result,
        "status": "completed",
        "feedback": [],
        "created_at": "2026-01-31T12:00:00Z",
    }
