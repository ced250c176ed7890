"""The rows of a run, one JSON object a line, written as they come: a run that was cut off goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import Conflict
from app.evaluations.records import CaseResult


class Journal:
    """Rows by part and case id, in a file that belongs to one configuration."""

    def __init__(self, path: Path, configuration: Mapping[str, Any]) -> None:
        """Open or begin. Raises Conflict if the file is of another configuration."""
        self._path = path
        self._rows: dict[str, dict[str, CaseResult]] = {}
        head = {"configuration": dict(configuration)}
        if path.exists():
            self._read(head)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_line(head), encoding="utf-8")

    def rows(self, part: str) -> list[CaseResult]:
        """In the order they were added."""
        return list(self._rows.get(part, {}).values())

    def done(self, part: str) -> set[str]:
        return set(self._rows.get(part, {}))

    def add(self, part: str, row: CaseResult) -> None:
        self._rows.setdefault(part, {})[row["id"]] = row
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line({"part": part, **row}))

    def _read(self, head: dict[str, Any]) -> None:
        text = self._path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not lines or lines[0] != _line(head).strip():
            raise Conflict(
                f"{self._path} holds a run of another configuration; choose another folder or delete it first."
            )
        whole = lines if text.endswith("\n") else lines[:-1]  # the last line may have been cut off
        if len(whole) < len(lines):
            self._path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        for line in whole[1:]:
            row = json.loads(line)
            self._rows.setdefault(row.pop("part"), {})[row["id"]] = row


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"
