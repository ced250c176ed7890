"""What a person does within a conversation: another answer, other words, what to ask next, and of which documents."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.test_page import QUESTION, ask, upload

BOATS = (
    "Boats may be taken out from April to October only. "
    + "Boats must be back before the sun sets over the boats. " * 6
)
GUESTS = "Guests may join a trip twice a season. " + "Guests must wear a jacket, which guests find in the hut. " * 6
RULES = f"# Rules\n\n## Boats\n\n{BOATS}\n\n## Guests\n\n{GUESTS}\n".encode()


def answered(page: Page, count: int = 1) -> None:
    expect(page.locator("loracle-answer .tools")).to_have_count(count, timeout=15_000)


def test_an_answer_is_written_again_and_both_are_kept(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    answered(page)
    page.get_by_role("button", name="Try again").click()
    versions = page.get_by_role("group", name="Versions")
    expect(versions).to_contain_text("2 of 2", timeout=15_000)
    versions.get_by_role("button", name="Version before").click()
    expect(versions).to_contain_text("1 of 2")
    page.reload()
    expect(versions).to_contain_text("1 of 2")
    versions.get_by_role("button", name="Next version").press("Enter")
    expect(versions).to_contain_text("2 of 2")
    expect(page.locator("loracle-answer")).to_have_count(1)


def test_a_question_is_edited_by_keyboard_and_its_branch_is_left_and_found_again(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    answered(page)
    ask(page, "When does it close?")
    answered(page, 2)
    page.get_by_role("button", name="Ask in other words").first.press("Enter")
    field = page.get_by_role("textbox", name="Ask in other words")
    expect(field).to_be_focused()
    field.fill("And the museum, when is it open?")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)  # nothing was asked
    expect(page.get_by_role("button", name="Ask in other words").first).to_be_focused()
    page.keyboard.press("Enter")
    field.fill("And the museum, when is it open?")
    page.keyboard.press("Enter")
    answered(page)
    expect(page.locator("loracle-question")).to_have_text(["And the museum, when is it open?"])
    page.get_by_role("button", name="Version before").click()
    expect(page.locator("loracle-question")).to_have_text([QUESTION, "When does it close?"])


def test_an_edit_that_fails_leaves_all_as_it_was_and_keeps_the_words(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    answered(page)
    page.route("**/edit", lambda route: route.abort())
    page.get_by_role("button", name="Ask in other words").press("Enter")
    page.get_by_role("textbox", name="Ask in other words").fill("Other words")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(page.locator("loracle-question")).to_have_text([QUESTION])
    expect(page.get_by_label("Your question")).to_have_value("Other words")


def test_what_can_be_asked_next_is_offered_and_asked(visit: Visit) -> None:
    upload(visit, "rules.md", RULES)
    page = visit.page
    page.goto(visit.url)
    ask(page, "When may boats be taken out?")
    topic = page.get_by_role("button", name="What does the section “Guests” say?")
    expect(topic).to_have_text("Guests", timeout=15_000)
    topic.click()
    answered(page, 2)
    expect(page.locator("loracle-question").nth(1)).to_have_text("What does the section “Guests” say?")


def test_a_question_is_asked_of_the_documents_that_are_ticked(visit: Visit) -> None:
    upload(visit)
    upload(visit, "annex.txt", b"The museum opens at noon in the annex.")
    visit.http.post("/api/v1/documents", files={"file": ("b.txt", b"Old.")}, data={"metadata": '{"year": 1999}'})
    page = visit.page
    page.goto(visit.url)
    page.get_by_role("button", name="All documents").click()
    page.get_by_label("annex.txt").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="1 document")).to_be_visible()
    ask(page)
    answered(page)
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("annex.txt")
    page.get_by_role("link", name="New question").click()
    expect(page.get_by_role("button", name="All documents")).to_be_visible()
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("button", name="1 document").click()
    page.get_by_role("button", name="Add a filter").click()
    page.get_by_label("Comparison").select_option("at least")
    page.get_by_label("Value").fill("2000")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="1 document, 1 filter")).to_be_visible()
    ask(page)
    answered(page, 2)
    expect(page.locator("loracle-answer").nth(1).locator(".cite")).to_have_count(0)  # nothing is so new


def test_the_quote_is_shown_on_a_number_under_the_pointer_or_the_focus(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    number = page.locator(".cite").first
    number.hover(timeout=15_000)
    excerpt = page.locator("loracle-excerpt [popover]").first
    expect(excerpt).to_contain_text("The museum opens at ten in the morning.")
    expect(excerpt).to_contain_text("museum.pdf, page 1")
    expect(excerpt).to_contain_text("numbers, dates, names and meaning agree")
    page.keyboard.press("Escape")
    expect(excerpt).to_be_hidden()
    page.mouse.move(0, 0)
    answered(page)
    number.focus()
    expect(excerpt).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="museum.pdf, page 1")).to_be_visible()
    expect(excerpt).to_be_hidden()


def test_what_verified_means_is_said_under_the_pointer_at_the_focus_and_after_a_touch(visit: Visit) -> None:
    upload(visit)
    page = visit.page
    page.goto(visit.url)
    ask(page)
    answered(page)
    state = page.get_by_role("button", name="verified")
    meaning = page.get_by_text("Loracle compared this quote with the answer").last
    expect(state).to_have_accessible_description(re.compile("numbers, dates, names and meaning agree"))
    expect(meaning).to_be_hidden()
    state.hover()
    expect(meaning).to_be_visible()
    page.mouse.move(0, 0)
    expect(meaning).to_be_hidden()
    state.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    page.get_by_label("Your question").focus()
    expect(meaning).to_be_visible()
    state.click()
    expect(state).to_have_attribute("aria-expanded", "false")


def test_versions_and_choices_speak_portuguese(visit: Visit) -> None:
    upload(visit)
    upload(visit, "annex.txt", b"The museum opens at noon in the annex.")
    page = visit.page
    page.goto(visit.url)
    page.get_by_label("Language").select_option("pt")
    expect(page.get_by_role("button", name="Todos os documentos")).to_be_visible()
    page.get_by_label("A sua pergunta").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tentar de novo").click(timeout=15_000)
    expect(page.get_by_role("group", name=re.compile("Versões"))).to_contain_text("2 de 2", timeout=15_000)


def test_axe_finds_nothing_serious_where_one_chooses_and_edits(visit: Visit, axe: str) -> None:
    upload(visit, "rules.md", RULES)
    upload(visit)
    page = visit.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(visit.url)
    ask(page, "When may boats be taken out?")
    answered(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("group", name="Versions")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Ask in other words").press("Enter")
    page.get_by_role("button", name="All documents").click()
    expect(page.get_by_label("museum.pdf")).to_be_visible()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}] == []
