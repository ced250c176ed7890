"""CSV and TSV: uses the delimiter that divides the rows most evenly; each cell has its column name."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

DELIMITERS = ",;\t|"
TOLD_DELIMITER = re.compile(r"\"?sep=(.)\"?[ \t]*(?:\n|\Z)", re.IGNORECASE)  # an instruction for Excel, no text
SAMPLE_LINES = 50
MAX_FIELD_CHARS = 1_000_000


def parse(data: bytes, builder: DocumentBuilder) -> None:
    text = clean(decode(data))
    told = TOLD_DELIMITER.match(text)
    text = text[told.end() :] if told else text
    csv.field_size_limit(MAX_FIELD_CHARS)
    try:
        delimiter = told.group(1) if told else delimiter_of(text)
        rows = [row or [""] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as fault:
        raise DocumentFailure("parser_failed", f"The table cannot be read: {fault}.") from None
    builder.add_table(rows)


def delimiter_of(text: str) -> str:
    """The delimiter with which most rows of the sample have the same number of fields, more than one."""
    sample = text.splitlines()[:SAMPLE_LINES]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter))
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        return (rows if width > 1 else 0), width

    return max(DELIMITERS, key=evenness)
