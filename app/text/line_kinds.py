"""Lines that are units of their own: table rows, list items and lines of code, beside prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "row", "item", "code"]
FENCE = re.compile(r"\s*(?:```|~~~)")
ITEM = re.compile(r"\s*(?:[-*+•‣◦▪▫●○·–]|\(?(?:\d{1,3}|[A-Za-z]|[ivxl]{1,4})\)|\d{1,3}\.)\s+\S")
CELLS = re.compile(r".*\S \| \S|\s*\|.*\|\s*$")  # rows as the service's parsers write them, and Markdown's
FEWEST_TABBED = 3  # cells between tabs that make a row
RULE_MARKS = frozenset("|-: ")  # of the line below a header in Markdown: |---|---|
LONGEST_CODE = 500  # characters of a line
CODE = re.compile(
    r"(?:\t| {4,}).*(?:[\[\]{}=;<>]|\w\(|:\s*$)|"  # indented, with the marks of a language
    r"\s*[{}\])]+[;,]?\s*$|"  # ends a block
    r"\s*(?:def|func|function) \w+\s*\(|\s*class \w+.*[:{]\s*$|\s*from [\w.]+ import |\s*import [\w.]+\s*$|"
    r"\s*#include\b|\s*(?:const|let|var) \w+ =|\s*(?:\$|>>>) \S|"
    r"\s*[\w.\[\]\"']+ ?[-+*/|&]?= ?\S+\s*$|\s*[\w.]+\([^()]*\)[;,]?\s*$"  # an assignment, a call
)
STATEMENT_ENDS = (";", "{", "}")
STATEMENT_MARKS = frozenset("()=[]{}")


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Neighbouring lines of prose, or one line of another kind with what belongs to it; start and end are offsets."""

    kind: Kind
    start: int
    end: int


def line_groups(text: str, start: int, end: int) -> Iterator[LineGroup]:
    """text[start:end] cut at line ends, in order and without gaps but for the line ends."""
    if "\n" not in text[start:end]:
        yield LineGroup(_kind(text[start:end]), start, end)
        return
    open_one: LineGroup | None = None
    for line in _lines(text, start, end):
        if open_one is not None and _continues(text, open_one, line):
            open_one = LineGroup(open_one.kind, open_one.start, line.end)
            continue
        if open_one is not None:
            yield open_one
        open_one = line
    if open_one is not None:
        yield open_one


def _continues(text: str, before: LineGroup, line: LineGroup) -> bool:
    """Prose goes on with prose; a list item goes on in lines that are indented or begin with a small letter."""
    if line.kind != "prose":
        return line.kind == before.kind == "row" and RULE_MARKS.issuperset(text[line.start : line.end])
    words = text[line.start : line.end]
    if before.kind == "item":
        return bool(words.strip()) and (words[0].isspace() or words[0].islower())
    return before.kind == "prose"


def _lines(text: str, start: int, end: int) -> Iterator[LineGroup]:
    """Every line with its kind; the marks of a fenced block belong to its first and its last line."""
    spans = list(_line_spans(text, start, end))
    fences = [place for place, (a, b) in enumerate(spans) if FENCE.match(text, a, b)]
    blocks = dict(zip(fences[::2], fences[1::2], strict=False))  # a fence that is not closed opens nothing
    place = 0
    while place < len(spans):
        closing = blocks.get(place)
        if closing is None:
            a, b = spans[place]
            yield LineGroup(_kind(text[a:b]), a, b)
            place += 1
            continue
        yield from _fenced(text, spans[place : closing + 1])
        place = closing + 1


def _fenced(text: str, spans: list[tuple[int, int]]) -> Iterator[LineGroup]:
    inner = [span for span in spans[1:-1] if text[slice(*span)].strip()]
    bounds = [spans[0][0], *(a for a, _ in inner[1:])]
    ends = [*(b for _, b in inner[:-1]), spans[-1][1]]
    for a, b in zip(bounds, ends, strict=True):
        yield LineGroup("code", a, b)


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start <= end:
        found = text.find("\n", start, end)
        stop = end if found < 0 else found
        yield start, stop
        start = stop + 1


def _kind(line: str) -> Kind:
    if ITEM.match(line):
        return "item"
    if CELLS.match(line) or _tabbed(line):
        return "row"
    return "code" if len(line) <= LONGEST_CODE and _code(line) else "prose"


def _tabbed(line: str) -> bool:
    return sum(bool(cell.strip()) for cell in line.split("\t")) >= FEWEST_TABBED


def _code(line: str) -> bool:
    statement = line.rstrip().endswith(STATEMENT_ENDS) and not STATEMENT_MARKS.isdisjoint(line)
    return statement or CODE.match(line) is not None
