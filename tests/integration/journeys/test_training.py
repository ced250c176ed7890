"""From rows to an adapter that answers, over HTTP alone, with the real starter model and a few steps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.files import MUSEUM
from tests.support.serving import ServedLoracle, take_in
from tests.support.training_factories import rows

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedLoracle]:
    folder = tmp_path_factory.mktemp("trained") / "data"
    with ServedLoracle(folder, job_lease_s=3, job_heartbeat_s=0.5) as running:
        yield running


RECIPE = {
    "rank": 4, "max_steps": 6, "rows_per_step": 4, "validate_every": 3, "checkpoint_every": 2, "max_tokens": 256,
    "learning_rate": 2e-3,
}  # fmt: skip
JOBS = "/api/v1/training/jobs"
HOUSES = {
    "lighthouse.txt": "The lighthouse opens for visitors at 7.15 in the summer months. It was built by Maria Tavares, "
    "who drew the spiral stairs herself. The lamp needs 40 litres of oil in a single winter night.",
    "library.txt": "The town library lends at most 12 books to every registered reader. Its reading room was painted "
    "by Jorge Almeida over two long winters. The oldest atlas on the shelves was printed in 1612.",
    "bakery.txt": "The bakery on the square sells 300 loaves of rye bread before noon. Its oven was brought over "
    "the sea by Clara Nunes and her brothers. The dough rests for 18 hours in the stone cellar.",
}


def until(http: httpx.Client, path: str, *wanted: str) -> dict[str, Any]:
    while True:
        body: dict[str, Any] = http.get(path).raise_for_status().json()
        if body["status"] in wanted:
            return body
        assert body["status"] not in {"failed", "cancelled", "succeeded"}, body
        time.sleep(0.2)


def upload(http: httpx.Client, lines: list[str], to: str = "") -> httpx.Response:
    files = {"file": ("rows.jsonl", "\n".join(lines).encode())}
    return http.post(f"/api/v1/training/datasets{to}", files=files, data={} if to else {"name": "rows"})


def test_upload_validate_train_gate_activate_ask(served: ServedLoracle) -> None:
    http = served.tenant("learner")
    assert take_in(http, "museum.md", MUSEUM)["status"] == "ready"
    bad = upload(http, [*rows(3), "{"])
    assert "line 4" in bad.json()["error"]["message"]
    dataset = upload(http, rows(30)).raise_for_status().json()
    assert "Answer the question from the passages" in dataset["report"]["previews"][0]
    wanted = {"adapter": "style", "dataset": dataset["id"], "hyperparameters": RECIPE, "evaluation_share": 0.2}
    assert http.post(f"{JOBS}/estimate", json=wanted).raise_for_status().json()["steps"] == 6
    job = http.post(JOBS, json=wanted).raise_for_status().json()
    events = followed(http, job["id"])
    assert [name for name, _ in events if name == "point"]
    done = events[-1][1]
    assert (events[-1][0], done["status"], done["error"]) == ("done", "succeeded", None)
    curve = http.get(f"{JOBS}/{job['id']}/metrics").json()["data"]
    assert [point["step"] for point in curve] == [1, 2, 3, 4, 5, 6]
    assert curve[-1]["figures"]["train_loss"] < curve[0]["figures"]["train_loss"]
    page = http.get(f"{JOBS}/{job['id']}/report")
    assert "<svg" in page.text
    assert "Checkpoint at step 2" in page.text
    name, _, version = done["trained_adapter"].partition("@")
    adapter = http.get(f"/api/v1/adapters/{name}", params={"version": version}).json()
    assert adapter["lineage"]["origin"] == "training"
    verdict = until(http, f"/api/v1/adapters/{name}/evaluations/{done['evaluation_id']}", "succeeded")["verdict"]
    assert verdict in {"inconclusive", "worse"}  # a handful of questions prove nothing
    refused = http.post(f"/api/v1/adapters/{name}/activate", json={})
    assert (refused.status_code, "override" in refused.json()["error"]["message"]) == (409, True)
    http.post(f"/api/v1/adapters/{name}/activate", json={"override": "a test"}).raise_for_status()
    question = {"message": "When does the museum open in the morning?", "max_tokens": 24}
    answer = http.post("/api/v1/chat", json=question).raise_for_status().json()
    assert answer["adapter"] == {"name": name, "version": version}


def followed(http: httpx.Client, training_id: str) -> list[tuple[str, dict[str, Any]]]:
    """All events of the stream until it ends."""
    found, kind = [], ""
    with http.stream("GET", f"{JOBS}/{training_id}/events") as response:
        for line in response.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((kind, json.loads(line.removeprefix("data: "))))
    return found


def test_a_killed_service_goes_on_training_where_it_was(served: ServedLoracle) -> None:
    http = served.tenant("unlucky")
    dataset = upload(http, rows(30)).raise_for_status().json()
    recipe = {**RECIPE, "max_steps": 12, "epochs": 40, "patience": 0}
    wanted = {"adapter": "style", "dataset": dataset["id"], "hyperparameters": recipe, "evaluation_share": 0}
    job = http.post(JOBS, json=wanted).raise_for_status().json()
    while http.get(f"{JOBS}/{job['id']}").json()["step"] < 4:
        time.sleep(0.1)
    served.kill()
    served.start()
    done = until(http, f"{JOBS}/{job['id']}", "succeeded")
    assert done["step"] == done["steps"] == 12
    assert "resumed" in [one["kind"] for one in http.get(f"{JOBS}/{job['id']}/log").json()["data"]]


def test_an_adalora_job_leaves_an_adapter_that_answers(served: ServedLoracle) -> None:
    http = served.tenant("adaptive")
    dataset = upload(http, rows(30)).raise_for_status().json()
    recipe = {**RECIPE, "method": "adalora", "learning_rate": 2e-2, "validation_share": 0}
    wanted = {"adapter": "style", "dataset": dataset["id"], "hyperparameters": recipe, "evaluation_share": 0}
    job = http.post(JOBS, json=wanted).raise_for_status().json()
    done = until(http, f"{JOBS}/{job['id']}", "succeeded")
    curve = http.get(f"{JOBS}/{job['id']}/metrics").json()["data"]
    ranks = [point["figures"]["mean_rank"] for point in curve]
    assert (max(ranks), ranks[-1]) == (6.0, 4.0)
    name, _, version = done["trained_adapter"].partition("@")
    adapter = http.get(f"/api/v1/adapters/{name}", params={"version": version}).json()
    assert adapter["not_served"] is None
    assert 4 <= adapter["rank"] <= 6
    http.post(f"/api/v1/adapters/{name}/activate", json={"override": "a test"}).raise_for_status()
    answer = http.post("/api/v1/chat", json={"message": "Who keeps Porto?", "max_tokens": 12}).raise_for_status().json()
    assert answer["adapter"] == {"name": name, "version": version}


def test_documents_and_feedback_become_rows(served: ServedLoracle) -> None:
    http = served.tenant("teacher")
    documents = [take_in(http, name, text.encode()) for name, text in HOUSES.items()]
    made = http.post("/api/v1/training/datasets/from-documents", json={"name": "own", "rows": 20, "refusals": 0.5})
    dataset = made.raise_for_status().json()
    assert {source["document_id"] for source in dataset["sources"]} == {document["id"] for document in documents}
    exported = http.get(f"/api/v1/training/datasets/{dataset['id']}/export").text.splitlines()
    made_rows = [json.loads(line) for line in exported]
    assert {row["answer"] is None for row in made_rows} == {True, False}
    for row in made_rows:
        assert row["answer"] is None or any(row["answer"] in text for text in row["context"])
        assert len(row["context"]) <= 3
    empty = http.post("/api/v1/training/datasets/from-feedback", json={"name": "taught"})
    assert empty.json()["error"]["code"] == "no_rows"
    turn = http.post("/api/v1/chat", json={"message": "When does the lighthouse open?", "max_tokens": 24}).json()
    corrected = {"turn_id": turn["id"], "rating": "down", "corrected_answer": "At 7.15 in summer."}
    http.post("/api/v1/feedback", json=corrected).raise_for_status()
    taught = http.post("/api/v1/training/datasets/from-feedback", json={"name": "taught"}).raise_for_status().json()
    (line,) = http.get(f"/api/v1/training/datasets/{taught['id']}/export").text.splitlines()
    assert json.loads(line)["answer"] == "At 7.15 in summer."
    assert documents[0]["id"] in {source["document_id"] for source in taught["sources"]}
