"""Writes held-out rows as evaluation cases for the gate: questions that the adapter has not been trained on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.training.examples import Example
from app.training.rows import Row, read_rows

MAX_CASES = 200


def write_cases(path: Path, lines: Iterable[str], held_out: Sequence[Example]) -> int:
    """Write the held-out question rows as cases; chat and prompt rows have none. Returns the number of cases."""
    lines_held_out = {example.line for example in held_out}
    held_out_rows = (row for row in read_rows(lines) if isinstance(row, Row) and row.line in lines_held_out)
    rows = [row for row in held_out_rows if row.kind == "question"]
    step = max(1, -(-len(rows) // MAX_CASES))
    selected = rows[::step]
    path.write_text("".join(json.dumps(to_case(row), ensure_ascii=False) + "\n" for row in selected), encoding="utf-8")
    return len(selected)


def to_case(row: Row) -> dict[str, Any]:
    """A question row in the format of evaluation cases with provided passages."""
    return {
        "id": f"line {row.line}",
        "question": row.messages[-1].content,
        "passages": list(row.contexts),
        "answers": [] if row.answer is None else [row.answer],
        "answerable": row.answer is not None,
        "language": row.language,
        "group": row.document,
    }
