"""A pack of everyday questions about an invented swimming pool, and chat answers to judge."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.domain.conversations import ChatAnswer, ContextUsage, Usage
from app.evaluations.everyday.questions import EverydayQuestion, parse_questions

POOL = """# Lagoon Pool

The lagoon pool opens at seven in the morning.

A day ticket for the sauna costs 14 euros.
"""
OPENING: dict[str, Any] = {
    "id": "opening",
    "kind": "direct",
    "language": "en",
    "turns": ["When does the lagoon pool open in the morning?"],
    "answerable": True,
    "must": [["at seven", "7 a.m."]],
    "cite": [["opens at seven"]],
}
FOLLOW_UP: dict[str, Any] = {
    "id": "price",
    "kind": "followup",
    "turns": ["When does the lagoon pool open?", "What does a day ticket for the sauna cost?"],
    "answerable": True,
    "must": [["re:\\b14\\b"]],
    "must_not": ["41"],
}
UNKNOWN: dict[str, Any] = {
    "id": "unknown",
    "kind": "far",
    "turns": ["Which telescope photographs Neptune?"],
    "answerable": False,
}
THANKS: dict[str, Any] = {"id": "thanks", "kind": "smalltalk", "turns": ["Thanks a lot!"], "answerable": None}
ROWS = [OPENING, FOLLOW_UP, UNKNOWN, THANKS]


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def write_pack(folder: Path, *rows: object, documents: dict[str, bytes] | None = None) -> Path:
    (folder / "docs").mkdir(parents=True)
    for name, content in (documents or {"pool.md": POOL.encode()}).items():
        (folder / "docs" / name).write_bytes(content)
    (folder / "questions.jsonl").write_text(jsonl(*(rows or ROWS)))
    return folder


def question(**fields: Any) -> EverydayQuestion:
    (found,) = parse_questions(jsonl({**OPENING, **fields}))
    assert isinstance(found, EverydayQuestion)
    return found


def answer(text: str, *quotes: str, verified: bool = True, refused: bool = False) -> ChatAnswer:
    citations: list[Any] = [SimpleNamespace(quote=quote, verified=verified) for quote in quotes]
    usage = Usage(10, 5, ContextUsage(1, 1, 0))
    return ChatAnswer("turn_1", "conv_1", "?", text, citations, [], refused, None, [], None, usage, {})
