"""Scores of adapters on the contexts that `grounded_qa` kept out, beside the base: F1, refusals, everyday answers.

Run: python -m samples.grounded_qa_scores HELD_OUT FOLDER... [--base path:FOLDER] [--questions 60] [--skip-base]
with held_out.jsonl. Prompts and engine are those of the service. All questions of a context are asked one after the
other, so that its keys and values are computed once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from app.bootstrap.models import load_model, quiet_libraries
from app.chat.steps.prompt import render_prompt
from app.engine.build import EngineLimits
from app.evaluations.metrics import mean_interval, token_f1
from app.llm.base import AdapterRef, GenerationRequest, Sampling
from app.llm.engine_backend import LocalGenerator
from app.settings import Settings
from app.text.language import detect_language
from app.text.refusals import is_refusal
from samples.everyday_examples import EXAMPLES

ANSWER_TOKENS = 64
CONTEXTS_AT_ONCE = 4
AT_ONCE = 32  # requests: the questions of these contexts
FOREIGN = 3  # one question in so many is also asked over another context
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("held_out", type=Path)
    parser.add_argument("folders", type=Path, nargs="*", help="adapters")
    parser.add_argument("--base", help="a base model as LORACLE_BASE_MODEL names it; that of the settings if left out")
    parser.add_argument("--questions", type=int, default=60, help="per language, of whole contexts")
    parser.add_argument("--sets", default="", help="only of these sets, such as xquad_en,faquad_train")
    parser.add_argument("--skip-base", action="store_true", help="score the adapters alone")
    arguments = parser.parse_args()
    quiet_libraries()
    rows = [json.loads(line) for line in arguments.held_out.read_text("utf-8").splitlines()]
    wanted = tuple(filter(None, arguments.sets.split(",")))
    rows = [row for row in rows if not wanted or row["document"].startswith(wanted)]
    chosen = [row for language in ("en", "pt") for row in whole_contexts(rows, language, arguments.questions)]
    sides: dict[str, AdapterRef | None] = {} if arguments.skip_base else {"base": None}
    for folder in arguments.folders:
        sides[folder.name] = AdapterRef("sample", folder.name, "1", str(folder.resolve()))
    settings = Settings(**{"base_model": arguments.base} if arguments.base else {})
    print(json.dumps(asyncio.run(score(settings, chosen, sides)), indent=1))


def spread(rows: Sequence[Row], language: str, count: int) -> list[Row]:
    found = [row for row in rows if row["language"] == language]
    return found[:: max(1, len(found) // count)][:count]


def whole_contexts(rows: Sequence[Row], language: str, count: int) -> list[Row]:
    """About `count` questions: all those of some contexts, which are spread over the file."""
    found = [row for row in rows if row["language"] == language]
    contexts = list(dict.fromkeys(row["context"] for row in found))
    step = max(1, round(len(found) / count))
    taken = set(contexts[::step])
    return [row for row in found if row["context"] in taken]


async def score(settings: Settings, rows: list[Row], sides: Mapping[str, AdapterRef | None]) -> dict[str, Any]:
    limits = EngineLimits(settings.context_tokens, settings.kv_cache_bytes, settings.adapter_cache_bytes, 0)
    generator = LocalGenerator(load_model(settings), limits=limits, tenant_queue_size=AT_ONCE)
    found: dict[str, Any] = {}
    for name, adapter in sides.items():
        for language in ("en", "pt"):
            mine = [row for row in rows if row["language"] == language]
            found[f"{name} {language}"] = await score_language(generator, adapter, mine, language)
            print(name, language, found[f"{name} {language}"], flush=True)
        await show_examples(generator, name, adapter)
    await generator.close()
    return found


async def score_language(
    generator: LocalGenerator, adapter: AdapterRef | None, rows: list[Row], language: str
) -> dict[str, Any]:
    started = time.perf_counter()
    elsewhere = [{**row, "context": foreign(rows, row)} for row in rows[::FOREIGN]]
    answers = await replies(generator, [*rows, *elsewhere], adapter)
    scores = [token_f1(answer, row["answers"], language) for answer, row in zip(answers, rows, strict=False)]
    refused = [is_refusal(answer) for answer in answers[len(rows) :]]
    groups = [row["document"] for row in rows]
    interval = mean_interval(scores, groups=groups)
    return {
        "f1": round(interval.mean, 4),
        "interval": [round(interval.low, 4), round(interval.high, 4)],
        "by set": {
            one: round(fmean(s for s, group in zip(scores, groups, strict=True) if group.startswith(one)), 4)
            for one in sorted({group.rsplit("-", 1)[0] for group in groups})
        },
        "questions": len(rows),
        "documents": len(set(groups)),
        "refused with the gold passage": round(sum(map(is_refusal, answers[: len(rows)])) / len(rows), 4),
        "refused without it": round(sum(refused) / len(refused), 4),
        "seconds": round(time.perf_counter() - started, 1),
    }


def foreign(rows: Sequence[Row], row: Row) -> str:
    """A passage of another document that was kept out too: it does not hold the answer."""
    others = [other["context"] for other in rows if other["document"] != row["document"]]
    return str(others[len(row["question"]) * 7 % len(others)])


async def show_examples(generator: LocalGenerator, name: str, adapter: AdapterRef | None) -> None:
    """Print the answers to everyday questions, which are for a person to judge."""
    rows: list[Row] = [
        {"question": question, "context": [f"{heading}\n{text}" for heading, text in passages]}
        for question, passages in EXAMPLES
    ]
    for row, answer in zip(rows, await replies(generator, rows, adapter), strict=True):
        print(f"{name} | {row['question']} -> {' '.join(answer.split())}", flush=True)


async def replies(generator: LocalGenerator, rows: Sequence[Row], adapter: AdapterRef | None) -> list[str]:
    """The answers in the order of `rows`. Of the questions about one context the first goes ahead."""
    room = asyncio.Semaphore(CONTEXTS_AT_ONCE)
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(json.dumps(row["context"]), []).append(place)

    async def answer(mine: list[int]) -> dict[int, str]:
        async with room:
            first = await reply(generator, mine[0], rows[mine[0]], adapter)
            others = await asyncio.gather(*(reply(generator, place, rows[place], adapter) for place in mine[1:]))
        return dict(zip(mine, [first, *others], strict=True))

    found: dict[int, str] = {}
    for part in await asyncio.gather(*map(answer, places.values())):
        found |= part
    return [found[place] for place in range(len(rows))]


async def reply(generator: LocalGenerator, place: int, row: Row, adapter: AdapterRef | None) -> str:
    texts = [row["context"]] if isinstance(row["context"], str) else row["context"]
    language = row.get("language") or detect_language(row["question"])
    prompt = render_prompt(row["question"], texts, language=language, tokenizer=generator.tokenizer)
    sampling = Sampling(max_tokens=ANSWER_TOKENS)
    request = GenerationRequest(f"q{place}", "sample", tuple(prompt), adapter, sampling, 600.0)
    return "".join([delta.text async for delta in generator.stream(request)])


if __name__ == "__main__":
    main()
