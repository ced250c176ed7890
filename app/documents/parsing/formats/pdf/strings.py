"""Strings that PDFium writes into buffers."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2.raw as pdfium_c

from app.documents.parsing.text_cleanup import clean, collapse_spaces

MAX_CHARS = 100_000
UNIT = 2  # bytes of UTF-16


def utf16_string(function: Callable[..., int], *arguments: object) -> str:
    """What `function` writes when it is given the arguments, a buffer and its size: on one line, without controls."""
    size = min(function(*arguments, None, 0), MAX_CHARS * UNIT)
    if size <= UNIT:
        return ""
    buffer = (pdfium_c.FPDF_WCHAR * (size // UNIT))()
    function(*arguments, buffer, size)
    return collapse_spaces(clean(bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]))
