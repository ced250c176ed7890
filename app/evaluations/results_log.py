"""The results of a run as a log, one JSON object per line: an interrupted run resumes from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import Conflict
from app.evaluations.records import CaseResult


class ResultsLog:
    """Results by part and case id, in a file that belongs to one configuration."""

    def __init__(self, path: Path, configuration: Mapping[str, Any]) -> None:
        """Open or create the file. Raises Conflict if it belongs to another configuration."""
        self._path = path
        self._results: dict[str, dict[str, CaseResult]] = {}
        head = {"configuration": dict(configuration)}
        if path.exists():
            self._read(head)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_line(head), encoding="utf-8")

    def results(self, part: str) -> list[CaseResult]:
        """In the order in which they were added."""
        return list(self._results.get(part, {}).values())

    def case_ids(self, part: str) -> set[str]:
        """The cases that have a result and did not fail: those that failed are tried again."""
        return {case_id for case_id, result in self._results.get(part, {}).items() if "error" not in result}

    def add(self, part: str, result: CaseResult) -> None:
        self._results.setdefault(part, {})[result["id"]] = result
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line({"part": part, **result}))

    def _read(self, head: dict[str, Any]) -> None:
        text = self._path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not lines or lines[0] != _line(head).strip():
            raise Conflict(
                f"{self._path} holds a run of another configuration; choose another folder or delete it first."
            )
        whole = lines if text.endswith("\n") else lines[:-1]  # a crash can cut off the last line
        if len(whole) < len(lines):
            self._path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        for line in whole[1:]:
            result = json.loads(line)
            self._results.setdefault(result.pop("part"), {})[result["id"]] = result


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"
