"""From question sets to an active adapter through HTTP alone: upload, validate, train, gate, activate, ask.

    python -m benchmarks.adapter_loop DATA --folder FOLDER --epochs 2 --search learning_rate=6e-4,1.3e-3

DATA holds, at any depth, the question sets of samples/grounded_qa.py; blocks of neighbouring contexts are kept out and
asked at the end, over their own context, of the base and the adapter. FOLDER keeps the service's data: the same call
goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import httpx

from app.cli.training import parse_grid
from samples.grounded_qa_scores import spread
from samples.question_sets import SETS, Paragraph, divide, plain_rows, read_paragraphs
from tests.support.report import report
from tests.support.serving import ServedLoracle, take_in, upload_rows

ADAPTER = "answers"
JOBS = "/api/v1/training/jobs"
EVALUATIONS = f"/api/v1/adapters/{ADAPTER}/evaluations"
STATE = "loop.json"  # the key and the job, for the next call
POLL_S = 5.0
TOKENS_PER_ROW = 768
LONGEST_CONTEXT = 1600  # characters: about 450 tokens
CHECKPOINT_EVERY = 20


def main() -> None:
    given = arguments()
    learned, kept_out = divide([p for name in SETS for p in paragraphs(given.data, name)])
    given.folder.mkdir(parents=True, exist_ok=True)
    with ServedLoracle(given.folder / "data", log_level="WARNING") as served:
        http, state = resumed(served, given.folder / STATE)
        if "job" not in state:
            state["job"] = begin(http, learned, given)["id"]
            (given.folder / STATE).write_text(json.dumps(state), encoding="utf-8")
        job = finished(http, f"{JOBS}/{state['job']}", tell=told)
        gate = finished(http, f"{EVALUATIONS}/{job['evaluation_id']}")
        print("gate:", gate["verdict"], json.dumps(gate["report"])[:600], flush=True)
        rows = [row for paragraph in kept_out for row in plain_rows(paragraph)]
        scores = [scored(http, spread(rows, language, given.questions), language) for language in ("en", "pt")]
        activation = activate(http, gate["verdict"])
        asked = ask(http, kept_out)
    report("adapter_loop", [{**score, "gate": gate["verdict"], "activated": activation} for score in scores])
    print(json.dumps({"asked": asked, "job": job}, indent=1, ensure_ascii=False))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rate", type=float, help="the service's default for the base, unless given")
    parser.add_argument("--rows-per-step", type=int, default=16)
    parser.add_argument("--search", action="append", default=[], metavar="NAME=VALUE,VALUE")
    parser.add_argument("--search-minutes", type=float, default=15.0)
    parser.add_argument("--questions", type=int, default=150, help="per language, at the end")
    return parser.parse_args()


def paragraphs(data: Path, name: str) -> list[Paragraph]:
    path = next(data.rglob(f"{name}.jsonl"))
    return [one for one in read_paragraphs(path.parent, name) if len(one.text) <= LONGEST_CONTEXT]


def resumed(served: ServedLoracle, path: Path) -> tuple[httpx.Client, dict[str, Any]]:
    """The tenant's client and what an earlier call left."""
    if path.is_file():
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return served.client(state["key"]), state
    http = served.tenant("learner")
    state = {"key": http.headers["Authorization"].removeprefix("Bearer ")}
    path.write_text(json.dumps(state), encoding="utf-8")
    return http, state


def begin(http: httpx.Client, learned: list[Paragraph], given: argparse.Namespace) -> dict[str, Any]:
    """Upload the rows that validation finds no fault with, and queue the training."""
    lines = [json.dumps(row, ensure_ascii=False) for paragraph in learned for row in plain_rows(paragraph)]
    wanted: dict[str, Any] = {
        "adapter": ADAPTER,
        "dataset": upload_rows(http, lines, "sets"),
        "evaluation_share": 0.05,
        "hyperparameters": {
            "rank": given.rank,
            **({"learning_rate": given.rate} if given.rate else {}),
            "epochs": given.epochs,
            "rows_per_step": given.rows_per_step,
            "max_tokens": TOKENS_PER_ROW,
            "validation_share": 0.02,
            "patience": 0,
            "checkpoint_every": CHECKPOINT_EVERY,
        },
    }
    if given.search:
        wanted["search"] = {"grid": parse_grid(given.search), "budget": {"minutes": given.search_minutes}}
    print(json.dumps(http.post(f"{JOBS}/estimate", json=wanted).raise_for_status().json()), flush=True)
    job: dict[str, Any] = http.post(JOBS, json=wanted).raise_for_status().json()
    return job


def told(job: dict[str, Any]) -> None:
    eta = f"{job['eta_s']:.0f} s left" if job["eta_s"] is not None else ""
    print(job["status"], f"{job['step']}/{job['steps']}", job["figures"], eta, flush=True)


def finished(http: httpx.Client, path: str, tell: Any = lambda _: None) -> dict[str, Any]:
    """The job's or the evaluation's last state. Raises RuntimeError if it did not succeed."""
    last = -1.0
    while True:
        body: dict[str, Any] = http.get(path).raise_for_status().json()
        if body["status"] == "succeeded":
            return body
        if body["status"] in {"failed", "cancelled"}:
            raise RuntimeError(f"{path}: {body['status']}, {body['error']}")
        if body["progress"] != last:
            tell(body)
        last = body["progress"]
        time.sleep(POLL_S)


def scored(http: httpx.Client, rows: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """F1 of the base and the adapter over the rows' own contexts."""
    cases = [
        {
            "id": f"{language}-{number}",
            "question": row["question"],
            "passages": [row["context"]],
            "answers": row["answers"],
            "language": language,
            "group": row["document"],
        }
        for number, row in enumerate(rows)
    ]
    files = {"cases": ("cases.jsonl", "\n".join(json.dumps(case, ensure_ascii=False) for case in cases).encode())}
    queued = http.post(EVALUATIONS, files=files, data={"against": "base"}).raise_for_status().json()
    found = finished(http, f"{EVALUATIONS}/{queued['id']}")["report"]
    checks = {check["name"]: check["candidate"] for check in found["checks"]}
    return {
        "language": language,
        "questions": found["questions"],
        "documents": found["groups"],
        "base_f1": found["incumbent_f1"],
        "adapter_f1": found["candidate_f1"],
        "gain": found["difference"],
        "checks": checks,
    }


def activate(http: httpx.Client, verdict: str) -> str:
    answer = http.post(f"/api/v1/adapters/{ADAPTER}/activate", json={})
    return "yes" if answer.is_success else f"refused ({verdict}): {answer.json()['error']['code']}"


def ask(http: httpx.Client, kept_out: list[Paragraph]) -> list[dict[str, Any]]:
    """A document of each language that was kept out is uploaded, and its first question asked in the chat."""
    found = []
    for language in ("en", "pt"):
        one = next(paragraph for paragraph in kept_out if paragraph.language == language)
        take_in(http, f"{one.name}.txt", one.text.encode())
        question, answers = one.questions[0]
        reply = http.post("/api/v1/chat", json={"message": question, "max_tokens": 48}).raise_for_status().json()
        shown = {name: reply.get(name) for name in ("answer", "adapter", "refused", "citations")}
        found.append({"question": question, "expected": answers, **shown})
    return found


if __name__ == "__main__":
    main()
