"""PDF by PDFium: what a reader of the pages sees, in the order of reading."""

from app.documents.parsing.formats.pdf.document import parse

__all__ = ["parse"]
