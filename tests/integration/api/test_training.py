"""Datasets and training jobs over HTTP: checked whole, versioned, exported; a job ends with a reason."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import httpx
import pytest

from app.deadline import Deadline, limited_by
from app.errors import ClientGone
from app.training.datasets.service import DatasetService
from tests.support.files import MUSEUM
from tests.support.service import Service

PREAMBLE = "You are the porter of the museum."
ROWS = [
    {"question": "When does it open?", "context": "The museum opens at ten.", "answer": "at ten", "document": "a"},
    {"question": "Is it free?", "context": ["The museum opens at ten."], "answer": None, "document": "a"},
    {"prompt": "Say hello.", "completion": "Hello."},
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good day."}]},
]


def jsonl(rows: list[Any]) -> bytes:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()


async def upload(
    client: httpx.AsyncClient, rows: list[Any] | bytes, name: str = "rows", to: str = ""
) -> httpx.Response:
    content = rows if isinstance(rows, bytes) else jsonl(rows)
    files, data = {"file": ("rows.jsonl", content)}, {} if to else {"name": name}
    return await client.post(f"/api/v1/training/datasets{to}", files=files, data=data)


async def ended(client: httpx.AsyncClient, training_id: str) -> dict[str, Any]:
    for _ in range(200):
        body = (await client.get(f"/api/v1/training/jobs/{training_id}")).json()
        if body["status"] in {"succeeded", "failed", "cancelled"}:
            return body
        await asyncio.sleep(0.05)
    raise AssertionError(body)


async def test_dataset_of_all_three_shapes_is_kept_with_report_and_versions(service: Service) -> None:
    first = await upload(service.acme, ROWS)
    assert first.status_code == 201, first.text
    body = first.json()
    report = body["report"]
    assert (body["version"], report["rows"], report["refusals"], report["problem_count"]) == (1, 4, 1, 0)
    assert sum(one["rows"] for one in report["histogram"]) == 4
    assert "The museum opens at ten." in report["previews"][0]
    assert report["previews"][0].endswith("⟶at ten")
    second = (await upload(service.acme, ROWS[:2])).json()
    assert second["version"] == 2
    exported = await service.acme.get(f"/api/v1/training/datasets/{body['id']}/export")
    assert exported.content == jsonl(ROWS)
    listed = (await service.acme.get("/api/v1/training/datasets")).json()["data"]
    assert [one["version"] for one in listed] == [2, 1]


async def test_files_of_other_forms_are_kept_as_jsonl(service: Service) -> None:
    table = b"question,context,answer\nWhen?,The museum opens at ten.,at ten\nWho?,The museum opens at ten.,null\n"
    made = (await upload(service.acme, table)).json()
    assert (made["report"]["rows"], made["report"]["refusals"]) == (2, 1)
    exported = (await service.acme.get(f"/api/v1/training/datasets/{made['id']}/export")).content
    assert [json.loads(line)["answer"] for line in exported.splitlines() if line] == ["at ten", None]
    listed = await upload(service.acme, json.dumps([*ROWS, ROWS[0]], indent=1).encode(), to="/validate")
    assert [(one["line"], one["code"]) for one in listed.json()["problems"]] == [(32, "duplicate")]
    refused = await upload(service.acme, b"The museum opens at ten.")
    assert "neither JSONL" in refused.json()["error"]["message"]
    folder = service.runtime.storage.blobs.path("ab").parent.parent
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        (["{", *ROWS], 1, "Not JSON"),
        ([*ROWS, ROWS[0]], 5, "repeats line 1"),
        ([ROWS[0], {"question": "q", "context": "c", "answer": " "}], 2, "something to learn"),
        ([ROWS[0], {"question": "q", "context": "c"}], 2, "null teaches a refusal"),
        ([ROWS[0], "", {"prompt": "x" * 20_000, "completion": "y"}], 3, "tokens with its prompt"),
        (
            [{"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}],
            1,
            "must be the assistant",
        ),
        ([ROWS[0], '{"prompt": "\\ud800", "completion": "y"}'], 2, "surrogate"),
        ([{"text": "x"}], 1, "`messages`, or `prompt`"),
        ([{**ROWS[0], "sources": ["doc_unknown"]}], 1, "doc_unknown"),
        ([], 0, "no rows"),
    ],
)
async def test_bad_rows_are_refused_by_line_and_nothing_is_kept(
    service: Service, rows: list[Any], line: int, says: str
) -> None:
    refused = await upload(service.acme, rows)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (422, "dataset_invalid")
    assert says in error["message"]
    assert not line or f"line {line}:" in error["message"]
    told = (await upload(service.acme, rows, to="/validate")).json()
    assert (told["problem_count"], told["problems"][0]["line"]) == (1, line)
    assert (await service.acme.get("/api/v1/training/datasets")).json()["data"] == []
    folder = service.runtime.storage.blobs.path("ab").parent.parent
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_a_check_stops_after_100_problems_and_says_so(service: Service) -> None:
    valid = [{"prompt": f"Say {number}.", "completion": "Hello."} for number in range(5)]
    rows = jsonl(valid) + b"{}\n" * 300_000
    told = (await upload(service.acme, rows, to="/validate")).json()
    assert (told["rows"], told["problem_count"], len(told["problems"]), told["stopped_at"]) == (5, 100, 100, 105)
    array = b"[" + b"{},\n" * 100_000 + b"no JSON"
    assert (await upload(service.acme, array, to="/validate")).json()["stopped_at"] == 100
    refused = (await upload(service.acme, rows)).json()["error"]
    assert refused["message"].endswith("And 80 more. The check stopped at line 105; more may follow.")
    assert (await upload(service.acme, valid, to="/validate")).json()["stopped_at"] is None
    folder = service.runtime.storage.blobs.path("ab").parent.parent
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_check_ends_when_the_client_is_gone_and_keeps_nothing(service: Service) -> None:
    class LeavingClient(io.BytesIO):
        """Is gone when all of its file was read."""

        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            if not piece:
                deadline.client_gone()
            return piece

    datasets, deadline = service.app.state.services.get(DatasetService), Deadline(60, 60)
    folder = service.runtime.storage.blobs.path("ab").parent.parent
    with limited_by(deadline), pytest.raises(ClientGone):
        datasets.validate(service.acme_id, LeavingClient(jsonl(ROWS)))
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_bytes_that_are_no_text_and_bad_names_are_refused(service: Service) -> None:
    assert "UTF-8" in (await upload(service.acme, b"\xff\xfe\x00")).json()["error"]["message"]
    assert (await upload(service.acme, ROWS, name="Not A Name")).json()["error"]["param"] == "name"


async def test_sources_are_lineage_and_say_when_their_document_is_gone(service: Service) -> None:
    document = await service.take_in(service.acme, "museum.md", MUSEUM)
    made = (await upload(service.acme, [{**ROWS[0], "sources": [document["id"]]}])).json()
    assert made["sources"] == [{"document_id": document["id"], "filename": "museum.md", "deleted": False}]
    await service.acme.delete(f"/api/v1/documents/{document['id']}")
    after = (await service.acme.get(f"/api/v1/training/datasets/{made['id']}")).json()
    assert after["sources"][0]["deleted"]


async def test_estimate_grows_with_the_epochs_and_queues_nothing(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    found = []
    for epochs in (1, 4):
        recipe = {"epochs": epochs, "rows_per_step": 1, "max_tokens": 2048}
        wanted = {"adapter": "style", "dataset": dataset, "hyperparameters": recipe}
        found.append((await service.acme.post("/api/v1/training/jobs/estimate", json=wanted)).json())
    assert found[1]["tokens"] == pytest.approx(4 * found[0]["tokens"], abs=4)
    assert found[0]["tokens"] > 0
    assert found[1]["seconds"] >= found[0]["seconds"] > 0
    assert (await service.acme.get("/api/v1/training/jobs")).json()["data"] == []


async def test_what_depends_on_the_rows_may_be_null_as_if_left_out(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    found = []
    for recipe in ({}, {"rank": None, "targets": None, "learning_rate": None, "dropout": None}, {"rank": 9}):
        wanted = {"adapter": "style", "dataset": dataset, "hyperparameters": recipe}
        made = await service.acme.post("/api/v1/training/jobs", json=wanted)
        assert made.status_code == 202, made.text
        found.append(made.json()["hyperparameters"])
    assert found[0] == found[1] != found[2]


async def test_estimate_of_a_search_covers_all_of_it_within_its_budget(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    recipe = {"epochs": 40, "rows_per_step": 1, "max_tokens": 2048, "learning_rate": 1e-3}
    grid = {"learning_rate": [1e-4, 2e-4, 5e-4, 1e-3], "rank": [8, 32]}
    found = {}
    for name, search in {
        "none": None,
        "whole": {"grid": grid},
        "four": {"grid": grid, "budget": {"trials": 4}},
        "short": {"grid": grid, "budget": {"tokens": 100}},
    }.items():
        wanted = {"adapter": "style", "dataset": dataset, "hyperparameters": recipe, "search": search}
        answer = await service.acme.post("/api/v1/training/jobs/estimate", json=wanted)
        assert answer.status_code == 200, answer.text
        found[name] = answer.json()
    # Eight trials: an eighth of eight runs, of four, a quarter of two, then half of one: two and a half runs in all.
    assert found["whole"]["steps"] == pytest.approx(2.5 * found["none"]["steps"], rel=0.05)
    assert found["four"]["steps"] == pytest.approx(2 * found["none"]["steps"], rel=0.05)
    assert found["short"]["tokens"] <= found["none"]["tokens"] + 100


async def test_a_search_that_waits_shows_what_it_was_asked_for(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    wanted = {
        "adapter": "style",
        "dataset": dataset,
        "search": {"grid": {"rank": [4, 8], "init": ["default", "loftq"]}},
    }
    made = await service.acme.post("/api/v1/training/jobs", json=wanted)
    assert made.status_code == 202, made.text
    search = made.json()["search"]
    assert search["grid"] == {"rank": [4, 8], "init": ["default", "loftq"]}
    assert search["budget"] == {"trials": 4, "minutes": None, "tokens": None}
    assert (search["trials"], search["chosen"]) == ([], None)
    assert (await ended(service.acme, made.json()["id"]))["search"]["grid"] == search["grid"]
    report = await service.acme.get(f"/api/v1/training/jobs/{made.json()['id']}/report")
    assert report.status_code == 200


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"search": {"grid": {"rank": [8, 1000]}}}, "search.grid.rank"),
        ({"search": {"grid": {"rank": [8, 48], "init": ["default", "pissa"]}}}, "search.grid.rank"),
        ({"search": {"grid": {"seed": [1, 2]}}}, "search.grid.seed"),
        ({"search": {"grid": {"rank": [8]}}}, "search.grid"),
        ({"search": {"grid": {"rank": [8, 16]}, "budget": {"trials": 1}}}, "search.budget.trials"),
        ({"search": {"grid": {"rank": [8, 16]}}, "hyperparameters": {"validation_share": 0}}, "validation_share"),
        ({"search": {"rank": [8, 16]}}, "search"),
        ({"hyperparameters": {"rank": 1000}}, "rank"),
        ({"hyperparameters": {"rank": 48, "init": "pissa"}}, "hyperparameters.rank"),
        ({"hyperparameters": {"init": "loftq", "method": "lora"}}, "init"),
        ({"hyperparameters": {"init": "pissa", "method": "adalora"}}, "init"),
        ({"hyperparameters": {"rank": 48, "method": "adalora"}}, "hyperparameters.rank"),
        ({"hyperparameters": {"initial_rank": 12}}, "initial_rank"),
        ({"hyperparameters": {"method": "full"}}, "method"),
        ({"hyperparameters": {"max_tokens": 16}}, "hyperparameters.max_tokens"),
        ({"adapter": "base"}, "name"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_recipe_is_checked_before_anything_is_queued(service: Service, more: dict, param: str) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    refused = await service.acme.post("/api/v1/training/jobs", json={"adapter": "style", "dataset": dataset, **more})
    assert refused.status_code == 422, refused.text
    assert param in refused.json()["error"]["param"]
    assert (await service.acme.get("/api/v1/training/jobs")).json()["data"] == []


async def test_full_fine_tuning_is_refused_and_says_where_it_is(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    wanted = {"adapter": "style", "dataset": dataset, "hyperparameters": {"method": "full"}}
    for path in ("/api/v1/training/jobs", "/api/v1/training/jobs/estimate"):
        refused = await service.acme.post(path, json=wanted)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, "hyperparameters.method")
        assert "for comparison only: `loracle compare`" in refused.json()["error"]["message"]


async def test_service_without_a_model_fails_the_job_with_a_reason_and_tells_it_in_events(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS)).json()["id"]
    made = await service.acme.post("/api/v1/training/jobs", json={"adapter": "style", "dataset": dataset})
    assert (made.status_code, made.json()["status"]) == (202, "queued")
    training = await ended(service.acme, made.json()["id"])
    assert (training["status"], training["error"]["code"]) == ("failed", "no_base_model")
    path = f"/api/v1/training/jobs/{training['id']}"
    stream = (await service.acme.get(f"{path}/events")).text
    assert stream.index("event: log") < stream.index("event: done")
    log = (await service.acme.get(f"{path}/log")).json()["data"]
    assert [one["kind"] for one in log] == ["queued", "failed"]
    assert (await service.acme.get(f"{path}/log", params={"after": log[0]["id"]})).json()["data"] == log[1:]
    assert (await service.acme.post(f"{path}/cancel")).status_code == 409
    assert (await service.acme.post(f"{path}/resume")).status_code == 202
    assert (await ended(service.acme, training["id"]))["status"] == "failed"
    assert (await service.acme.delete(path)).status_code == 200
    assert (await service.acme.get(path)).status_code == 404


async def set_preamble(service: Service, preamble: str) -> None:
    assert (await service.acme.patch("/api/v1/answering", json={"preamble": preamble})).status_code == 200


async def test_question_rows_are_rendered_with_the_tenants_preamble(service: Service) -> None:
    plain = (await upload(service.acme, ROWS[:2])).json()["report"]
    await set_preamble(service, PREAMBLE)
    own = (await upload(service.acme, ROWS[:2])).json()["report"]
    assert PREAMBLE in own["previews"][0]
    assert PREAMBLE not in plain["previews"][0]
    assert own["tokens"] == plain["tokens"] + 2 * len(f"\n{PREAMBLE}")  # tokens are characters here
    other = (await upload(service.other, ROWS[:2])).json()["report"]
    assert other == plain


async def test_an_estimate_is_for_the_preamble_that_is_set_now(service: Service) -> None:
    dataset = (await upload(service.acme, ROWS[:2])).json()["id"]
    recipe = {"epochs": 1, "rows_per_step": 1, "validation_share": 0}
    body = {"adapter": "style", "dataset": dataset, "hyperparameters": recipe, "evaluation_share": 0}
    path = "/api/v1/training/jobs/estimate"
    plain = (await service.acme.post(path, json=body)).json()
    await set_preamble(service, PREAMBLE)
    longer = (await service.acme.post(path, json=body)).json()
    assert longer["tokens"] == plain["tokens"] + 2 * len(f"\n{PREAMBLE}")
    await set_preamble(service, "x" * 1800)
    refused = await service.acme.post(path, json=body)
    assert refused.status_code == 422, refused.text
    assert refused.json()["error"]["param"] == "hyperparameters.max_tokens"
