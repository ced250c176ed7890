"""Training rows from passages and questions that were written by hand, each the way people ask: `samples/asked`.

A line of these files has a passage and pairs of question and answer. Many questions share no word with the passage;
those without an answer look as if the passage held one. `wrong` are answers that a careless reader would give, from
which the model learns to review an answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.chat.steps.prompt import EarlierTurn, render_messages, with_earlier
from app.chat.steps.review import NO, YES, review_messages
from app.text.language import parse_language

FOLDER = Path(__file__).parent / "asked"
HELD_OUT = 0.06  # share of the passages that is kept out of training
BESIDE = 0.12  # share of the passages that come beside another one
PAIRS = 9  # of a passage, at most
REVIEWED = 0.27  # share of the right answers, and of the wrong ones, that are reviewed
Row = dict[str, Any]
Entry = dict[str, Any]


def asked_rows(seed: int, folder: Path = FOLDER) -> tuple[list[Row], list[Row]]:
    """Rows to train on, and those that are kept out; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - texts, not secrets
    entries = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    draw.shuffle(entries)
    cut = round(HELD_OUT * len(entries))
    kept_out, learned = entries[:cut], entries[cut:]
    return list(_rows(learned, draw)), list(_rows(kept_out, draw))


def _rows(entries: Sequence[Entry], draw: random.Random) -> Iterator[Row]:
    for number, entry in enumerate(entries):
        contexts = [_chunk(entry)]
        others = [one for one in entries if one["language"] == entry["language"] and one is not entry]
        if others and draw.random() < BESIDE:
            contexts.append(_chunk(draw.choice(others)))
            draw.shuffle(contexts)
        name = f"asked-{entry['language']}-{number}"
        for pair in draw.sample(entry["pairs"], min(PAIRS, len(entry["pairs"]))):
            language = pair.get("lang", entry["language"])
            question = _question(pair, language)
            row = {"question": question, "context": contexts, "document": name, "language": language}
            yield {**row, "answer": pair["a"]}
            for answer, reply in _reviewed(pair, draw):
                yield _review_row(question, contexts, language, answer, reply) | {"document": name}


def _chunk(entry: Entry) -> str:
    """The passage as the prompt shows it: below its file and heading, unless it begins with the heading."""
    opening = entry["text"].lstrip().partition("\n")[0].strip()
    heading = "" if entry["heading"].endswith(opening) else entry["heading"]
    return f"{', '.join(filter(None, [entry['file'], heading]))}\n{entry['text']}"


def _question(pair: Entry, language: str) -> str:
    turns = [EarlierTurn(question, answer) for question, answer in pair.get("earlier", ())]
    return with_earlier(pair["q"], turns, parse_language(language))


def _reviewed(pair: Entry, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Answers with what the review replies."""
    if pair["a"] is not None and draw.random() < REVIEWED:
        yield pair["a"], YES
    if pair.get("wrong") and draw.random() < REVIEWED:
        yield draw.choice(pair["wrong"]), NO


def _review_row(question: str, contexts: Sequence[str], language: str, answer: str, reply: str) -> Row:
    messages = review_messages(render_messages(question, contexts, language=parse_language(language)), answer)
    turns = [{"role": one.role, "content": one.content} for one in messages]
    return {"messages": [*turns, {"role": "assistant", "content": reply}]}
