"""Styles of a Word document: which are headings, numbered, raised, hidden or bold, by themselves or by inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.symbol_fonts import is_symbol_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_STYLE = re.compile(r"^(?:heading|título|titulo|überschrift|titre)\s*([1-9])$", re.IGNORECASE)
VAL = f"{W}val"
OFF = {"0", "false", "off", "none"}
LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class RunFormat:
    """None: not said here, so it is as in the style below."""

    raised: bool | None = None
    hidden: bool | None = None
    bold: bool | None = None
    font: str = ""  # if it is one of symbols

    def over(self, below: RunFormat) -> RunFormat:
        """This format where it says something, else `below`."""
        if self is PLAIN or below is PLAIN:
            return below if self is PLAIN else self
        return RunFormat(
            below.raised if self.raised is None else self.raised,
            below.hidden if self.hidden is None else self.hidden,
            below.bold if self.bold is None else self.bold,
            self.font or below.font,
        )


PLAIN = RunFormat()


@dataclass(frozen=True, slots=True)
class Style:
    parent: str = ""
    heading: int = 0  # level from 1
    numbering: tuple[str, int | None] | None = None  # list, level
    run: RunFormat = PLAIN
    bold_first_row: bool = False  # of a table style
    bold_first_column: bool = False


class Styles:
    """Styles by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {s.get(f"{W}styleId", ""): _style(s) for s in (root if root is not None else ()) if _is(s)}
        self._runs: dict[str, RunFormat] = {}

    def heading(self, style: str) -> int:
        """The level from 1, or 0 if the style is no heading."""
        return next((found.heading for found in self._chain(style) if found.heading), 0)

    def numbering(self, style: str) -> tuple[str, int | None] | None:
        """The list and the level of a style's paragraphs."""
        return next((found.numbering for found in self._chain(style) if found.numbering), None)

    def lists(self) -> dict[str, str]:
        """The list of each style that has one: styles of lists stand for lists in other places."""
        return {key: style.numbering[0] for key, style in self._styles.items() if style.numbering}

    def run(self, style: str) -> RunFormat:
        if style not in self._runs:
            merged = PLAIN
            for found in self._chain(style):
                merged = merged.over(found.run)
            self._runs[style] = merged
        return self._runs[style]

    def bold_first(self, table_style: str) -> tuple[bool, bool]:
        """Whether a table style sets its first row, and its first column, in bold."""
        chain = self._chain(table_style)
        return any(s.bold_first_row for s in chain), any(s.bold_first_column for s in chain)

    def _chain(self, style: str) -> list[Style]:
        found: list[Style] = []
        while style in self._styles and len(found) < LONGEST_CHAIN:
            found.append(self._styles[style])
            style = found[-1].parent
        return found


def value(element: Element | None, name: str) -> str:
    """The value of a property; empty if it is not there."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def switched(element: Element | None, name: str) -> bool | None:
    """Whether a property is on; None if it is not said."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val", "1").lower() not in OFF


def run_format(properties: Element | None) -> RunFormat:
    """What the properties of a run say."""
    if properties is None:
        return PLAIN
    raised = hidden = bold = None
    font = ""
    for element in properties:
        name = local(element)
        if name == "vertAlign":
            raised = element.get(VAL) == "superscript"
        elif name == "vanish":
            hidden = element.get(VAL, "1").lower() not in OFF
        elif name == "b":
            bold = element.get(VAL, "1").lower() not in OFF
        elif name == "rFonts":
            font = element.get(f"{W}ascii", "")
    if raised is hidden is bold is None and not is_symbol_font(font):
        return PLAIN
    return RunFormat(raised, hidden, bold, font if is_symbol_font(font) else "")


def list_of(properties: Element | None) -> tuple[str, int | None] | None:
    """The list and the level that paragraph properties name. List 0 means none."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    level = value(found, "ilvl")
    return value(found, "numId"), int(level) if level.isdecimal() else None


def _is(element: Element) -> bool:
    return local(element) == "style"


def _style(style: Element) -> Style:
    paragraph = style.find(f"{W}pPr")
    first = {part.get(f"{W}type"): part.find(f"{W}rPr") for part in style.iter(f"{W}tblStylePr")}
    return Style(
        parent=value(style, "basedOn"),
        heading=heading_level(value(style, "name"), value(paragraph, "outlineLvl")),
        numbering=list_of(paragraph),
        run=run_format(style.find(f"{W}rPr")),
        bold_first_row=bool(switched(first.get("firstRow"), "b")),
        bold_first_column=bool(switched(first.get("firstCol"), "b")),
    )


def heading_level(name: str, outline: str = "") -> int:
    """The level from 1 of a style by its name or outline level, which counts from 0; 0 if it is no heading."""
    matched = HEADING_STYLE.match(name)
    if matched:
        return int(matched.group(1))
    if name.lower() in {"title", "título"}:
        return 1
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0
