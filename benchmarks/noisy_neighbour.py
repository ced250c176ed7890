"""What one tenant's load does to another one: its lists and its answers' first tokens, beside their values when idle.

Run: python -m benchmarks.noisy_neighbour [--seconds 15] [--only searches]
Each load is measured between two idle times; the figures are ratios to those.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.report import report
from tests.support.sample_text import sample_sentences
from tests.support.serving import ServedLoracle, take_in

FETCH_HANGS_S = 10.0
WARM_UP_S = 5.0
QUESTION = {"message": "When does the museum open?", "stream": True, "max_tokens": 16}
MUSEUM = b"# Museum\n\nThe museum opens at ten in the morning. A ticket costs 5 euros.\n"
Load = Callable[[httpx.AsyncClient, Counter[str]], Awaitable[None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="of each measurement")
    parser.add_argument("--only", choices=sorted(LOADS), nargs="*", help="these loads")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        served = ServedLoracle(Path(folder) / "data", url_ingestion=True)
        served.command = [sys.executable, "-m", "benchmarks.noisy_neighbour", "serve"]
        with served:
            loud, quiet = served.tenant("loud", admin=True), served.tenant("quiet")
            words = " ".join(sample_sentences())
            for number in range(8):
                take_in(loud, f"{number}.txt", words[number * 20_000 :][:20_000].encode())
            take_in(quiet, "museum.md", MUSEUM)
            rows = [compare(served, loud, quiet, name, arguments.seconds) for name in arguments.only or LOADS]
    report("noisy_neighbour", rows)


def compare(
    served: ServedLoracle, loud: httpx.Client, quiet: httpx.Client, name: str, seconds: float
) -> dict[str, Any]:
    """The quiet tenant's times under the load, and idle before and after it."""
    processor_s, began = processor(served), time.monotonic()
    before = measured(quiet, seconds / 2)
    idle = (processor(served) - processor_s) / (time.monotonic() - began)
    with under_load(served.url, loud.headers["authorization"], name) as statuses:
        time.sleep(WARM_UP_S)
        processor_s, began = processor(served), time.monotonic()
        lists, tokens = measured(quiet, seconds)
        busy = (processor(served) - processor_s) / (time.monotonic() - began)
    loud.post("/api/v1/queue/resume").raise_for_status()
    after = measured(quiet, seconds / 2)
    idle_lists, idle_tokens = before[0] + after[0], before[1] + after[1]
    return {
        "load": name,
        "list_p50_ms": 1000 * statistics.median(lists),
        "list_p95_ms": 1000 * p95(lists),
        "idle_list_p95_ms": 1000 * p95(idle_lists),
        "first_token_ms": 1000 * statistics.median(tokens),
        "idle_first_token_ms": 1000 * statistics.median(idle_tokens),
        "first_token_ratio": statistics.median(tokens) / statistics.median(idle_tokens),
        "processors": busy,
        "idle_processors": idle,
        "loud": dict(sorted(statuses.items())),
    }


def measured(quiet: httpx.Client, seconds: float) -> tuple[list[float], list[float]]:
    """Seconds of lists, ten a second, and until the first token of answers, one after the other."""
    until, tokens = time.monotonic() + seconds, list[float]()

    def ask() -> None:
        with httpx.Client(base_url=quiet.base_url, headers=quiet.headers, timeout=120) as http:
            while time.monotonic() < until:
                tokens.append(first_token_s(http))
                time.sleep(0.2)

    asking = threading.Thread(target=ask)
    asking.start()
    lists = []
    while time.monotonic() < until:
        began = time.perf_counter()
        quiet.get("/api/v1/documents", params={"limit": 1}).raise_for_status()
        lists.append(time.perf_counter() - began)
        time.sleep(0.1)
    asking.join()
    return lists, tokens


def first_token_s(http: httpx.Client) -> float:
    began, found = time.perf_counter(), 0.0
    with http.stream("POST", "/api/v1/chat", json=QUESTION) as response:
        response.raise_for_status()
        for line in response.iter_lines():
            if line == "event: token" and not found:
                found = time.perf_counter() - began
    return found or time.perf_counter() - began


