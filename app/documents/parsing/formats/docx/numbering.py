"""Automatic numbers of a Word document as Word shows them: "2.1", "(a)", "Article IV"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.documents.parsing.formats.docx.styles import W, value
from app.documents.parsing.formats.opc import Element
from app.documents.parsing.numerals import numeral

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
LONGEST_LABEL = 60
LARGEST_START = 1_000_000
NUMERALS = {
    "decimalZero": "padded",
    "lowerLetter": "lower_letter",
    "upperLetter": "upper_letter",
    "lowerRoman": "lower_roman",
    "upperRoman": "upper_roman",
    "ordinal": "ordinal",
}


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    style: str = "decimal"  # w:numFmt
    text: str = ""  # with %1 to %9 for the numbers of the levels
    restart: int | None = None  # the level, from 1, whose use begins this one again; 0: none
    decimal_only: bool = False  # all numbers in it are decimal


@dataclass(slots=True)
class _List:
    """A list of the document: the levels it is made of and where they are counted."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that begin again with this list


class Numbering:
    """Counts the paragraphs of each list in the order of the document."""

    def __init__(self, root: Element | None, style_lists: dict[str, str] | None = None) -> None:
        self._lists: dict[str, _List] = {}
        self._level_of_style: dict[tuple[str, str], int] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root, style_lists or {})

    def level_of(self, list_id: str, paragraph_style: str) -> int:
        """The level that a list keeps for the paragraphs of a style; 0 if it names none."""
        found = self._lists.get(list_id)
        return self._level_of_style.get((found.abstract, paragraph_style), 0) if found else 0

    def label(self, list_id: str, level: int) -> str:
        """Count a paragraph; the label before it, or nothing for bullets and unknown lists."""
        found = self._lists.get(list_id)
        level = min(max(level, 0), LEVELS - 1)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        self._count(found, counters, level)
        return _label(found.levels, level, counters)

    def _count(self, found: _List, counters: list[int | None], level: int) -> None:
        last = counters[level]
        if level in found.starts:
            counters[level] = found.starts.pop(level)
        else:
            counters[level] = found.levels[level].start if last is None else last + 1
        for above in range(level):
            if counters[above] is None:
                counters[above] = found.levels.get(above, Level()).start
        for below in range(level + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or level < restart:
                counters[below] = None

    def _read(self, root: Element, style_lists: dict[str, str]) -> None:
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
        named = {num.get(f"{W}numId", ""): num for num in root.iter(f"{W}num")}
        for key, num in named.items():
            abstract = value(num, "abstractNumId")
            link = value(abstracts.get(abstract), "numStyleLink")
            if link and (other := named.get(style_lists.get(link, ""))) is not None:
                abstract = value(other, "abstractNumId")
            if abstract in abstracts:
                self._lists[key] = self._list(abstract, abstracts[abstract], num)

    def _list(self, key: str, abstract: Element, num: Element) -> _List:
        levels: dict[int, Level] = {}
        for element in abstract.iter(f"{W}lvl"):
            place = _integer(element.get(f"{W}ilvl", ""), 0)
            levels[place] = _level(element)
            if style := value(element, "pStyle"):
                self._level_of_style.setdefault((key, style), place)
        found = _List(key, levels)
        for override in num.iter(f"{W}lvlOverride"):
            place = _integer(override.get(f"{W}ilvl", ""), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[place] = _level(own)
            if (start := value(override, "startOverride")).isdecimal():
                found.starts[place] = _integer(start, 1)
        return found


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        start=_integer(value(element, "start"), 1 if element.find(f"{W}start") is not None else 0),
        style=_number_style(element),
        text=value(element, "lvlText"),
        restart=int(restart) if restart.isdecimal() else None,
        decimal_only=element.find(f"{W}isLgl") is not None,
    )


def _number_style(element: Element) -> str:
    """The number format; newer ones stand beside an older choice."""
    return next((found.get(f"{W}val", "") for found in element.iter(f"{W}numFmt")), "decimal")


def _integer(text: str, default: int) -> int:
    return min(int(text), LARGEST_START) if text.isdecimal() else default


def _label(levels: dict[int, Level], level: int, counters: list[int | None]) -> str:
    own = levels[level]
    if own.style in {"bullet", "none"} and not PLACE.search(own.text):
        return "" if own.style == "bullet" else own.text[:LONGEST_LABEL].strip()

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        style = levels.get(place, Level()).style
        if style in {"none", "bullet"}:
            return ""
        return numeral(counters[place] or 0, "decimal" if own.decimal_only else NUMERALS.get(style, "decimal"))

    return PLACE.sub(number, own.text)[:LONGEST_LABEL].strip()
