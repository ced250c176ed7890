"""Rows that were kept out of training, as cases for the gate: questions whose answers the adapter has not seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.training.examples import Example
from app.training.rows import Row, read_rows

MOST_CASES = 200


def write_cases(path: Path, lines: Iterable[str], held_out: Sequence[Example]) -> int:
    """Write what can be asked over given passages; returns how many cases. Chat and prompt rows have none."""
    wanted = {example.line for example in held_out}
    rows = [row for row in read_rows(lines) if isinstance(row, Row) and row.line in wanted and row.kind == "question"]
    step = max(1, -(-len(rows) // MOST_CASES))
    chosen = rows[::step]
    path.write_text("".join(json.dumps(case(row), ensure_ascii=False) + "\n" for row in chosen), encoding="utf-8")
    return len(chosen)


def case(row: Row) -> dict[str, Any]:
    return {
        "id": f"line {row.line}",
        "question": row.messages[-1].content,
        "passages": list(row.contexts),
        "answers": [] if row.answer is None else [row.answer],
        "answerable": row.answer is not None,
        "language": row.language,
        "group": row.document,
    }
