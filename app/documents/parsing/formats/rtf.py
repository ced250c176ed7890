"""RTF by striprtf: paragraphs, table cells divided."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure


def parse(data: bytes, builder: DocumentBuilder) -> None:
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, IndexError, LookupError, TypeError):
        raise DocumentFailure("truncated", "The RTF file is damaged; save it again and upload it.") from None
    rows: list[list[str]] = []
    for line in clean(text).split("\n"):
        cells = line.strip("|").split("|")
        if len(cells) > 1:
            rows.append(cells)
            continue
        builder.add_table(rows)
        rows = []
        builder.add("paragraph", line)
    builder.add_table(rows)
