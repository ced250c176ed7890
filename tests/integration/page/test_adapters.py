"""The view of adapters and trainings in Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from tests.integration.page.conftest import Visit
from tests.integration.page.hostile_texts import TEXTS
from tests.integration.page.test_page import choose, left_alone, listing, upload
from tests.support.files import adapter_upload

FACTS = " ".join(
    f"Room {number} opens at {number + 3} in the morning and belongs to Team {number}." for number in range(1, 9)
)


def test_dataset_is_made_of_documents_and_looked_at_and_deleted(visit: Visit) -> None:
    upload(visit, "rooms.txt", FACTS.encode())
    page = visit.page
    page.get_by_text("Improve answers").click()
    page.get_by_role("link", name="Teach the model").click()
    expect(page.get_by_role("heading", name="Teach the model", exact=True)).to_be_visible()
    page.get_by_role("button", name="From documents").click()
    page.get_by_label("Name", exact=True).fill("rooms")
    page.get_by_label("Examples, at most").fill("5")
    page.get_by_role("button", name="Save").click()
    dataset = page.get_by_role("region", name="rooms")
    expect(dataset).to_contain_text("rooms@1")
    dataset.get_by_text("As the model reads them").click()
    expect(dataset.locator("pre").first).to_contain_text("Room")
    dataset.get_by_role("button", name="Delete rooms").click()
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_text("No examples yet.")).to_be_visible()
    assert visit.problems == []


def test_rows_that_cannot_be_read_are_told(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/adapters")
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"question": "Who?"}\n')
    page.locator("loracle-datasets input[type=file]").set_input_files(rows)
    expect(page.get_by_role("alert")).to_be_visible()
    assert visit.http.get("/api/v1/training/datasets").json()["data"] == []


def test_curve_of_a_training_is_drawn(visit: Visit) -> None:
    page = visit.page
    training = {
        "id": "train_1",
        "status": "running",
        "adapter": "support",
        "dataset_label": "rows@1",
        "trained_adapter": None,
        "step": 3,
        "steps": 10,
        "progress": 0.3,
        "eta_s": 40.0,
        "error": None,
    }
    points = [{"step": step, "figures": {"train_loss": 3 / step, "valid_loss": 4 / step}} for step in (1, 2, 3)]
    page.route("**/api/v1/training/jobs?**", lambda route: route.fulfill(json=listing([training])))
    page.route("**/api/v1/training/jobs/train_1/metrics", lambda route: route.fulfill(json={"data": points}))
    page.goto(f"{visit.url}#/adapters")
    row = page.get_by_role("region", name="support")
    expect(row).to_contain_text("step 3 of 10")
    expect(row).to_contain_text("about 40 s left")
    expect(row.get_by_role("img", name="Losses by step")).to_be_visible()


def test_many_sets_of_examples_and_trainings_are_paged(visit: Visit) -> None:
    page = visit.page
    page.route("**/api/v1/training/datasets?**", lambda route: serve_many(route, dataset))
    page.route("**/api/v1/training/jobs?**", lambda route: serve_many(route, finished_training))
    page.goto(f"{visit.url}#/adapters")
    for part, name in (("loracle-datasets", "rows 10"), ("loracle-trainings", "style 10")):
        rows = page.locator(f"{part} section.row")
        expect(rows).to_have_count(10)
        page.locator(part).get_by_role("button", name="Next page").click()
        expect(page.locator(part)).to_contain_text("11 to 20 of 10,000")
        expect(rows.first).to_contain_text(name)
    assert visit.problems == []


def serve_many(route: Route, one: Callable[[str, int], dict[str, Any]]) -> None:
    """A list of ten thousand, whose cursors are places in it."""
    start = int(route.request.url.partition("after=")[2] or 0)
    data = [one("", number) for number in range(start, start + 10)]
    route.fulfill(json={**listing(data), "has_more": True, "next_cursor": str(start + 10), "total": 10_000})


def dataset(text: str, number: int = 0) -> dict[str, Any]:
    report = {"rows": 5, "refusals": 1, "previews": [text] if text else []}
    named = {"id": f"ds_{number}", "name": text or f"rows {number}", "version": 1}
    return {**named, "report": report, "created_at": "2026-01-31T12:00:00Z"}


def finished_training(text: str, number: int = 0) -> dict[str, Any]:
    label = text or f"style {number}"
    ended = {"status": "failed", "step": 1, "steps": 1, "progress": 1.0, "eta_s": None}
    named = {"id": f"train_{number}", "adapter": label, "dataset_label": label, "trained_adapter": None}
    return {**named, **ended, "error": {"code": "x", "message": label}}


def test_hostile_examples_and_trainings_run_and_load_nothing(visit: Visit) -> None:
    """In the lists, and one after the other where they are read."""
    page = visit.page
    sets, trainings = (
        [make(text, number) for number, text in enumerate(TEXTS)] for make in (dataset, finished_training)
    )
    page.route("**/api/v1/training/datasets?**", lambda route: route.fulfill(json=listing(sets)))
    page.route("**/api/v1/training/jobs?**", lambda route: route.fulfill(json=listing(trainings)))
    page.route("**/api/v1/training/datasets/ds_x", lambda route: route.fulfill(json=dataset(TEXTS[0])))
    rows = [{"question": text, "context": [text], "answer": text} for text in TEXTS]
    unreadable = [{text: text} for text in TEXTS]
    lines = "".join(json.dumps(row) + "\n" for row in [*rows, *unreadable])
    page.route("**/api/v1/training/datasets/ds_x/export", lambda route: route.fulfill(body=lines))
    page.goto(f"{visit.url}#/adapters")
    expect(page.locator("loracle-datasets section.row")).to_have_count(60)
    expect(page.locator("loracle-trainings section.row")).to_have_count(60)
    page.goto(f"{visit.url}#/adapters/rows/ds_x")
    for number in range(1, 121):
        expect(page.get_by_role("region", name=f"Example {number} of 120")).to_be_visible()
        page.keyboard.press("j")
    expect(page.locator("loracle-dataset-rows pre")).to_contain_text("&lt;img")  # as it was written
    left_alone(visit)


def upload_adapter(visit: Visit, folder: Path, seed: int = 1) -> str:
    made = visit.http.post("/api/v1/adapters", files=adapter_upload(folder, seed), data={"name": "style"})
    return str(made.raise_for_status().json()["id"])


def named(label: str) -> str:
    """What the page calls a version."""
    name, _, version = label.partition("@")
    return f"{name} ({version[:7]})"


def test_version_is_tried_with_a_share_followed_and_put_in_force(visit: Visit, tmp_path: Path) -> None:
    upload(visit, "rooms.txt", FACTS.encode())
    label = upload_adapter(visit, tmp_path)
    page = visit.page
    page.goto(f"{visit.url}#/adapters")
    row = page.get_by_role("region", name=label, exact=True)
    choose(row, "style", "Try it with a share of the conversations")
    page.get_by_label("Share in percent").fill("100")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was never evaluated against the base model")).to_be_visible()  # the gate
    page.get_by_role("textbox", name="Reason").fill("only a test")
    page.get_by_role("button", name="Go on without a passed evaluation").click()
    now = page.locator("loracle-deployment")
    expect(now).to_contain_text(f"{named(label)} answers 100 % of the conversations")
    expect(now).to_contain_text("Nobody has asked since.")
    answer = visit.http.post("/api/v1/chat", json={"message": "When does Room 3 open?"}).json()
    visit.http.post("/api/v1/feedback", json={"turn_id": answer["id"], "rating": "up"})
    page.reload()
    expect(now.get_by_role("row", name=label).get_by_role("cell").nth(2)).to_have_text("1")  # found helpful
    now.get_by_role("button", name="Change the share").click()
    page.get_by_label("Share in percent").fill("25")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("textbox", name="Reason").fill("fewer")
    page.get_by_role("button", name="Go on without a passed evaluation").click()
    expect(now).to_contain_text("answers 25 % of the conversations")
    now.get_by_role("button", name="Put it in use for all").click()
    page.get_by_role("textbox", name="Reason").fill("it did well")
    page.get_by_role("button", name="Go on without a passed evaluation").click()
    expect(now).to_contain_text(f"{named(label)} answers your questions.")
    history = visit.http.get("/api/v1/adapters/style/activations").json()["data"]
    assert history[0]["override_reason"] == "it did well"


def test_adapter_is_compressed_by_what_a_rank_keeps(visit: Visit, tmp_path: Path) -> None:
    label = upload_adapter(visit, tmp_path)
    page = visit.page
    page.goto(f"{visit.url}#/adapters")
    row = page.get_by_role("region", name=label, exact=True)
    choose(row, "style", "Make it smaller (for experts)")
    page.get_by_role("slider", name="Rank").fill("1")
    energy = visit.http.get("/api/v1/adapters/style/spectrum").json()["energy_by_rank"]
    expect(row.get_by_role("img", name=f"Rank 1 keeps {100 * energy[0]:.1f} % of the energy")).to_be_visible()
    row.get_by_role("button", name="Make the smaller version").click()
    expect(page.get_by_text("Compare it with what answers now before you put it in use.")).to_be_visible()
    expect(page.locator("loracle-adapters-view section.row", has_text="made smaller")).to_contain_text("rank 1")
    assert visit.problems == []


def test_rows_are_reviewed_by_keyboard_and_saved_as_the_next_version(visit: Visit, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        "\n".join(
            json.dumps(
                {"question": f"Question {number}?", "context": [f"Passage {number}."], "answer": f"Answer {number}."}
            )
            for number in range(1, 5)
        )
    )
    page = visit.page
    page.goto(f"{visit.url}#/adapters")
    page.locator("loracle-datasets input[type=file]").set_input_files(rows)
    page.get_by_role("link", name="Read them").click()
    expect(page.get_by_role("region", name="Example 1 of 4")).to_contain_text("Passage 1.")
    page.keyboard.press("a")
    expect(page.get_by_role("region", name="Example 2 of 4")).to_be_visible()
    page.keyboard.press("d")
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Better 3.")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.get_by_role("region", name="Example 2 of 4")).to_contain_text("dropped")
    page.reload()  # what was decided is kept
    expect(page.get_by_role("region", name="Example 4 of 4")).to_be_visible()
    expect(page.get_by_text("1 accepted, 1 edited, 1 dropped")).to_be_visible()
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_text("Saved as rows@2.")).to_be_visible()
    newest = visit.http.get("/api/v1/training/datasets").json()["data"][0]
    exported = visit.http.get(f"/api/v1/training/datasets/{newest['id']}/export").text
    assert [json.loads(line)["answer"] for line in exported.splitlines()] == ["Answer 1.", "Better 3.", "Answer 4."]
    assert visit.problems == []


def test_report_of_the_gate_shows_answers_side_by_side_and_no_hostile_one_runs(visit: Visit, tmp_path: Path) -> None:
    label = upload_adapter(visit, tmp_path)
    page = visit.page
    page.route("**/api/v1/adapters/style/evaluations?**", lambda route: route.fulfill(json=listing([judged(label)])))
    page.goto(f"{visit.url}#/adapters")
    report = page.locator("loracle-gate-report")
    report.get_by_text("Passed: better than").click()
    expect(report.get_by_role("row", name="answer repeats itself")).to_contain_text("10 %")
    report.get_by_text("60 examples side by side").click()
    expect(report.get_by_role("article")).to_have_count(60)
    expect(report.get_by_role("article").first).to_contain_text("window.ran=1")
    left_alone(visit)


def judged(label: str) -> dict[str, Any]:
    """An evaluation whose examples are hostile."""
    examples = [
        {
            "id": text,
            "question": text,
            "answerable": True,
            "expected": [text],
            "gain": 0.5,
            "incumbent": {"answer": text},
            "candidate": {"answer": text},
        }
        for text in TEXTS
    ]
    check = {
        "name": "answer repeats itself",
        "incumbent": 0.1,
        "candidate": 0.0,
        "limit": 0.05,
        "vetoed": False,
        "n": 60,
    }
    report = {
        "reasons": [TEXTS[0]],
        "questions": 60,
        "groups": 12,
        "incumbent_f1": 0.5,
        "candidate_f1": 0.6,
        "difference": {"mean": 0.1, "low": 0.05, "high": 0.15, "level": 0.9},
        "checks": [check],
        "examples": examples,
    }
    named = {"id": "aev_1", "adapter": label, "against": "base", "status": "succeeded", "progress": 1.0}
    return {**named, "verdict": "better", "report": report, "error": None, "created_at": "2026-01-31T12:00:00Z"}
