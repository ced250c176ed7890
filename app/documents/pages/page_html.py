"""The text of a page as HTML that is safe to insert: every character of the document is escaped."""

from __future__ import annotations

import html
import re

BLANK_LINES = re.compile(r"\n\s*\n")


def page_html(text: str, char_start: int, mark: tuple[int, int] = (0, 0)) -> str:
    """Paragraphs with their offsets in the document as `data-start` and `data-end`; the range `mark` is marked.

    `text` begins at the document's offset `char_start`. Offsets are code points.
    """
    paragraphs: list[str] = []
    start = 0
    for end, following in [*(found.span() for found in BLANK_LINES.finditer(text)), (len(text), len(text))]:
        if text[start:end].strip():
            inner = _marked(text[start:end], mark[0] - char_start - start, mark[1] - char_start - start)
            paragraphs.append(f'<p data-start="{char_start + start}" data-end="{char_start + end}">{inner}</p>')
        start = following
    return "\n".join(paragraphs)


def _marked(text: str, start: int, end: int) -> str:
    start, end = max(start, 0), min(end, len(text))
    if start >= end:
        return _escaped(text)
    return f"{_escaped(text[:start])}<mark>{_escaped(text[start:end])}</mark>{_escaped(text[end:])}"


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")
