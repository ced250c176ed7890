"""Formats of the cells of a workbook: number format and bold type by style."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.parsing.formats.number_formats.codes import BUILT_IN
from app.documents.parsing.formats.opc import Element, local

GENERAL = "General"


@dataclass(frozen=True, slots=True)
class CellStyle:
    code: str = GENERAL
    bold: bool = False


def read_styles(root: Element | None) -> list[CellStyle]:
    """Styles in the order in which cells refer to them."""
    if root is None:
        return []
    codes = dict(BUILT_IN)
    parts = {local(part): part for part in root}
    for entry in parts.get("numFmts", ()):
        if entry.get("numFmtId", "").isdecimal():
            codes[int(entry.get("numFmtId"))] = entry.get("formatCode", GENERAL)
    bold = [_is_bold(font) for font in parts.get("fonts", ()) if local(font) == "font"]
    styles = []
    for entry in parts.get("cellXfs", ()):
        if local(entry) == "xf":
            font = entry.get("fontId", "0")
            number = entry.get("numFmtId", "0")
            styles.append(
                CellStyle(
                    codes.get(int(number), GENERAL) if number.isdecimal() else GENERAL,
                    font.isdecimal() and int(font) < len(bold) and bold[int(font)],
                )
            )
    return styles


def _is_bold(font: Element) -> bool:
    return any(local(mark) == "b" and mark.get("val", "1") not in {"0", "false"} for mark in font)
