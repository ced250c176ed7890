"""LaTeX: headings, paragraphs, lists, tables and code as the printed page shows them; formulas in plain signs."""

from app.documents.parsing.formats.latex.document import parse

__all__ = ["parse"]
