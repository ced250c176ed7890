"""Scores of adapters on the contexts that `grounded_qa` kept out, beside the base: F1, refusals.

Run: python -m samples.grounded_qa_scores HELD_OUT FOLDER... [--questions 150] [--skip-base], with held_out.jsonl.
Prompts and engine are those of the service.
"""

from __future__ import annotations

import argparse
import asyncio
import json
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
from app.text.refusals import is_refusal

ANSWER_TOKENS = 40
AT_ONCE = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("held_out", type=Path)
    parser.add_argument("folders", type=Path, nargs="*", help="adapters")
    parser.add_argument("--questions", type=int, default=150, help="per language")
    parser.add_argument("--skip-base", action="store_true", help="score the adapters alone")
    arguments = parser.parse_args()
    quiet_libraries()
    rows = [json.loads(line) for line in arguments.held_out.read_text("utf-8").splitlines()]
    chosen = [row for language in ("en", "pt") for row in spread(rows, language, arguments.questions)]
    sides: dict[str, AdapterRef | None] = {} if arguments.skip_base else {"base": None}
    for folder in arguments.folders:
        sides[folder.name] = AdapterRef("sample", folder.name, "1", str(folder.resolve()))
    print(json.dumps(asyncio.run(score(chosen, sides)), indent=1))


def spread(rows: Sequence[dict[str, Any]], language: str, count: int) -> list[dict[str, Any]]:
    found = [row for row in rows if row["language"] == language]
    return found[:: max(1, len(found) // count)][:count]


async def score(rows: list[dict[str, Any]], sides: Mapping[str, AdapterRef | None]) -> dict[str, Any]:
    settings = Settings()
    limits = EngineLimits(settings.context_tokens, settings.kv_cache_bytes, settings.adapter_cache_bytes, 0)
    generator = LocalGenerator(load_model(settings), limits=limits, tenant_queue_size=AT_ONCE)
    found: dict[str, Any] = {}
    for name, adapter in sides.items():
        for language in ("en", "pt"):
            mine = [row for row in rows if row["language"] == language]
            answers = await replies(generator, mine, adapter, [row["context"] for row in mine])
            scores = [token_f1(a, row["answers"], language) for a, row in zip(answers, mine, strict=True)]
            groups = [row["document"] for row in mine]
            sets = {group.rsplit("-", 1)[0] for group in groups}
            elsewhere = [foreign(mine, row) for row in mine[::3]]
            refused = [is_refusal(a) for a in await replies(generator, mine[::3], adapter, elsewhere)]
            interval = mean_interval(scores, groups=groups)
            found[f"{name} {language}"] = {
                "f1": round(interval.mean, 4),
                "interval": [round(interval.low, 4), round(interval.high, 4)],
                "by set": {
                    one: round(fmean(s for s, group in zip(scores, groups, strict=True) if group.startswith(one)), 4)
                    for one in sorted(sets)
                },
                "questions": len(mine),
                "documents": len(set(groups)),
                "refused with the gold passage": round(sum(map(is_refusal, answers)) / len(mine), 4),
                "refused without it": round(sum(refused) / len(refused), 4),
            }
            print(name, language, found[f"{name} {language}"], flush=True)
    await generator.close()
    return found


def foreign(rows: Sequence[dict[str, Any]], row: dict[str, Any]) -> str:
    """A passage of another document that was kept out too: it does not hold the answer."""
    others = [other["context"] for other in rows if other["document"] != row["document"]]
    return str(others[len(row["question"]) * 7 % len(others)])


async def replies(
    generator: LocalGenerator, rows: Sequence[dict[str, Any]], adapter: AdapterRef | None, contexts: Sequence[str]
) -> list[str]:
    room = asyncio.Semaphore(AT_ONCE)

    async def reply(place: int, row: dict[str, Any], context: str) -> str:
        prompt = render_prompt(row["question"], [context], language=row["language"], tokenizer=generator.tokenizer)
        request = GenerationRequest(
            f"q{place}", "sample", tuple(prompt), adapter, Sampling(max_tokens=ANSWER_TOKENS), 600.0
        )
        async with room:
            return "".join([delta.text async for delta in generator.stream(request)])

    pairs = enumerate(zip(rows, contexts, strict=True))
    return list(await asyncio.gather(*(reply(place, row, context) for place, (row, context) in pairs)))


if __name__ == "__main__":
    main()
