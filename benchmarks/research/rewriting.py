"""Whether a follow-up finds its passage: as typed, rewritten by rules, by the base model, and by hand.

python -m benchmarks.research.rewriting FOLDER BY_HAND [--examples 3]

FOLDER holds packs as `benchmarks.research.paraphrases` reads them; BY_HAND is a JSON object of the stand-alone question
for the id of each follow-up. What is written by hand is the most that any rewriting can reach. The model sees the turns
and, with `--examples`, so many examples. Reported: questions whose evidence is among the first 1, 4 and 10 passages,
for the question alone and searched for beside what was typed, as the chat does; and seconds of a rewriting.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.bootstrap.generation import build_generator
from app.bootstrap.models import build_embedder, quiet_libraries
from app.chat.steps.rewrite import rewrite
from app.llm.base import GenerationRequest, Generator, Message, Sampling
from app.search.profile import HYBRID
from app.settings import Settings
from benchmarks.research.paraphrases import DEPTH, Pack, expanded, opened, rank
from tests.support.report import report

PLACES = (1, 4, 10)
MOST_TOKENS = 48
INSTRUCTION = (
    "Rewrite the last question so that it can be understood without the conversation. Keep its language. "
    "Write the question and nothing else."
)
EXAMPLES = (
    (["When does the museum open?", "And how much is a ticket?"], "How much is a ticket for the museum?"),
    (["Quantos livros posso levar?", "e por quanto tempo?"], "Por quanto tempo posso levar os livros?"),
    (["Who repairs the lift?", "Where can I park a bike?"], "Where can I park a bike?"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder of packs")
    parser.add_argument("by_hand", type=Path)
    parser.add_argument("--examples", type=int, default=len(EXAMPLES))
    arguments = parser.parse_args()
    quiet_libraries()
    settings = Settings()
    embedder, (generator, _) = build_embedder(settings), build_generator(settings)
    by_hand: dict[str, str] = json.loads(arguments.by_hand.read_text("utf-8"))
    seconds: list[float] = []

    loop = asyncio.new_event_loop()

    def by_model(item: dict[str, Any]) -> str:
        started = time.perf_counter()
        text = loop.run_until_complete(rewritten(generator, item["turns"], arguments.examples))
        seconds.append(time.perf_counter() - started)
        return text

    ways: dict[str, Callable[[dict[str, Any]], str]] = {
        "typed": lambda item: str(item["turns"][-1]),
        "rules": lambda item: rewrite(item["turns"][-1], item["turns"][:-1]),
        "model": by_model,
        "hand": lambda item: by_hand[item["id"]],
    }
    found: Counter[tuple[str, int]] = Counter()
    questions = 0
    for folder in sorted(path.parent for path in arguments.path.rglob("questions.jsonl")):
        items = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
        items = [item for item in items if item["id"] in by_hand]
        if not items:
            continue
        with opened(folder, embedder) as pack:
            for item in items:
                questions += 1
                for way, wording in ways.items():
                    query = wording(item)
                    print(item["id"], way, repr(query), flush=True)
                    for suffix, original in (("", None), (" beside typed", item["turns"][-1])):
                        place = _rank(pack, item, query, original) or DEPTH + 1
                        found.update((way + suffix, at) for at in PLACES if place <= at)
    names = list(dict.fromkeys(name for way in ways for name in (way, f"{way} beside typed")))
    rows = [{"way": name, "questions": questions, **{f"at_{at}": found[name, at] for at in PLACES}} for name in names]
    for row in rows:
        print(row)
    print({"seconds_p50": round(statistics.median(seconds), 2)})
    report("rewriting", rows)


def _rank(pack: Pack, item: dict[str, Any], query: str, original: str | None) -> int | None:
    found = pack.retriever.search(pack.tenant_id, query, k=DEPTH, profile=HYBRID, original=original)
    return rank(item["cite"], expanded(pack, found.passages))


async def rewritten(generator: Generator, turns: Sequence[str], examples: int) -> str:
    """The stand-alone question that the base model writes, greedily."""
    messages = [Message("system", INSTRUCTION)]
    for shown, answer in EXAMPLES[:examples]:
        messages += [Message("user", "\n".join(shown)), Message("assistant", answer)]
    messages.append(Message("user", "\n".join(turns)))
    prompt = tuple(generator.tokenizer.chat(messages))
    request = GenerationRequest("rewriting", "research", prompt, None, Sampling(max_tokens=MOST_TOKENS, stop=("\n",)))
    return "".join([delta.text async for delta in generator.stream(request)]).strip()


if __name__ == "__main__":
    main()
