"""Loads an engine for minutes, with random cancellations and adapter swaps: is a token wrong, does memory leak?

    python -m tests.reliability.soak --minutes 10

Every answer that is not cancelled is compared, token by token, with what the engine gave for that prompt and adapter
when nothing else ran; a cancelled one with the beginning of it. Runs in fp32, where the order of a sum cannot turn a
greedy choice. Memory is compared between a fifth of the time and the end.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
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
from app.numerics.memory import trim
from app.settings import Settings
from tests.support.random_adapter import random_adapters
from tests.support.report import report
from tests.support.sample_text import words_of

PROMPTS, ADAPTERS, NEW_TOKENS = 8, 6, 24
Key = tuple[int, int]  # prompt, adapter; one past the last adapter is the base alone


class Soak:
    """Streams of requests, some of them cancelled; every answer is compared with the expected tokens."""

    def __init__(
        self,
        engine: Engine,
        prompts: list[tuple[int, ...]],
        adapters: list[AdapterLocation],
        latest_cancel_s: float = 6.0,
    ) -> None:
        self.engine, self.prompts, self.adapters = engine, prompts, adapters
        self.latest_cancel_s = latest_cancel_s
        self.expected: dict[Key, list[int]] = {}
        self.answers = self.cancelled = self.wrong = self.failed = 0
        self._lock = threading.Lock()
        self._versions = 0

    def record_expected(self) -> None:
        """Generate each prompt under each adapter while nothing else runs."""
        for prompt in range(len(self.prompts)):
            for adapter in range(len(self.adapters) + 1):
                self.expected[prompt, adapter] = self.ask(prompt, adapter)[0]

    def stream(self, seed: int, ends: float) -> None:
        order = random.Random(seed)
        while time.monotonic() < ends:
            prompt, adapter = order.randrange(len(self.prompts)), order.randrange(len(self.adapters) + 1)
            cancel_after = order.uniform(0, self.latest_cancel_s) if order.random() < 0.3 else None
            tokens, error, cancelled = self.ask(prompt, adapter, cancel_after, swap=order.random() < 0.1)
            expected = self.expected[prompt, adapter]
            with self._lock:
                self.answers += not cancelled
                self.cancelled += cancelled
                self.failed += error is not None
                self.wrong += tokens != (expected[: len(tokens)] if cancelled else expected)

    def ask(
        self, prompt: int, adapter: int, cancel_after: float | None = None, *, swap: bool = False
    ) -> tuple[list[int], Exception | None, bool]:
        """(tokens, error, whether it was cancelled). `swap` asks for the adapter as a new version."""
        source = self.adapters[adapter] if adapter < len(self.adapters) else None
        if source is not None and swap:
            self._versions += 1
            source = AdapterLocation((source.key[0], f"{source.key[1]}-{self._versions}"), source.folder)
        tokens: list[int] = []
        errors: list[Exception] = []
        ended = threading.Event()

        def take(item: Output | Exception) -> None:
            if isinstance(item, Exception):
                errors.append(item)
                ended.set()
                return
            tokens.extend(item.token_ids)
            if item.finish_reason is not None:
                ended.set()

        tenant = source.key[0] if source is not None else "tenant-0"
        request = EngineRequest("soak", tenant, self.prompts[prompt], source, SamplingParams(), NEW_TOKENS)
        sequence = self.engine.submit(request, take)
        if ended.wait(cancel_after):
            return tokens, errors[0] if errors else None, False
        self.engine.cancel(sequence)
        return tokens.copy(), None, True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--streams", type=int, default=16)
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings(compute_dtype="float32")
    loaded = load_model(settings)
    chat = ChatTokenizer(loaded.tokenizer)
    words = words_of(arguments.corpus)
    prompts = [tuple(chat.encode(" ".join(words[i * 400 : i * 400 + 400])))[: 100 + 35 * i] for i in range(PROMPTS)]
    with tempfile.TemporaryDirectory() as folder:
        adapters = list(random_adapters(settings, Path(folder), ADAPTERS))
        limits = EngineLimits(settings.context_tokens, settings.kv_cache_bytes, 5 * 20 * 2**20)  # five adapters fit
        engine = build_engine(loaded, chat, limits, end_ids=frozenset())
        engine.start()
        soak = Soak(engine, prompts, adapters)
        soak.record_expected()
        rows = [run(soak, arguments.minutes * 60, arguments.streams)]
        engine.close(5)
    report("soak", rows)


def run(soak: Soak, seconds: float, streams: int) -> dict[str, Any]:
    started = time.monotonic()
    threads = [threading.Thread(target=soak.stream, args=(i, started + seconds)) for i in range(streams)]
    for thread in threads:
        thread.start()
    memory = []
    while any(thread.is_alive() for thread in threads):
        time.sleep(1)
        memory.append(psutil.Process().memory_info().rss / 1e6)
    trim()
    deadline = time.monotonic() + 30
    while soak.engine.depth() != (0, 0) and time.monotonic() < deadline:
        time.sleep(0.1)
    fifth = len(memory) // 5
    early, late = memory[fifth : 2 * fifth], memory[-fifth:]
    figures = soak.engine.metrics()
    return {
        "minutes": seconds / 60,
        "answers": soak.answers,
        "cancelled": soak.cancelled,
        "failed": soak.failed,
        "wrong": soak.wrong,
        "rss_early_mb": sum(early) / max(1, len(early)),
        "rss_late_mb": sum(late) / max(1, len(late)),
        **{name: figures[name] for name in ("running", "waiting", "adapter_pins", "kv_positions_running")},
        **{name: figures[name] for name in ("prefix_hits", "kv_evictions", "adapter_loads", "adapter_evictions")},
    }


if __name__ == "__main__":
    main()
