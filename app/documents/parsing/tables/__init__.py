"""Tables as text, by one rule for all formats: each row says the column name before each cell, so it reads alone."""

from app.documents.parsing.tables.cell import Cell, Row
from app.documents.parsing.tables.layout import SEPARATOR, Header, TableText, format_table, row_label

__all__ = ["SEPARATOR", "Cell", "Header", "Row", "TableText", "format_table", "row_label"]
