"""Logs: verbatim, line by line; a record of several lines, such as a stack trace, is a section under its first line."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean

STAMP = re.compile(
    r"\W{0,3}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[:/.]\d\d[:/.]\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:|\d{10}|<\d{1,3}>)"
)
CONTINUES = re.compile(r"\s|Caused by:|Traceback \(most recent|\.\.\. \d+ more")
SAMPLE_LINES = 300
STAMPED = 0.4  # share of lines with a time that makes the others parts of the record above them
LONGEST_NAME = 160


def parse(data: bytes, builder: DocumentBuilder) -> None:
    lines = [line for line in clean(decode(data)).split("\n") if line.strip()]
    sample = lines[:SAMPLE_LINES]
    stamped = sum(STAMP.match(line) is not None for line in sample) >= STAMPED * len(sample)
    first, gap = 0, "\n\n"
    for place in _bounds(lines, stamped=stamped):
        several = place - first > 1 and _continues(lines[first + 1], stamped=stamped)
        section = lines[first].strip()[:LONGEST_NAME] if several else ""
        builder.add("code", "\n".join(lines[first:place]), section=section, gap=gap)
        first, gap = place, "\n"


def _bounds(lines: list[str], *, stamped: bool) -> list[int]:
    """Where blocks end: around each record of several lines. Records of one line share a block."""
    bounds = []
    for place in range(1, len(lines)):
        above, here = _continues(lines[place - 1], stamped=stamped), _continues(lines[place], stamped=stamped)
        following = place + 1 < len(lines) and _continues(lines[place + 1], stamped=stamped)
        if not here and (above or following):
            bounds.append(place)
    return [*bounds, len(lines)]


def _continues(line: str, *, stamped: bool) -> bool:
    return STAMP.match(line) is None if stamped else CONTINUES.match(line) is not None
