"""The view of adapters and trainings in Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.integration.page.conftest import Visit
from tests.integration.page.test_page import upload

FACTS = " ".join(
    f"Room {number} opens at {number + 3} in the morning and belongs to Team {number}." for number in range(1, 9)
)


def test_dataset_is_made_of_documents_and_looked_at_and_deleted(visit: Visit) -> None:
    upload(visit, "rooms.txt", FACTS.encode())
    page = visit.page
    page.get_by_role("link", name="Adapters").click()
    expect(page.get_by_role("heading", name="Adapters", exact=True)).to_be_visible()
    page.get_by_role("button", name="Make from documents").click()
    page.get_by_label("Name", exact=True).fill("rooms")
    page.get_by_label("Rows, at most").fill("5")
    page.get_by_role("button", name="Save").click()
    dataset = page.get_by_role("region", name="rooms")
    expect(dataset).to_contain_text("rooms@1")
    dataset.get_by_text("Rows as the model reads them").click()
    expect(dataset.locator("pre").first).to_contain_text("Room")
    dataset.get_by_role("button", name="Delete rooms").click()
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_text("No datasets yet.")).to_be_visible()
    assert visit.problems == []


def test_rows_that_cannot_be_read_are_told(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.goto(f"{visit.url}#/adapters")
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"question": "Who?"}\n')
    page.locator("loracle-training input[type=file]").set_input_files(rows)
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
    page.route("**/api/v1/training/jobs?**", lambda route: route.fulfill(json={"data": [training], "has_more": False}))
    page.route("**/api/v1/training/jobs/train_1/metrics", lambda route: route.fulfill(json={"data": points}))
    page.goto(f"{visit.url}#/adapters")
    row = page.get_by_role("region", name="support")
    expect(row).to_contain_text("step 3 of 10")
    expect(row).to_contain_text("about 40 s left")
    expect(row.get_by_role("img", name="Losses by step")).to_be_visible()
