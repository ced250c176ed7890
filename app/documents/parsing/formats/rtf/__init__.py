"""RTF as a word processor shows it: paragraphs, headings, lists, tables, footnotes, comments, links."""

from __future__ import annotations

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.rtf.reader import Reader
from app.errors import DocumentFailure


def parse(data: bytes, builder: DocumentBuilder) -> None:
    reader = Reader(builder)
    try:
        reader.read(data)
    except (ValueError, IndexError, LookupError):
        raise DocumentFailure("truncated", "The RTF file is damaged; save it again and upload it.") from None
