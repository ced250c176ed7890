"""Footnotes, endnotes and comments of a Word document, found by the marks in its text."""

from __future__ import annotations

from app.documents.parsing.formats.docx.numbering import NUMERALS
from app.documents.parsing.formats.docx.styles import W, value
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.numerals import numeral

REFERENCES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
USUAL_NUMBERS = {"footnotes": "decimal", "endnotes": "lowerRoman"}
SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}
Key = tuple[str, str]  # "footnotes", "endnotes" or "comments"; id


class Notes:
    """Notes by kind and id. Each is taken once."""

    def __init__(self, parts: dict[str, Element], document: Element) -> None:
        self._notes: dict[Key, Element] = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in parts.items()
            for note in root
            if local(note) and note.get(f"{W}type") not in SEPARATORS
        }
        self.marks: dict[Key, str] = {}  # numbers as they stand in the text
        for kind, reference in REFERENCES.items():
            self._number(kind, document.iter(f"{W}{reference}"), _number_style(document, kind))

    def take(self, key: Key) -> Element | None:
        return self._notes.pop(key, None)

    def left(self) -> list[Key]:
        """Notes that nothing in the text refers to."""
        return list(self._notes)

    def _number(self, kind: str, references: list[Element], style: str) -> None:
        number = 0
        for reference in references:
            key = (kind, reference.get(f"{W}id", ""))
            if key in self.marks or reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}:
                continue
            number += 1
            self.marks[key] = numeral(number, style)


def _number_style(document: Element, kind: str) -> str:
    """The numbers of the first section that says which."""
    tag = "footnotePr" if kind == "footnotes" else "endnotePr"
    named = next((style for e in document.iter(f"{W}{tag}") if (style := value(e, "numFmt"))), USUAL_NUMBERS[kind])
    return NUMERALS.get(named, "decimal")
