"""`loracle train`: uploads rows over HTTP, trains an adapter and waits for its evaluation."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.client import DEFAULT_URL, Key, Url, check, connected
from app.cli.terminal import print
from app.domain.jobs import FINAL_JOB
from app.domain.training import FINAL_TRAINING, TrainingStatus

if TYPE_CHECKING:
    import httpx

POLL_S = 1.0


def train(
    rows: Annotated[Path, typer.Argument(help="A JSONL file of rows.")],
    adapter: Annotated[str, typer.Option(help="Name of the adapter to make.")],
    key: Key = "",
    url: Url = DEFAULT_URL,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="A hyper-parameter: rank=16, learning_rate=0.0005, epochs=1.")
    ] = None,
    search: Annotated[
        list[str] | None, typer.Option(help="Values to choose among: learning_rate=6e-4,1.3e-3. May be repeated.")
    ] = None,
    search_minutes: Annotated[float | None, typer.Option(help="At most so long for the search.")] = None,
    search_trials: Annotated[int | None, typer.Option(help="Try so many recipes of the grid, drawn at random.")] = None,
    search_tokens: Annotated[int | None, typer.Option(help="At most so many tokens for the search.")] = None,
    validate_only: Annotated[bool, typer.Option("--validate", help="Only say what is in the file.")] = False,
) -> None:
    """Upload rows, train an adapter on them and wait for the gate's verdict."""
    with connected(url, key) as http:
        if validate_only:
            sys.exit(_validate(http, rows))
        dataset = _post_file(http, "/api/v1/training/datasets", rows, name=adapter)
        print(f"{dataset['name']}@{dataset['version']}: {dataset['report']['rows']} rows")
        body = {"adapter": adapter, "dataset": dataset["id"], "hyperparameters": parse_hyperparameters(settings or [])}
        if search:
            budget = {"minutes": search_minutes, "trials": search_trials, "tokens": search_tokens}
            body["search"] = {"grid": parse_grid(search), "budget": budget}
        response = http.post("/api/v1/training/jobs", json=body)
        check(response)
        job = _follow(http, response.json()["id"])
        if job["evaluation_id"]:
            _wait_for_verdict(http, adapter, job["evaluation_id"])
    sys.exit(0 if job["status"] == TrainingStatus.SUCCEEDED else 1)


def parse_hyperparameters(options: list[str]) -> dict[str, Any]:
    """Parse "rank=16" as {"rank": 16}. A value that is not JSON is text."""
    hyperparameters: dict[str, Any] = {}
    for option in options:
        name, _, value = option.partition("=")
        hyperparameters[name] = _parse_value(value)
    return hyperparameters


def parse_grid(options: list[str]) -> dict[str, list[Any]]:
    """Parse "rank=8,16" as {"rank": [8, 16]}."""
    grid: dict[str, list[Any]] = {}
    for option in options:
        name, _, values = option.partition("=")
        grid[name] = [_parse_value(value) for value in values.split(",")]
    return grid


def _parse_value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _validate(http: httpx.Client, rows: Path) -> int:
    report = _post_file(http, "/api/v1/training/datasets/validate", rows)
    for problem in report["problems"]:
        print(f"line {problem['line']}: {problem['message']}")
    print(f"{report['rows']} rows, {report['tokens']} tokens, {report['problem_count']} problems")
    return 1 if report["problem_count"] else 0


def _post_file(http: httpx.Client, path: str, rows: Path, **fields: str) -> dict[str, Any]:
    if not rows.is_file():
        sys.exit(f"loracle: there is no file {rows}")
    with rows.open("rb") as file:
        response = http.post(path, files={"file": (rows.name, file)}, data=fields)
    check(response)
    body: dict[str, Any] = response.json()
    return body


def _follow(http: httpx.Client, training_id: str) -> dict[str, Any]:
    """Print events and progress until the training has ended. Returns it."""
    path, last_event = f"/api/v1/training/jobs/{training_id}", 0
    while True:
        response = http.get(path)
        check(response)
        job: dict[str, Any] = response.json()
        for event in http.get(f"{path}/log", params={"after": last_event}).json()["data"]:
            last_event = event["id"]
            print(event["message"], flush=True)
        if job["status"] in FINAL_TRAINING:
            return job
        searching = job["search"] is not None and job["search"]["chosen"] is None
        if job["eta_s"] is not None and searching:
            print(f"searching, {job['progress']:.0%}, {job['eta_s']:.0f} s left", flush=True)
        elif job["eta_s"] is not None:
            loss = job["figures"].get("train_loss", float("nan"))
            print(f"step {job['step']}/{job['steps']}, loss {loss:.3f}, {job['eta_s']:.0f} s left", flush=True)
        time.sleep(POLL_S)


def _wait_for_verdict(http: httpx.Client, adapter: str, evaluation_id: str) -> None:
    while True:
        response = http.get(f"/api/v1/adapters/{adapter}/evaluations/{evaluation_id}")
        check(response)
        body = response.json()
        if body["status"] in FINAL_JOB:
            reason = f": {body['error']['message']}" if body["error"] else ""
            print(f"The gate says: {body['verdict'] or body['status']}{reason}")
            return
        time.sleep(POLL_S)
