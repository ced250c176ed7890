"""Texts of a workbook: those that cells share, and those with runs of their own."""

from __future__ import annotations

from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.inline_text import InlineText

PART = "xl/sharedStrings.xml"


def read_strings(package: Package, part: str) -> list[str]:
    """Shared texts in the order in which cells refer to them."""
    return [rich_text(element) for element in package.elements(part, ("si",))] if package.has(part) else []


def rich_text(element: Element) -> str:
    """The text of a cell or comment, raised figures marked, without the readings of Japanese words."""
    if len(element) == 1 and local(element[0]) == "t":
        return element[0].text or ""
    line = InlineText()
    for part in element:
        if local(part) == "t":
            line.add(part.text or "")
        elif local(part) == "r":
            raised = any(local(e) == "vertAlign" and e.get("val") == "superscript" for e in part.iter())
            line.add("".join(e.text or "" for e in part if local(e) == "t"), raised=raised)
    return line.text()
