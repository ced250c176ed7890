"""Retrieval test sets in the BEIR layout: corpus.jsonl, queries.jsonl, and relevance judgements in a TSV file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import InvalidRequest

HEADER = "query-id"
QRELS = ("qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv")  # the first that exists


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the corpus."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The context of a query that is a follow-up: the questions before it, and its stand-alone form."""

    earlier: tuple[str, ...]
    stand_alone: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A corpus, questions, and which documents answer them."""

    name: str
    corpus: Mapping[str, Entry]
    queries: Mapping[str, str]  # only those with a relevant document
    relevant: Mapping[str, Mapping[str, int]]  # query id -> document id -> gain, above 0
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)  # by query id


def read_beir(folder: Path) -> RetrievalSet:
    """Read `folder`. Raises InvalidRequest naming file and line of whatever is missing or malformed.

    Queries without a relevant document of the corpus are left out: no ranking can be right or wrong for them.
    A query with `earlier` (a list of questions) and `stand_alone` is a follow-up.
    """
    corpus = {
        _field(row, "_id", where): Entry(str(row.get("title") or ""), _field(row, "text", where))
        for where, row in _rows(folder / "corpus.jsonl")
    }
    rows = list(_rows(folder / "queries.jsonl"))
    queries = {_field(row, "_id", where): _field(row, "text", where) for where, row in rows}
    follow_ups = {row["_id"]: _follow_up(row, where) for where, row in rows if "earlier" in row}
    judged = _judgements(folder, corpus, queries)
    kept = {key: queries[key] for key in queries if key in judged}
    return RetrievalSet(folder.name, corpus, kept, judged, follow_ups)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """("file:line", object) of each line that is not empty."""
    if not path.is_file():
        raise InvalidRequest(f"{path} is missing: a BEIR set has corpus.jsonl, queries.jsonl and qrels.tsv.")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path.name}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as fault:
                raise InvalidRequest(f"{where} is not JSON: {fault.msg}.") from None
            if not isinstance(row, dict):
                raise InvalidRequest(f"{where} is not a JSON object.")
            yield where, row


def _field(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or (name == "_id" and not value):
        raise InvalidRequest(f'{where} has no text in the field "{name}".')
    return value


def _follow_up(row: Mapping[str, Any], where: str) -> FollowUp:
    earlier = row["earlier"]
    if not isinstance(earlier, list) or not all(isinstance(text, str) for text in earlier):
        raise InvalidRequest(f'{where}: "earlier" must be a list of the questions before it.')
    return FollowUp(tuple(earlier), _field(row, "stand_alone", where))


def _judgements(folder: Path, corpus: Mapping[str, Entry], queries: Mapping[str, str]) -> dict[str, dict[str, int]]:
    path = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if path is None:
        raise InvalidRequest(f"{folder / QRELS[0]} is missing: it says which documents answer which query.")
    judged: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not row or (number == 1 and row[0] == HEADER):
                continue
            query, document, gain = _judgement(row, f"{path.name}:{number}")
            if query not in queries:
                raise InvalidRequest(f"{path.name}:{number} names the query {query!r}, which queries.jsonl lacks.")
            if document in corpus and gain > 0:
                judged.setdefault(query, {})[document] = gain
    return judged


def _judgement(row: list[str], where: str) -> tuple[str, str, int]:
    try:
        query, document, gain = row[0], row[1], int(row[2])
    except (IndexError, ValueError):
        raise InvalidRequest(f"{where} is not query id, document id and a whole number, split by tabs.") from None
    return query, document, gain
