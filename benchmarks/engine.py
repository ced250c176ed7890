"""Throughput and latency of the engine in this process: streams x adapters, real text, closed loop.

    python -m benchmarks.engine --corpus ../shared/eval/retrieval/cranfield

Every stream asks again as soon as it has its answer. Prompts are not repeated, so no prefix is reused beyond the
first words that all share; `--reuse` measures the opposite: the documents were just used and only the question is new.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from app.bootstrap.models import load_model, quiet_libraries
from app.engine.adapter_cache import AdapterLocation
from app.engine.build import EngineLimits, build_engine
from app.engine.engine import Engine
from app.engine.sampling import SamplingParams
from app.engine.sequence import EngineRequest, Output
from app.engine.tokenizer import ChatTokenizer
from app.settings import Settings
from tests.support.random_adapter import random_adapters
from tests.support.report import report
from tests.support.sample_text import words_of

STREAMS, ADAPTERS = (1, 4, 8, 16, 32), (0, 1, 8, 64)
SYSTEM, QUESTION = "Answer using only the context.", "Question: What must be provided?"


@dataclass
class Answer:
    started: float
    first: float = 0.0
    ended: float = 0.0
    tokens: list[float] = field(default_factory=list)  # arrival times
    error: Exception | None = None


class Load:
    """Prompts of about a given length, never the same twice unless asked for."""

    def __init__(self, words: Sequence[str], chat: ChatTokenizer, *, prompt_tokens: int, reuse: bool) -> None:
        self._words = words
        self._chat = chat
        self._tokens = prompt_tokens
        self._reuse = reuse
        self._random = random.Random(time.time_ns())

    def prompt(self) -> tuple[int, ...]:
        at = 0 if self._reuse else self._random.randrange(len(self._words) - self._tokens)
        context = self._chat.encode(" ".join(self._words[at : at + self._tokens]))[: self._tokens - 45]
        question = f"{QUESTION} ({self._random.randrange(10**6)})" if self._reuse else QUESTION
        user = f"Context: {self._chat.decode(context)}\n{question}"
        return tuple(self._chat.chat([("system", SYSTEM), ("user", user)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder with corpus.jsonl; the samples' words if left out")
    parser.add_argument("--streams", type=int, nargs="*", default=STREAMS)
    parser.add_argument("--adapters", type=int, nargs="*", default=ADAPTERS)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each cell, and at least one answer a stream")
    parser.add_argument("--prompt-tokens", type=int, default=345)
    parser.add_argument("--new-tokens", type=int, default=64)
    parser.add_argument("--reuse", action="store_true", help="the same documents every time, a new question")
    parser.add_argument("--plot", type=Path, default=Path("benchmarks/results/engine.svg"))
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    loaded = load_model(settings)
    chat = ChatTokenizer(loaded.tokenizer)
    load = Load(words_of(arguments.corpus), chat, prompt_tokens=arguments.prompt_tokens, reuse=arguments.reuse)
    with tempfile.TemporaryDirectory() as folder:
        adapters = list(random_adapters(settings, Path(folder), max(arguments.adapters)))
        limits = EngineLimits(settings.context_tokens, settings.kv_cache_bytes, settings.adapter_cache_bytes)
        engine = build_engine(loaded, chat, limits, end_ids=frozenset())  # every answer has its full length
        engine.start()
        rows = [
            measure(engine, load, streams, adapters[:count], arguments.seconds, arguments.new_tokens)
            for count, streams in itertools.product(arguments.adapters, arguments.streams)
        ]
        engine.close(10)
    report("engine", rows)
    plot(rows, arguments.plot)


def measure(
    engine: Engine, load: Load, streams: int, adapters: Sequence[AdapterLocation], seconds: float, new_tokens: int
) -> dict[str, Any]:
    """One cell of the table."""
    for adapter in adapters[:8]:  # what a service that runs for a while has in memory
        ask(engine, load.prompt(), adapter, 1)
    turns = itertools.count()
    answers: list[Answer] = []
    before = engine.metrics()
    started = time.monotonic()

    def stream() -> None:
        while True:
            turn = next(turns)
            adapter = adapters[turn % len(adapters)] if adapters else None
            answers.append(ask(engine, load.prompt(), adapter, new_tokens))
            if time.monotonic() - started > seconds:
                return

    threads = [threading.Thread(target=stream) for _ in range(streams)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = max(answer.ended for answer in answers) - started
    failed = sum(answer.error is not None for answer in answers)
    good = [answer for answer in answers if answer.error is None]
    ttft = [answer.first - answer.started for answer in good]
    gaps = [b - a for answer in good for a, b in itertools.pairwise(answer.tokens)]
    return {
        "adapters": len(adapters),
        "streams": streams,
        "requests_s": len(good) / wall,
        "tokens_s": sum(len(answer.tokens) for answer in good) / wall,
        "ttft_p50_s": statistics.median(ttft),
        "ttft_p95_s": quantile(ttft, 95),
        "stream_tokens_s": 1 / statistics.median(gaps),
        "gap_p95_s": quantile(gaps, 95),
        "prefix_tokens": engine.metrics()["prefix_tokens"] - before["prefix_tokens"],
        "failed": failed,
        "rss_mb": psutil.Process().memory_info().rss / 1e6,
    }


def ask(
    engine: Engine, prompt: tuple[int, ...], adapter: AdapterLocation | None, new_tokens: int, tenant: str | None = None
) -> Answer:
    """Submit one request and wait for its end."""
    answer, ended = Answer(time.monotonic()), threading.Event()

    def take(item: Output | Exception) -> None:
        now = time.monotonic()
        if isinstance(item, Exception):
            answer.error = item
        else:
            answer.first = answer.first or now
            answer.tokens += [now] * len(item.token_ids)
        if isinstance(item, Exception) or item.finish_reason is not None:
            answer.ended = now
            ended.set()

    if tenant is None:
        tenant = adapter.key[0] if adapter is not None else f"tenant-{threading.get_ident() % 8}"
    engine.submit(EngineRequest("bench", tenant, prompt, adapter, SamplingParams(), new_tokens), take)
    ended.wait()
    return answer


def quantile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1] if len(values) > 1 else values[0]


def plot(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Requests/s over streams, a line for each number of adapters."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for count in dict.fromkeys(row["adapters"] for row in rows):
        line = [row for row in rows if row["adapters"] == count]
        xs, ys = [row["streams"] for row in line], [row["requests_s"] for row in line]
        axes.plot(xs, ys, marker="o", label=f"{count} adapters")
    axes.set(
        xlabel="streams", ylabel="requests/s", xscale="log", xticks=list(dict.fromkeys(r["streams"] for r in rows))
    )
    axes.get_xaxis().set_major_formatter(mpl.ticker.ScalarFormatter())
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    print(f"Drawn to {path}")


if __name__ == "__main__":
    main()
