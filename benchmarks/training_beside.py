"""Serving throughput while a training runs at low priority, beside the same service left alone.

    python -m benchmarks.training_beside ROWS.jsonl [--seconds 40] [--clients 4]

Clients ask in a closed loop over HTTP; answer tokens and answers a second are counted, in turns: alone, while a
training runs, alone again.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.serving import ServedLoracle, take_in, upload_rows

QUESTIONS = 200
JOBS = "/api/v1/training/jobs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder, ServedLoracle(Path(folder) / "data", tenant_queue_size=16) as served:
        http = served.tenant("busy")
        for place, context in enumerate(dict.fromkeys(row["context"] for row in rows[:100])):
            take_in(http, f"{place}.txt", context.encode())
        questions = [row["question"] for row in rows[:QUESTIONS]]
        load(http, questions, given.clients, 5.0)
        before = load(http, questions, given.clients, given.seconds)
        with training(http, rows) as path:
            first = http.get(path).json()["step"]
            beside = load(http, questions, given.clients, given.seconds)
            steps = http.get(path).json()["step"] - first
        after = load(http, questions, given.clients, given.seconds)
    alone = {name: (before[name] + after[name]) / 2 for name in before}
    found = [{"while": "alone, before", **before}, {"while": "training", **beside}, {"while": "alone, after", **after}]
    drop = {name: 1 - beside[name] / alone[name] for name in alone}
    report("training_beside", [*found, {"while": "drop", **drop}])
    print(f"{steps} steps of training in {given.seconds:.0f} s beside it")


@contextmanager
def training(http: httpx.Client, rows: list[dict[str, Any]]) -> Iterator[str]:
    """A training under way: its path."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows if len(row["context"]) < 1500]
    recipe = {"epochs": 20, "rows_per_step": 4, "max_tokens": 1024, "micro_batch_tokens": 1024, "patience": 0}
    body = {"adapter": "style", "dataset": upload_rows(http, lines, "rows"), "hyperparameters": recipe}
    job = http.post(JOBS, json=body).raise_for_status().json()
    path = f"{JOBS}/{job['id']}"
    while (state := http.get(path).json())["step"] < 1:
        if state["error"]:
            raise RuntimeError(state["error"]["message"])
        time.sleep(0.2)
    yield path
    http.post(f"{path}/cancel").raise_for_status()
    while http.get(path).json()["status"] == "running":
        time.sleep(0.2)


def load(http: httpx.Client, questions: list[str], clients: int, seconds: float) -> dict[str, float]:
    """Answers and answer tokens a second of so many clients that ask one question after the other."""
    counts, lock = [0, 0], threading.Lock()
    until = time.monotonic() + seconds
    places = iter(range(10**9))

    def ask() -> None:
        while time.monotonic() < until:
            with lock:
                question = questions[next(places) % len(questions)]
            answer = http.post("/api/v1/chat", json={"message": question, "max_tokens": 64}).raise_for_status().json()
            with lock:
                counts[0] += 1
                counts[1] += answer["usage"]["completion_tokens"]

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - started
    return {"answers/s": counts[0] / elapsed, "answer tokens/s": counts[1] / elapsed}


if __name__ == "__main__":
    main()
