"""Evidence: the units of passages that a sentence can rest on, each with what it is read with.

A unit is a sentence, a table row, a list item or a line of code. A row is read with its header and caption, an item
with the line that leads the list, a definition with its term, and all of them with headings and the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile

from app.chat.steps.prompt import injection_spans
from app.domain.passages import Passage
from app.text.language import Language, detect_language
from app.text.line_kinds import Kind, line_groups
from app.text.sentences import sentence_spans

LEAD_END = ":"
LONGEST_QUOTE = 800  # characters of units that are quoted together
LONGEST_TITLE = 90  # characters of a line that may be the title of what follows
SENTENCE_ENDS = (".", "!", "?", "…", ";", ",")
RULE = re.compile(r"\n[\s|:-]+$")  # the line below a header in Markdown
EXTENSION = re.compile(r"\.\w{1,5}$")
JOINTS = re.compile(r"[-_.]+")


@dataclass(frozen=True)
class Evidence:
    """A unit of a passage, at `start` to `end` of the passage's text."""

    passage: Passage
    start: int
    end: int
    kind: Kind = "prose"
    lead: str = ""  # lines above that it is read with: title or term, lead of a list, header and caption of a table

    @cached_property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @cached_property
    def place(self) -> str:
        """Where it stands: headings and the name of the file."""
        name = JOINTS.sub(" ", EXTENSION.sub("", self.passage.filename))
        return f"{self.passage.heading.replace(' > ', chr(10))}\n{name}"

    @cached_property
    def surroundings(self) -> str:
        return f"{self.lead}\n{self.place}"

    @cached_property
    def whole(self) -> str:
        """The unit with all that it is read with."""
        return f"{self.text}\n{self.surroundings}"

    @cached_property
    def language(self) -> Language:
        """That of the passage."""
        return detect_language(self.passage.text)

    @cached_property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """(label, value) of each cell of a row; nothing for other units."""
        if self.kind != "row":
            return ()
        values = _cells(self.text)
        named = tuple((label, value) for label, found, value in (cell.partition(": ") for cell in values) if found)
        if len(named) * 2 >= len(values):
            return named
        labels = _cells(self.lead.rsplit("\n", 1)[-1])
        return tuple(zip(labels, values, strict=False)) if len(labels) == len(values) else ()


def read_evidence(passage: Passage) -> list[Evidence]:
    """The units of a passage in order, without those that address the model."""
    injections = injection_spans(passage.text)
    units = [
        unit
        for unit in _units(passage)
        if not any(unit.start < last and first < unit.end for first, last in injections)
    ]
    return list(_with_leads(units))


def join_neighbours(units: Sequence[Evidence]) -> Iterator[Evidence]:
    """Two sentences that follow each other within a paragraph, as one unit."""
    for one, following in pairwise(units):
        between = one.passage.text[one.end : following.start] if one.passage is following.passage else "\n"
        if one.kind == following.kind == "prose" and "\n" not in between:
            yield replace(one, end=following.end)


def widen(units: Sequence[Evidence], number: int) -> Evidence:
    """A unit with what it makes no sense without: a heading becomes what follows it, a list item its list and lead."""
    unit = units[number]
    following = list(takewhile(lambda other: other.passage is unit.passage, units[number + 1 :]))
    if _is_heading(unit):
        below = list(takewhile(lambda other: not _is_heading(other), following))
        return _joined(below[0], below) if below else unit
    items = list(takewhile(lambda other: other.kind == "item", following))
    if unit.kind == "item":
        above = list(takewhile(lambda other: other.passage is unit.passage, reversed(units[:number])))
        before = list(takewhile(lambda other: other.kind == "item", above))
        lead = above[len(before) : len(before) + 1]
        leads = [*(one for one in lead if one.text.endswith(LEAD_END)), *reversed(before), unit]
        return _joined(leads[0], [*leads, *items])
    return _joined(unit, [unit, *items]) if unit.text.endswith(LEAD_END) else unit


def _is_heading(unit: Evidence) -> bool:
    return is_title(unit) and not unit.text.endswith(LEAD_END)


def _joined(first: Evidence, units: Sequence[Evidence]) -> Evidence:
    """From `first` to the last of the units that follow it without exceeding the longest quote."""
    fitting = [one.end for one in units if one.end - first.start <= LONGEST_QUOTE]
    return replace(first, end=max([first.end, *fitting]))


def _units(passage: Passage) -> Iterator[Evidence]:
    for start, end in sentence_spans(passage.text):
        kind = next(line_groups(passage.text, start, end)).kind
        yield Evidence(passage, start, end, kind)


def _with_leads(units: Sequence[Evidence]) -> Iterator[Evidence]:
    """Each unit with its lead: the last title above it, and what leads its list or its table."""
    title = lead = header = ""
    before: Evidence | None = None
    for place, unit in enumerate(units):
        opens = before is None or before.kind != unit.kind
        if unit.kind == "row":
            if opens:
                header = _header(units[place : place + 2])
            yield replace(unit, lead=_lines(title, lead, header if header != unit.text else ""))
        else:
            yield replace(unit, lead=_lines(title, lead if unit.kind != "prose" else ""))
        if unit.kind == "prose":
            if is_title(unit):
                title, lead = unit.text, ""
            else:
                lead = unit.text
        before = unit


def _lines(*parts: str) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def is_title(unit: Evidence) -> bool:
    """A short line of its own that ends no sentence: a heading, a term, a caption."""
    text = unit.passage.text
    alone = text[: unit.start].rstrip(" ")[-1:] in {"", "\n"} and text[unit.end : unit.end + 1] in {"", "\n"}
    return unit.kind == "prose" and alone and len(unit.text) <= LONGEST_TITLE and not unit.text.endswith(SENTENCE_ENDS)


def _header(rows: Sequence[Evidence]) -> str:
    """The first row of a table if it names the columns: above a rule, or without any number above one with some."""
    first = rows[0].text
    if RULE.search(first):
        return RULE.sub("", first)
    names = not any(char.isdigit() for char in first) and ": " not in first
    below = len(rows) > 1 and rows[1].kind == "row" and any(char.isdigit() for char in rows[1].text)
    return first if names and below else ""


def _cells(row: str) -> list[str]:
    parts = row.split("\t") if "\t" in row and "|" not in row else row.strip().strip("|").split("|")
    return [part.strip() for part in parts]
