"""What a document says, piece by piece: sentences, table rows, list items, and lists with their lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.chat.steps.evidence import Evidence
from app.chat.steps.prompt import injection_spans
from app.domain.passages import Passage
from app.text.line_kinds import line_groups
from app.text.normalisation import plain_text
from app.text.sentences import sentence_spans

LONGEST_LIST = 500  # characters of a lead and its list, which are one unit
FEWEST_WORDS, MOST_WORDS = 5, 80  # of a unit that can stand for a text
MOSTLY_ROWS = 0.7  # share of a table's units that are rows
MOST_COLUMNS = 12
HEADING_WORDS = 12  # a line without a full stop and with no more words is a heading or a label
MARK = re.compile(r"^\s*(?:[-*+•‣◦▪▫●○·–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+", re.MULTILINE)
ENDS = re.compile(r"[.!?;…:][\"'”’)\]»]*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a table row, a list item, or a list with its lead; `section` counts sections from 0."""

    source: Evidence
    section: int
    label: str = ""  # the heading above it
    row: bool = False
    item: bool = False
    opens: bool = False  # the first one of its section
    wording: str = ""  # of a list with its lead, in one line

    @property
    def text(self) -> str:
        """In one line, without list marks."""
        return self.wording or " ".join(MARK.sub(" ", self.source.text).split())


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """The units of a document's passages, which may overlap, in reading order; headings and labels are left out."""
    units: list[Unit] = []
    section, label, path, end = 0, "", "", 0
    opens = True
    for passage in passages:
        if passage.heading != path:
            path, label = passage.heading, passage.heading.rpartition(" > ")[2]
            section, opens = section + 1, True
        for unit in _units(passage):
            if passage.char_start + unit.source.start < end:
                continue
            end = passage.char_start + unit.source.end
            if unit.text.endswith(","):  # "Dear all,"
                continue
            if _is_label(unit, passage.heading):
                section, label, opens = section + 1, unit.text, ":" not in unit.text  # not below "Date: ..."
            elif _says_something(unit):
                units.append(replace(unit, section=section, label=label, opens=opens))
                opens = False
    return units


def labels_of(passages: Sequence[Passage], title: str) -> list[tuple[str, Evidence]]:
    """The headings of a document's passages in order, each once, with the line that is cited; without its title."""
    found: dict[str, Evidence] = {}
    for passage in passages:
        for unit in _units(passage):
            if _is_heading(unit, passage):
                found.setdefault(unit.text.strip("# "), unit.source)
    return [(text, source) for text, source in found.items() if plain_text(text) != plain_text(title)]


def columns_of(units: Sequence[Unit]) -> list[str]:
    """The names of the columns if most units are rows of a table; none otherwise."""
    rows = [unit for unit in units if unit.row]
    if len(rows) < MOSTLY_ROWS * len(units) or not rows:
        return []
    names = (cell.partition(": ")[0].strip() for row in rows for cell in row.text.split(" | ") if ": " in cell)
    return list(dict.fromkeys(names))[:MOST_COLUMNS]


def _units(passage: Passage) -> list[Unit]:
    return list(_joined(_without_numbered_headings(list(_spans(passage))), passage))


def _spans(passage: Passage) -> Iterator[Unit]:
    """Every sentence, row and item of a passage that does not address the model."""
    injections = injection_spans(passage.text)
    for group in line_groups(passage.text, 0, len(passage.text)):
        for start, end in sentence_spans(passage.text, group.start, group.end):
            if not any(start < last and first < end for first, last in injections):
                source = Evidence(passage, start, end)
                yield Unit(source, 0, row=group.kind == "row", item=group.kind == "item")


def _joined(units: Sequence[Unit], passage: Passage) -> Iterator[Unit]:
    """Units, with a lead that ends in a colon and the list below it as one."""
    place = 0
    while place < len(units):
        lead, place = units[place], place + 1
        if not lead.source.text.endswith(":"):
            yield lead
            continue
        first, last = place, _list_end(units, place)
        items = [item for item in units[first:last] if item.source.end - lead.source.start <= LONGEST_LIST]
        place = last
        if items:
            said = "; ".join(item.text.rstrip(";,.") for item in items)
            source = Evidence(passage, lead.source.start, items[-1].source.end)
            yield replace(lead, source=source, wording=f"{lead.text} {said}.")


def _list_end(units: Sequence[Unit], first: int) -> int:
    """The place behind a list that begins at `first`: items may have lost their marks when the file was read."""
    last = first
    while last < len(units) and _is_listed(units[last]):
        last += 1
    before = units[last - 1]
    heading = last < len(units) and not before.item and before.text[:1].isupper() and not before.text.endswith(";")
    return last - 1 if heading and last - 1 > first else last


def _is_listed(unit: Unit) -> bool:
    text = unit.text
    return unit.item or text[:1].islower() or text[-1:] in {";", ","} or ENDS.search(text) is None


def _without_numbered_headings(units: Sequence[Unit]) -> list[Unit]:
    """Units in which an item that stands alone, short and without a full stop ("2. Payment"), is no item but a line."""
    found = list(units)
    for place, unit in enumerate(units):
        beside = [one.item for one in (*units[max(0, place - 1) : place], *units[place + 1 : place + 2])]
        if unit.item and not any(beside) and len(unit.text.split()) <= HEADING_WORDS and not ENDS.search(unit.text):
            found[place] = replace(unit, item=False)
    return found


def _is_label(unit: Unit, heading: str) -> bool:
    """Whether a line names what follows and says nothing itself: a heading, or short and without a full stop."""
    if unit.row or unit.item:
        return False
    text = unit.text
    named = plain_text(text) in {plain_text(part) for part in heading.split(" > ")}
    return named or (len(text.split()) <= HEADING_WORDS and ENDS.search(text) is None)


def _is_heading(unit: Unit, passage: Passage) -> bool:
    """Whether a label is a line of its own among paragraphs, and no label of a value ("Date: ...")."""
    if not _is_label(unit, passage.heading) or unit.text.endswith(",") or ": " in unit.text:
        return False
    return passage.text[unit.source.end : unit.source.end + 2].strip(" ") in {"\n\n", "\n"}


def _says_something(unit: Unit) -> bool:
    words = len(unit.text.split())
    if unit.row:
        return words > 1
    return FEWEST_WORDS <= words <= MOST_WORDS and not unit.text.endswith(":")
