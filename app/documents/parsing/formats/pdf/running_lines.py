"""Running headers and footers: lines that pages repeat at their top or bottom.

Each is kept once; page numbers are not kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from app.documents.parsing.formats.pdf.layout import Item, Line, Note, Page, Table

EDGE_LINES = 4  # at each edge of a page that may be running lines
EDGE_SHARE = 0.2  # of a page's height where they stand
SAME_HEIGHT = 8.0  # points
FEW_PAGES = 3  # in a file of as many pages two equal lines are enough; in a longer one, three
MOST = 0.6  # share of the pages on which a number goes up with the pages
LARGER = 1.1  # than the lines of the file: a heading
MAX_ROWS = 3  # of a table that is a header
NUMBER = re.compile(r"\d+|\b(?=[ivxlc]+\b)(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})\b")
Edge = Literal["top", "bottom"]


@dataclass(frozen=True, slots=True)
class _Candidate:
    page: int  # place in the sequence of pages
    item: Line | Table
    edge: Edge
    depth: int  # items between it and the edge
    distance: float  # points from the edge

    @property
    def text(self) -> str:
        return item_text(self.item)

    @property
    def is_titled(self) -> bool:
        """True if it has words beside numbers."""
        return any(char.isalpha() for char in NUMBER.sub("", self.text))


def item_text(item: Line | Table) -> str:
    if isinstance(item, Line):
        return item.text
    return " ".join(cell.text for row in item.rows for cell in row)


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Pages without the running lines but the first of each, which becomes a note of its page."""
    running = {id(found.item): found for found in _running(pages)}
    seen: set[tuple[Edge, str]] = set()
    return [_without(page, running, seen) for page in pages]


def _without(page: Page, running: dict[int, _Candidate], seen: set[tuple[Edge, str]]) -> Page:
    items: list[Item] = []
    footers: list[Note] = []
    for item in page.items:
        found = running.get(id(item))
        if found is None:
            items.append(item)
            continue
        key = (found.edge, NUMBER.sub("#", found.text))
        if key in seen or not found.is_titled:
            continue
        seen.add(key)
        (items if found.edge == "top" else footers).append(Note(found.text))
    return replace(page, items=tuple(items), notes=(*footers, *page.notes))


def _running(pages: Sequence[Page]) -> Iterator[_Candidate]:
    groups: dict[tuple[Edge, str], list[_Candidate]] = defaultdict(list)
    for number, page in enumerate(pages):
        for found in _candidates(number, page):
            groups[found.edge, NUMBER.sub("#", found.text)].append(found)
    least = 2 if len(pages) <= FEW_PAGES else FEW_PAGES
    usual = median([item.size for page in pages for item in page.items if isinstance(item, Line)] or [0.0])
    repeated = {
        (found.page, found.edge, found.depth): found
        for group in groups.values()
        for level in _at_one_height(group)
        if len({found.page for found in level}) >= least and _is_running(level, usual)
        for found in level
    }
    for (number, edge, depth), found in repeated.items():
        if all((number, edge, before) in repeated for before in range(depth)):
            yield found


def _candidates(number: int, page: Page) -> Iterator[_Candidate]:
    items = [item for item in page.items if isinstance(item, Line) or (isinstance(item, Table) and _is_small(item))]
    height = page.box.height
    for edge in ("top", "bottom"):
        by_edge = [(_distance(item, page, edge), item) for item in items]
        by_edge.sort(key=lambda pair: pair[0])
        for depth, (distance, item) in enumerate(by_edge[:EDGE_LINES]):
            if distance <= EDGE_SHARE * height and item_text(item).strip():
                yield _Candidate(number, item, edge, depth, distance)


def _is_small(table: Table) -> bool:
    return len(table.rows) <= MAX_ROWS


def _distance(item: Line | Table, page: Page, edge: Edge) -> float:
    return item.box.bottom - page.box.top if edge == "top" else page.box.bottom - item.box.top


def _at_one_height(group: list[_Candidate]) -> Iterator[list[_Candidate]]:
    level: list[_Candidate] = []
    for found in sorted(group, key=lambda found: found.distance):
        if level and found.distance - level[-1].distance > SAME_HEIGHT:
            yield level
            level = []
        level.append(found)
    if level:
        yield level


def _is_running(level: Sequence[_Candidate], usual_size: float) -> bool:
    """True if the lines are equal, or differ by numbers that go up with the pages."""
    if len({found.text for found in level}) == 1:
        return True
    if any(
        found.is_titled and found.item.size > LARGER * usual_size for found in level if isinstance(found.item, Line)
    ):
        return False
    ordered = sorted(level, key=lambda found: found.page)
    columns = zip(*(NUMBER.findall(found.text) for found in ordered), strict=False)
    return all(_counts_pages(column, [found.page for found in ordered]) for column in columns)


def _counts_pages(numbers: Sequence[str], pages: Sequence[int]) -> bool:
    """True if the numbers are all the same, or mostly go up by one from page to page."""
    if len(set(numbers)) == 1 or not all(number.isdecimal() for number in numbers):
        return True
    steps = [
        int(number) - int(before) == page - page_before
        for (before, number), (page_before, page) in zip(pairwise(numbers), pairwise(pages), strict=True)
    ]
    return Counter(steps)[True] >= MOST * len(steps)
