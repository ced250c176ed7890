"""Sections of invented everyday documents, written as templates in `samples/everyday/*.txt`, and how they are filled.

A file is in one language, the one that names it. Variants stand between bars; a line begins with what it is:

    ; comment                        @@ name: value       a slot of every section of the file
    ## heading                       @ name: value        a slot of this section
    % name: value | value            a slot that tells editions of a section apart (a model, a year)
    - text                           {name} is the slot's value, {name*} a list as bullets
    | Column | Column                a table's header: its rows' names follow in `r`, its cells in one `c` a column
    ?2pt question                    about the second column, in Portuguese; both may be left out
    =2 answer                        of the question above; in a table {row} and {cell} are filled
    ! question                       that the section does not answer

A slot's value is one of some texts, a range of whole numbers (`lower+1..30/5`: in steps of 5, from one above the slot
`lower`), some of a list (`3 of a | b | c | d`), `one items` (of the list `items`) or `not items` (one it lacks).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.documents.parsing.tables import Cell, format_table

FOLDER = Path(__file__).parent / "everyday"
AND = {"en": "and", "pt": "e", "de": "und", "es": "y", "fr": "et"}
RANGE = re.compile(r"([a-z]*)([+-]?\d*)\.\.([a-z]*)([+-]?\d*)(?:/(\d+))?(?= |$)")
SLOT = re.compile(r"\{(\w+)(\*?)\}")
ASK = re.compile(r"\?(\d?)([a-z]{2})? (.+)")
Values = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question in several wordings, with its answer in several wordings. Without answers it is to be refused."""

    language: str
    questions: tuple[str, ...]
    answers: tuple[str, ...] = ()
    column: int = 0  # of the table that it is about; 0: of none


@dataclass(slots=True)
class Section:
    language: str
    headings: list[str]
    slots: dict[str, str]
    edition: str = ""  # the slot that tells editions apart
    texts: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    row_names: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with all slots filled: what stands in a document, and what is asked about it."""

    section: Section
    values: Values
    text: str
    rows: tuple[tuple[str, ...], ...] = ()  # of the table

    def render(self, ask: Ask, draw: random.Random) -> tuple[str, str | None]:
        """One wording of the question, and of its answer, which is None for a refusal."""
        values = dict(self.values)
        if self.rows:
            row = draw.choice(self.rows)
            values |= {"row": row[0], "cell": row[ask.column]}
        language = self.section.language
        question = substitute(draw.choice(ask.questions), values, language)
        if not ask.answers:
            return question, None
        return question, sentence_case(substitute(draw.choice(ask.answers), values, ask.language))


def read_sections(language: str) -> list[Section]:
    """The sections of a language's file. Raises ValueError for a line that is none of the known kinds."""
    everywhere: dict[str, str] = {}
    sections: list[Section] = []
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(";"):
            continue
        if line.startswith("@@ "):
            name, _, value = line[3:].partition(": ")
            everywhere[name] = value
        elif line.startswith("## "):
            sections.append(Section(language, variants(line[3:]), dict(everywhere)))
        else:
            _add_line(sections[-1], line)
    return sections


def _add_line(section: Section, line: str) -> None:
    kind, rest = line[0], line[2:]
    if kind in "@%":
        name, _, value = rest.partition(": ")
        section.slots[name] = value
        section.edition = name if kind == "%" else section.edition
    elif kind == "-":
        section.texts.append(rest)
    elif kind == "|":
        section.header = variants(rest)
    elif kind == "r":
        section.row_names = variants(rest)
    elif kind == "c":
        section.cells.append(rest)
    elif kind == "!":
        section.asks.append(Ask(section.language, tuple(variants(rest))))
    elif kind == "?" and (found := ASK.fullmatch(line)):
        column, language, questions = found.groups()
        section.asks.append(Ask(language or section.language, tuple(variants(questions)), column=int(column or 0)))
    elif kind == "=":
        section.asks[-1] = replace(section.asks[-1], answers=tuple(variants(line.lstrip("=0123456789"))))
    else:
        raise ValueError(f"unknown line: {line}")


def variants(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def fill(section: Section, draw: random.Random, edition: str | None = None) -> Filled:
    """The section with random values, in the given edition if it has editions."""
    values: Values = {}
    for name, value in section.slots.items():
        values[name] = edition if edition and name == section.edition else choose(value, section.slots, values, draw)
    heading = substitute(draw.choice(section.headings), values, section.language)
    rows: tuple[tuple[str, ...], ...] = ()
    if section.header:
        rows = _table(section, values, draw)
        header = [Cell(name, header=True) for name in section.header]
        body = "\n".join(line for part in format_table([header, *rows]) for line in part.lines)
    else:
        body = sentence_case(substitute(draw.choice(section.texts), values, section.language))
    return Filled(section, values, f"{heading}\n{body}", rows)


def _table(section: Section, values: Values, draw: random.Random) -> tuple[tuple[str, ...], ...]:
    names = draw.sample(section.row_names, draw.randint(3, 5))
    cells = [[_cell(spec, values, section, draw) for spec in section.cells] for _ in names]
    return tuple((name, *row) for name, row in zip(names, cells, strict=True))


def _cell(spec: str, values: Values, section: Section, draw: random.Random) -> str:
    """A range or one of some texts, with the unit that stands behind the last of them."""
    found = RANGE.match(spec)
    if found:
        return substitute(_number(found, values, draw) + spec[found.end() :], values, section.language)
    options = variants(spec)
    number, _, unit = options[-1].partition(" ")
    if number[0].isdigit() and options[0].replace(",", "").replace(".", "").isdigit():
        return substitute(f"{draw.choice([*options[:-1], number])} {unit}", values, section.language)
    return draw.choice(options)


def choose(spec: str, slots: Mapping[str, str], values: Values, draw: random.Random) -> str | list[str]:
    """A value as `spec` says."""
    kind, _, rest = spec.partition(" ")
    if found := RANGE.fullmatch(spec):
        return _number(found, values, draw)
    if kind.isdigit() and rest.startswith("of "):
        return draw.sample(variants(rest[3:]), int(kind))
    if kind in {"one", "not"} and rest in values:
        taken = values[rest]
        options = variants(slots[rest].partition(" of ")[2])
        return draw.choice([one for one in options if (one in taken) is (kind == "one")])
    return draw.choice(variants(spec))


def _number(found: re.Match[str], values: Values, draw: random.Random) -> str:
    least, most = (
        int(str(values[name])) + int(shift or 0) if name else int(shift)
        for name, shift in ((found[1], found[2]), (found[3], found[4]))
    )
    return str(draw.randrange(least, max(least, most) + 1, int(found[5] or 1)))


def substitute(text: str, values: Values, language: str) -> str:
    """`text` with its slots filled, also those within the values."""

    def value(found: re.Match[str]) -> str:
        one = values[found[1]]
        if isinstance(one, str):
            return one
        if found[2]:
            return "\n" + "\n".join(f"- {item}" for item in one) + "\n"
        return f"{', '.join(one[:-1])} {AND[language]} {one[-1]}"

    while SLOT.search(text):
        text = SLOT.sub(value, text)
    return text


def sentence_case(text: str) -> str:
    """A capital at the beginning and after every sentence."""
    return re.sub(r"(^|[.!?] )([a-zà-ü])", lambda found: found[1] + found[2].upper(), text)