@contextmanager
def under_load(url: str, authorization: str, name: str) -> Iterator[dict[str, int]]:
    """The load in a process of its own; afterwards how often it got which status."""
    context = multiprocessing.get_context("spawn")
    begun, ended, counted = context.Event(), context.Event(), context.Queue()
    process = context.Process(target=run_load, args=(url, authorization, name, begun, ended, counted))
    process.start()
    begun.wait()
    statuses: dict[str, int] = {}
    try:
        yield statuses
    finally:
        ended.set()
        statuses |= counted.get(timeout=60)
        process.join()


def run_load(url: str, authorization: str, name: str, begun: Any, ended: Any, counted: Any) -> None:
    """Called in the process of the load."""
    statuses: Counter[str] = Counter()

    async def run() -> None:
        limits = httpx.Limits(max_connections=None)
        headers = {"Authorization": authorization}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=120, limits=limits) as http:
            load = asyncio.ensure_future(LOADS[name](http, statuses))
            begun.set()
            await asyncio.to_thread(ended.wait)
            load.cancel()
            await asyncio.gather(load, return_exceptions=True)

    asyncio.run(run())
    counted.put(dict(statuses))


async def repeat(count: int, statuses: Counter[str], send: Callable[[int], Awaitable[httpx.Response]]) -> None:
    """So many clients, each of which sends again when it is answered; after a refusal it waits for a short time."""

    async def client() -> None:
        while True:
            response = await send(random.randrange(10**9))
            statuses[str(response.status_code)] += 1
            if response.status_code >= 400:
                await asyncio.sleep(0.5)

    await asyncio.gather(*(client() for _ in range(count)))


async def searches(http: httpx.AsyncClient, statuses: Counter[str], clients: int = 50) -> None:
    words = " ".join(sample_sentences())

    def send(number: int) -> Awaitable[httpx.Response]:
        start = number % (len(words) - 8000)
        return http.post("/api/v1/search", json={"query": words[start : start + 8000], "k": 50})

    await repeat(clients, statuses, send)


async def uploads(http: httpx.AsyncClient, statuses: Counter[str], clients: int = 25) -> None:
    def send(number: int) -> Awaitable[httpx.Response]:
        return http.post("/api/v1/documents", files={"file": (f"{number}.md", MUSEUM + str(number).encode())})

    await repeat(clients, statuses, send)


async def uploads_and_searches(http: httpx.AsyncClient, statuses: Counter[str]) -> None:
    await asyncio.gather(uploads(http, statuses), searches(http, statuses, 25))


async def event_streams(http: httpx.AsyncClient, statuses: Counter[str]) -> None:
    await http.post("/api/v1/queue/pause")
    document = (await http.post("/api/v1/documents", files={"file": ("queued.md", MUSEUM)})).json()["id"]

    async def follow() -> None:
        async with http.stream("GET", f"/api/v1/documents/{document}/events", timeout=None) as response:
            statuses[str(response.status_code)] += 1
            async for _ in response.aiter_bytes():
                pass

    await asyncio.gather(*(follow() for _ in range(300)))


async def fetches(http: httpx.AsyncClient, statuses: Counter[str]) -> None:
    def send(number: int) -> Awaitable[httpx.Response]:
        return http.post("/api/v1/documents/from-url", json={"url": f"https://example.org/{number}"})

    await repeat(45, statuses, send)


async def validation(http: httpx.AsyncClient, statuses: Counter[str]) -> None:
    rows = b"{}\n" * (15 * 2**20 // 3)

    def send(_: int) -> Awaitable[httpx.Response]:
        return http.post("/api/v1/training/datasets/validate", files={"file": ("rows.jsonl", rows)})

    await repeat(2, statuses, send)


LOADS: dict[str, Load] = {
    "searches": searches,
    "event streams": event_streams,
    "fetches": fetches,
    "uploads and searches": uploads_and_searches,
    "validation": validation,
}


def processor(served: ServedLoracle) -> float:
    times = served.process.cpu_times()
    return float(times.user + times.system)


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def serve() -> None:
    """`loracle serve`, for which every server on the internet hangs."""
    from app.cli import main as loracle
    from app.documents import uploads
    from app.errors import InvalidRequest

    def hang(*_: object, **__: object) -> Any:
        time.sleep(FETCH_HANGS_S)
        raise InvalidRequest("The server of the URL did not answer in time.", param="url", code="url_timeout")

    uploads.fetch = hang
    loracle()


if __name__ == "__main__":
    serve() if sys.argv[1:2] == ["serve"] else main()
