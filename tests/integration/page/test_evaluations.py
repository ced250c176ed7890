"""The view of evaluations in Chromium: questions uploaded and written, figures, answers with traces, comparisons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.hostile_texts import TEXTS
from tests.integration.page.test_page import left_alone, listing, upload

MUSEUM = b"The harbour museum opens at ten in the morning.\n\nIt was built in 1874 by Ida Lindqvist."
OPENING = {
    "kind": "hours",
    "turns": ["When does the harbour museum open in the morning?"],
    "answerable": True,
    "must": [["at ten"]],
    "cite": [["opens at ten"]],
}
BUILDER = {
    "kind": "people",
    "turns": ["Who built the harbour museum in 1874?"],
    "answerable": True,
    "must": [["somebody else"]],
}
DONE_MS = 20_000


def questions(folder: Path, *rows: dict[str, Any], name: str = "museum.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def begin(visit: Visit, file: Path) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/evaluations")
    page.locator("loracle-evaluations-view input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_role("region", name="Figures")).to_be_visible(timeout=DONE_MS)


def test_uploaded_questions_are_asked_and_lead_to_the_trace_of_an_answer(visit: Visit, tmp_path: Path) -> None:
    upload(visit, "museum.txt", MUSEUM)
    begin(visit, questions(tmp_path, OPENING, BUILDER))
    page = visit.page
    figures = page.get_by_role("region", name="Figures")
    for text in ("all questions", "hours", "people", "50 % (0 to 100 %)", "100 %"):
        expect(figures.get_by_text(text, exact=True).first).to_be_visible()
    expect(page.locator("loracle-evaluation-result")).to_have_count(2)
    page.get_by_label("Only wrong ones").check()
    results = page.locator("loracle-evaluation-result")
    expect(results).to_have_count(1)
    expect(results).to_contain_text("Who built the harbour museum")
    results.locator("summary").click()
    expect(results).to_contain_text('It does not say "somebody else".')
    results.get_by_role("button", name="How it was found").click()
    results.get_by_text("Technical details").click()
    expect(results.get_by_role("rowheader", name="retrieve")).to_be_visible()
    assert visit.problems == []


def test_questions_written_in_the_form_are_what_the_service_reads(visit: Visit) -> None:
    upload(visit, "museum.txt", MUSEUM)
    page = visit.page
    page.goto(f"{visit.url}#/evaluations/new")
    page.get_by_label("Name of the evaluation").fill("by hand")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("alert")).to_contain_text("Question 1 needs what the user says")
    page.get_by_label("What the user says").fill("When does the harbour museum open?")
    page.get_by_label("Must say", exact=True).fill("at ten | 10 am")
    expect(page.get_by_label("Kind")).to_be_hidden()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Kind").fill("hours")
    page.get_by_role("button", name="Add a question").click()
    second = page.locator("loracle-questions fieldset").nth(1)
    second.get_by_label("What the user says").fill("Do blue whales have kidneys?")
    second.get_by_label("Expected").select_option("refusal")
    second.get_by_label("Kind").fill("far")
    page.reload()  # the draft is kept
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("heading", name="by hand.jsonl")).to_be_visible()
    expect(page.get_by_role("region", name="Figures")).to_be_visible(timeout=DONE_MS)
    expect(page.locator("loracle-evaluation-result")).to_have_count(2)
    found = visit.http.get("/api/v1/evaluations").json()["data"][0]
    kinds = found["scores"]["layers"]["everyday"]["kinds"]
    assert (kinds["hours"]["useful"]["mean"], kinds["far"]["right_refusal"]["mean"]) == (1.0, 1.0)


def test_two_evaluations_are_compared_and_deleted(visit: Visit, tmp_path: Path) -> None:
    upload(visit, "museum.txt", MUSEUM)
    page = visit.page
    for must in ("at ten", "at noon"):
        begin(visit, questions(tmp_path, {**OPENING, "id": "opening", "must": [[must]], "cite": []}))
    page.get_by_role("link", name="All evaluations").click()
    boxes = page.get_by_role("checkbox", name="Compare museum.jsonl")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.get_by_role("row", name="useful")).to_contain_text("−100.0")
    expect(page.get_by_role("heading", name="Right before, wrong now (1)")).to_be_visible()
    page.get_by_role("link", name="The other way about").click()
    expect(page.get_by_role("heading", name="Wrong before, right now (1)")).to_be_visible()
    page.get_by_role("link", name="All evaluations").click()
    page.get_by_role("button", name="Delete museum.jsonl").first.click()
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_role("region", name="museum.jsonl")).to_have_count(1)
    assert visit.problems == []


def test_questions_that_cannot_be_read_are_told_with_their_line(visit: Visit, tmp_path: Path) -> None:
    visit.page.goto(f"{visit.url}#/evaluations")
    file = questions(tmp_path, OPENING, {"turns": [], "answerable": True})
    visit.page.locator("loracle-evaluations-view input[type=file]").set_input_files(file)
    expect(visit.page.get_by_role("alert")).to_contain_text("2")


def test_ten_thousand_evaluations_are_paged(visit: Visit) -> None:
    page = visit.page
    serve_many(page)
    page.goto(f"{visit.url}#/evaluations")
    rows = page.locator("loracle-evaluations-view section.row")
    expect(rows).to_have_count(50)
    expect(page.get_by_text("1 to 50 of 10,000")).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("51 to 100 of 10,000")).to_be_visible()
    expect(rows.first).to_contain_text("questions 50.jsonl")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Page before").click()
    expect(rows.first).to_contain_text("questions 0.jsonl")
    expect(page.get_by_role("button", name="Page before")).to_be_disabled()


def serve_many(page: Page) -> None:
    """A list of ten thousand, whose cursors are places in it."""

    def fulfil(route: Any) -> None:
        after = route.request.url.partition("after=")[2]
        start = int(after) if after else 0
        data = [evaluation(f"questions {number}.jsonl", number) for number in range(start, start + 50)]
        route.fulfill(json={**listing(data), "has_more": True, "next_cursor": str(start + 50), "total": 10_000})

    page.route("**/api/v1/evaluations?**", fulfil)


def evaluation(name: str, number: int = 0) -> dict[str, Any]:
    return {
        "id": f"ev_{number}",
        "name": name,
        "adapter": name,
        "status": "failed",
        "progress": 1.0,
        "scores": {},
        "error": {"code": "x", "message": name},
        "created_at": "2026-01-31T12:00:00Z",
    }


def test_hostile_questions_and_answers_run_and_load_nothing(visit: Visit) -> None:
    page = visit.page
    page.route("**/api/v1/evaluations?**", lambda route: route.fulfill(json=listing([*map(evaluation, TEXTS)])))
    page.route("**/api/v1/evaluations/ev_x", lambda route: route.fulfill(json=evaluation(TEXTS[0])))
    results = [result(text, number) for number, text in enumerate(TEXTS)]
    page.route("**/api/v1/evaluations/ev_x/results?**", lambda route: route.fulfill(json=listing(results)))
    page.goto(f"{visit.url}#/evaluations")
    expect(page.locator("loracle-evaluations-view section.row")).to_have_count(60)
    page.goto(f"{visit.url}#/evaluations/ev_x")
    expect(page.locator("loracle-evaluation-result")).to_have_count(60)
    for number in (0, 9, 33):
        shown = page.locator("loracle-evaluation-result").nth(number)
        shown.locator("summary").click()
        shown.get_by_role("button", name="How it was found").click()
    expect(page.locator("loracle-trace")).to_have_count(3)
    left_alone(visit)


def result(text: str, number: int) -> dict[str, Any]:
    citation = {"filename": text, "quote": text, "page_start": 1, "verified": True}
    step = {"name": text, "version": "rule", "seconds": 0.1, "detail": {text: text}}
    sent = {"answer": text, "citations": [citation], "adapter": None, "timings": {}, "trace": [step]}
    figures = {"question": text, "kind": text, "reasons": [text], "turns": [{"question": text, "sent": sent}]}
    return {"id": f"evr_{number}", "part": text, "case_id": text, "figures": figures}
