"""Paragraphs of DrawingML (slides, text boxes of sheets): raised figures, links, automatic numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.documents.parsing.formats.office_math import linear_math
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.symbol_fonts import is_symbol_font, symbol_text
from app.documents.parsing.inline_text import InlineText
from app.documents.parsing.numerals import numeral
from app.documents.parsing.text_cleanup import clean

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NUMBERS = {
    "alphaLc": "lower_letter", "alphaUc": "upper_letter", "romanLc": "lower_roman", "romanUc": "upper_roman",
}  # fmt: skip
ENDINGS = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}.", "Plain": "{}"}
NOWHERE: Mapping[str, str] = {}
LEFT_OUT = {"Fallback", "pPr", "endParaRPr"}


def paragraph_text(paragraph: Element, links: Mapping[str, str] = NOWHERE) -> str:
    """The text of a paragraph; `links` gives the addresses by id of relation."""
    line = InlineText()
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in {"r", "fld"}:
            _add_run(line, element, links)
        elif name == "br":
            line.add("\n")
        elif name in {"oMath", "oMathPara"}:
            line.add(linear_math(element))
        elif name and name not in LEFT_OUT:
            stack.extend(reversed(element))
    return clean(line.text())


def _add_run(line: InlineText, run: Element, links: Mapping[str, str]) -> None:
    properties = run.find(f"{A}rPr")
    text = "".join(t.text or "" for t in run if local(t) == "t")
    if properties is None:
        line.add(text)
        return
    font = next((f.get("typeface", "") for f in properties if local(f) in {"latin", "sym"}), "")
    start = len(line)
    raised = properties.get("baseline", "0")
    line.add(symbol_text(font, text) if is_symbol_font(font) else text, raised=raised.isdecimal() and int(raised) > 0)
    link = properties.find(f"{A}hlinkClick")
    if link is not None:
        line.close_link(start, links.get(link.get(R_ID, ""), ""))


def is_bold(paragraph: Element) -> bool:
    """True if all words of a paragraph are set in bold."""
    runs = [run for run in paragraph.iter(f"{A}r") if "".join(t.text or "" for t in run.iter(f"{A}t")).strip()]
    properties = [run.find(f"{A}rPr") for run in runs]
    return bool(runs) and all(p is not None and p.get("b") in {"1", "true"} for p in properties)


class ParagraphNumbers:
    """Counts the numbered paragraphs of one text box."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[str, int]] = {}  # level -> kind of number, last number

    def label(self, paragraph: Element) -> str:
        """The number before a paragraph as the slide shows it; empty if it has none."""
        properties = paragraph.find(f"{A}pPr")
        level = properties.get("lvl", "0") if properties is not None else "0"
        place = int(level) if level.isdecimal() else 0
        numbered = properties.find(f"{A}buAutoNum") if properties is not None else None
        self._counts = {key: count for key, count in self._counts.items() if key <= place}
        if numbered is None:
            self._counts.pop(place, None)
            return ""
        kind, start = numbered.get("type", "arabicPeriod"), numbered.get("startAt", "1")
        first = min(int(start), 32_767) if start.isdecimal() else 1
        last_kind, last = self._counts.get(place, ("", 0))
        number = last + 1 if last_kind == kind and last >= first else first
        self._counts[place] = (kind, number)
        return _number_text(kind, number)


def _number_text(kind: str, number: int) -> str:
    style = next((style for prefix, style in NUMBERS.items() if kind.startswith(prefix)), "decimal")
    pattern = next((pattern for ending, pattern in ENDINGS.items() if kind.endswith(ending)), "{}.")
    return pattern.format(numeral(number, style))


def numbered_paragraphs(shape: Element, links: Mapping[str, str] = NOWHERE) -> Iterator[tuple[str, bool]]:
    """(text, whether it has a number) of the paragraphs of a text box that are not blank."""
    numbers = ParagraphNumbers()
    for paragraph in shape.iter(f"{A}p"):
        text = paragraph_text(paragraph, links)
        if text.strip():
            label = numbers.label(paragraph)
            yield (f"{label} {text.lstrip()}" if label else text), bool(label)
