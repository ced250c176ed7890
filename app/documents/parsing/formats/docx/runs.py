"""The text of a Word paragraph as Word shows it, with what hangs on it: notes, comments, text boxes, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.parsing.formats.docx.styles import PLAIN, RunFormat, Styles, W, run_format, switched, value
from app.documents.parsing.formats.office_math import linear_math
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.symbol_fonts import symbol, symbol_text
from app.documents.parsing.inline_text import MAX_DOCUMENT_LINKS, InlineText
from app.documents.parsing.text_cleanup import clean

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LEFT_OUT = {
    "del", "moveFrom", "Fallback", "delText", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "rt",
    "footnoteRef", "endnoteRef", "annotationRef", "sdtPr", "sdtEndPr",
}  # fmt: skip
SPACING = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOTE_KINDS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
TICKED, UNTICKED = "☒", "☐"
LONGEST_FIELD_CODE = 4000


@dataclass(slots=True)
class Paragraph:
    text: str = ""
    bold: bool = False  # all of it that is not white space
    has_hidden: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind, id
    comments: list[str] = field(default_factory=list)  # ids
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # descriptions, and texts drawn as shapes
    parts: list[str] = field(default_factory=list)  # ids of charts and diagrams


@dataclass(frozen=True, slots=True)
class _LinkEnd:
    start: int
    address: str


@dataclass(slots=True)
class _Field:
    code: str = ""
    start: int = 0


class RunReader:
    """Reads the paragraphs of one part without recursion. `marks` gives the number of a note when it is met."""

    def __init__(self, styles: Styles, links: Mapping[str, str], marks: Mapping[tuple[str, str], str]) -> None:
        self._styles = styles
        self._links = links
        self._marks = marks

    def read(self, paragraph: Element) -> Paragraph:
        found = Paragraph()
        line = _Line(found, few_links=len(self._links) <= MAX_DOCUMENT_LINKS)
        style = value(paragraph.find(f"{W}pPr"), "pStyle")
        stack: list[tuple[Element | _LinkEnd, RunFormat]] = [(paragraph, self._styles.run(style))]
        while stack:
            element, shown = stack.pop()
            if isinstance(element, _LinkEnd):
                line.text.close_link(element.start, element.address)
                continue
            name = local(element)
            if name == "t":
                line.add(symbol_text(shown.font, element.text or "") if shown.font else element.text or "", shown)
                continue
            if name == "r":
                shown = self._run_format(element, shown)
            elif not name or name in LEFT_OUT or self._take(name, element, shown, line):
                continue
            elif (address := self._address(name, element)) is not None:
                stack.append((_LinkEnd(len(line.text), address), shown))
            elif name == "sdt" and switched(element.find(f"{W}sdtPr"), "showingPlcHdr"):
                continue  # "Click here to enter text"
            stack.extend([(child, shown) for child in reversed(element)])
        found.text = clean(line.text.text())
        found.has_hidden = line.text.has_hidden
        found.bold = line.bold and not line.light
        return found

    def _run_format(self, run: Element, paragraph: RunFormat) -> RunFormat:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return paragraph
        character_style = value(properties, "rStyle")
        own = run_format(properties)
        return own.over(self._styles.run(character_style) if character_style else PLAIN).over(paragraph)

    def _address(self, name: str, element: Element) -> str | None:
        if name == "hyperlink":
            return self._links.get(element.get(f"{R}id", ""), "")
        if name == "fldSimple":
            matched = HYPERLINK.match(element.get(f"{W}instr", ""))
            return matched.group(1) if matched else None
        return None

    def _take(self, name: str, element: Element, shown: RunFormat, line: _Line) -> bool:
        """Take what an element shows by itself; False if its children have to be read."""
        if name in SPACING:
            line.add(SPACING[name], shown)
        elif name == "sym":
            line.add(symbol(element.get(f"{W}font", ""), _hexadecimal(element.get(f"{W}char", ""))), shown)
        elif name in {"oMath", "oMathPara"}:
            line.add(linear_math(element), RunFormat(hidden=shown.hidden))
        elif name in {"fldChar", "instrText"}:
            line.field(name, element, shown)
        elif name in NOTE_KINDS or name == "commentReference":
            self._note(name, element, line.found)
            if name in NOTE_KINDS and element.get(f"{W}customMarkFollows") not in {"1", "true", "on"}:
                line.add(self._marks.get(line.found.notes[-1], ""), RunFormat(raised=True, hidden=shown.hidden))
        else:
            return _take_drawing(name, element, line.found)
        return True

    @staticmethod
    def _note(name: str, element: Element, found: Paragraph) -> None:
        key = element.get(f"{W}id", "")
        if name == "commentReference":
            found.comments.append(key)
        else:
            found.notes.append((NOTE_KINDS[name], key))


class _Line:
    """The text of a paragraph while it is read."""

    def __init__(self, found: Paragraph, *, few_links: bool) -> None:
        self.text = InlineText(few_links=few_links)
        self.found = found
        self.bold = self.light = False
        self._fields: list[_Field] = []

    def add(self, text: str, shown: RunFormat) -> None:
        self.text.add(text, raised=bool(shown.raised), hidden=bool(shown.hidden))
        if text.strip():
            self.bold = self.bold or bool(shown.bold)
            self.light = self.light or not shown.bold

    def field(self, name: str, element: Element, shown: RunFormat) -> None:
        """Follow a field: its code is not shown, its result is; a link's address stands in the code."""
        kind = element.get(f"{W}fldCharType", "")
        if name == "instrText":
            if self._fields:
                self._fields[-1].code = (self._fields[-1].code + (element.text or ""))[:LONGEST_FIELD_CODE]
        elif kind == "begin":
            self._fields.append(_Field(start=len(self.text)))
            self.add(_form_value(element), shown)
        elif kind == "separate" and self._fields:
            self._fields[-1].start = len(self.text)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            matched = HYPERLINK.match(ended.code)
            if matched:
                self.text.close_link(ended.start, matched.group(1))


def _take_drawing(name: str, element: Element, found: Paragraph) -> bool:
    """Text boxes, charts, diagrams and descriptions are blocks of their own after the paragraph."""
    if name == "txbxContent":
        found.boxes.append(element)
    elif name == "docPr":
        found.pictures.append(element.get("descr", ""))
    elif name == "textpath":
        found.pictures.append(element.get("string", ""))
    elif name == "chart":
        found.parts.append(element.get(f"{R}id", ""))
    elif name == "relIds":
        found.parts.append(element.get(f"{R}dm", ""))
    else:
        return False
    return name != "docPr"


def _form_value(begin: Element) -> str:
    """What a form field of older Word files shows that has no text: a tick, a choice."""
    data = begin.find(f"{W}ffData")
    if data is None:
        return ""
    box, choices = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        ticked = switched(box, "checked")
        return TICKED if (switched(box, "default") if ticked is None else ticked) else UNTICKED
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
        chosen = value(choices, "result") or value(choices, "default") or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    return ""


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0
