"""The pages of a text: those of its file, or parts of about one page where the file has none."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.documents import DocumentText, PageSpan

PART_CHARS = 4000
BREAKS = ("\n\n", "\n", " ")  # best first
LATEST_BREAK = 0.5  # of a part: a break before that is too early


def page_spans(text: DocumentText) -> Sequence[PageSpan]:
    """Spans that do not overlap, in order."""
    return text.pages or _parts(text.text)


def _parts(text: str) -> list[PageSpan]:
    spans: list[PageSpan] = []
    start = 0
    while start < len(text):
        end = _break(text, start) if len(text) - start > PART_CHARS else len(text)
        spans.append(PageSpan(len(spans) + 1, start, end))
        start = end
    return spans


def _break(text: str, start: int) -> int:
    """Where a part that begins at `start` ends: behind a blank line, a line or a word."""
    earliest = start + int(LATEST_BREAK * PART_CHARS)
    for mark in BREAKS:
        found = text.rfind(mark, earliest, start + PART_CHARS)
        if found >= 0:
            return found + len(mark)
    return start + PART_CHARS
