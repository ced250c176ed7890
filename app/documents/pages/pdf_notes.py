"""Comments and text boxes that lie over a page of a PDF: a reader opens them at their place."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MAX_NOTES = 2000  # of a page
MAX_CHARS = 20_000  # of one
SILENT = {pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_WIDGET}
UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says, and its box in the coordinates of the file: left, bottom, right, top."""

    text: str
    box: tuple[float, float, float, float]


def notes_of(page: pdfium.PdfPage) -> Iterator[Note]:
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        handle = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not handle:
            continue
        seen = not pdfium_c.FPDFAnnot_GetFlags(handle) & UNSEEN
        if seen and pdfium_c.FPDFAnnot_GetSubtype(handle) not in SILENT and (text := _contents(handle)):
            bounds = pdfium_c.FS_RECTF()
            pdfium_c.FPDFAnnot_GetRect(handle, ctypes.byref(bounds))
            yield Note(text, (bounds.left, bounds.bottom, bounds.right, bounds.top))
        pdfium_c.FPDFPage_CloseAnnot(handle)


def _contents(handle: Any) -> str:
    size = min(pdfium_c.FPDFAnnot_GetStringValue(handle, b"Contents", None, 0), 2 * MAX_CHARS)
    if size <= 2:
        return ""
    buffer = (pdfium_c.FPDF_WCHAR * (size // 2))()
    pdfium_c.FPDFAnnot_GetStringValue(handle, b"Contents", buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
