"""Time to first token where it could suffer: a cold adapter, documents just used, another tenant's flood.

Also where it should not: a second activated adapter, or the base, over a prompt that an activated one has read.

python -m benchmarks.latency --corpus ../shared/eval/retrieval/cranfield
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.adapters.base_spec import read_base_spec
from app.bootstrap.models import load_model, quiet_libraries
from app.engine.adapter_cache import AdapterLocation
from app.engine.build import EngineLimits, build_engine
from app.engine.engine import Engine
from app.engine.tokenizer import ChatTokenizer
from app.settings import Settings
from app.weights.catalog import resolve
from benchmarks.engine import Answer, Load, ask, quantile
from tests.support.random_adapter import random_adapters, write_random_adapter
from tests.support.report import report
from tests.support.sample_text import words_of

FLOOD_STREAMS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder with corpus.jsonl; the samples' words if left out")
    parser.add_argument("--asked", type=int, default=20, help="requests of each kind")
    parser.add_argument("--prompt-tokens", type=int, default=345)
    parser.add_argument("--new-tokens", type=int, default=64)
    parser.add_argument("--activated-tokens", type=int, default=900, help="prompt of the activated adapters")
    parser.add_argument("--only-activated", action="store_true", help="only the activated adapters")
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    loaded = load_model(settings)
    chat = ChatTokenizer(loaded.tokenizer)
    words = words_of(arguments.corpus)
    fresh = Load(words, chat, prompt_tokens=arguments.prompt_tokens, reuse=False)
    reused = Load(words, chat, prompt_tokens=arguments.prompt_tokens, reuse=True)
    limits = EngineLimits(settings.context_tokens, settings.kv_cache_bytes, settings.adapter_cache_bytes)
    with tempfile.TemporaryDirectory() as folder:
        adapters = list(random_adapters(settings, Path(folder), arguments.asked + 1))
        engine = build_engine(loaded, chat, limits, end_ids=frozenset())
        engine.start()
        rows = activated_rows(engine, words, chat, settings, Path(folder), arguments)
        if not arguments.only_activated:
            decode = arguments.new_tokens
            rows += [
                row("documents new", alone(engine, fresh.prompt, [None], arguments.asked)),
                row("documents just used", alone(engine, reused.prompt, [None], arguments.asked)[1:]),
                row("warm adapter", alone(engine, fresh.prompt, [adapters[0]], arguments.asked)[1:]),
                row("cold adapter", alone(engine, fresh.prompt, adapters[1:], arguments.asked)),
                row("decode, base", [ask(engine, fresh.prompt(), None, decode) for _ in range(3)]),
                row("decode, adapter", [ask(engine, fresh.prompt(), adapters[0], decode) for _ in range(3)]),
                row("1 request/s, alone", paced(engine, fresh, arguments.asked)),
                row("1 request/s, flood", flooded(engine, fresh, arguments)),
            ]
        engine.close(0)
    report("latency", rows)


def activated_rows(
    engine: Engine,
    words: Sequence[str],
    chat: ChatTokenizer,
    settings: Settings,
    folder: Path,
    asked: argparse.Namespace,
) -> list[dict[str, Any]]:
    """Each prompt in turn by one adapter, by a second one of the same tenant, by the base, and by the first again."""
    load = Load(words, chat, prompt_tokens=asked.activated_tokens, reuse=False)
    one, other = activated_adapters(settings, folder, chat.generation_prompt)
    kinds: dict[str, AdapterLocation | None] = {
        "activated, documents new": one,
        "activated, read by another": other,
        "base, read by activated": None,
        "activated, read by itself": one,
    }
    answers: dict[str, list[Answer]] = {name: [] for name in kinds}
    for adapter in kinds.values():  # loads both
        ask(engine, load.prompt(), adapter, 2, tenant="activated")
    for _ in range(asked.asked):
        prompt = load.prompt()
        for name, adapter in kinds.items():
            answers[name].append(ask(engine, prompt, adapter, 2, tenant="activated"))
    return [row(name, found) for name, found in answers.items()]


def activated_adapters(settings: Settings, folder: Path, invocation: Sequence[int]) -> list[AdapterLocation]:
    """Two of one tenant."""
    spec = read_base_spec(resolve(settings.base_model, settings.models_dir), name=settings.base_model, fingerprint="")
    return [
        AdapterLocation(
            ("activated", f"v{i}"),
            write_random_adapter(folder / f"activated-{i}", spec, seed=100 + i, invocation=invocation),
        )
        for i in range(2)
    ]


def alone(
    engine: Engine, prompt: Callable[[], tuple[int, ...]], adapters: Sequence[AdapterLocation | None], count: int
) -> list[Answer]:
    """One request after the other, each of a few tokens, going through `adapters`."""
    return [ask(engine, prompt(), adapters[i % len(adapters)], 2) for i in range(count)]


def paced(engine: Engine, load: Load, count: int) -> list[Answer]:
    """A tenant that asks once a second, whether or not the last answer has come."""
    answers: list[Answer] = []

    def one() -> None:
        answers.append(ask(engine, load.prompt(), None, 8, tenant="quiet"))

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
        time.sleep(1.0)
    for thread in threads:
        thread.join()
    return answers


def flooded(engine: Engine, load: Load, arguments: argparse.Namespace) -> list[Answer]:
    """The same beside a tenant that keeps 50 requests open."""
    stop = threading.Event()

    def stream() -> None:
        while not stop.is_set():
            ask(engine, load.prompt(), None, arguments.new_tokens, tenant="flood")

    threads = [threading.Thread(target=stream, daemon=True) for _ in range(FLOOD_STREAMS)]
    for thread in threads:
        thread.start()
    time.sleep(15)  # until the flood fills every place it can get
    answers = paced(engine, load, arguments.asked)
    stop.set()
    return answers


def row(name: str, answers: Sequence[Answer]) -> dict[str, Any]:
    ttft = [answer.first - answer.started for answer in answers]
    rates = [(len(one.tokens) - 1) / (one.ended - one.first) for one in answers if len(one.tokens) > 2]
    return {
        "what": name,
        "requests": len(answers),
        "ttft_p50_s": statistics.median(ttft),
        "ttft_p95_s": quantile(ttft, 95),
        "decode_tokens_s": statistics.median(rates) if rates else "",
    }


if __name__ == "__main__":
    main()
