"""XLS by xlrd, which knows the formats of cells: numbers as they are shown, merged cells, comments, links."""

from __future__ import annotations

import io
import struct
from typing import Any, TypeAlias

import xlrd
from xlrd.compdoc import CompDocError

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.number_formats import format_number, format_text
from app.documents.parsing.formats.spreadsheet.grid import HIDDEN_SHEET, Sheet
from app.documents.parsing.formats.spreadsheet.references import LAST_COLUMN
from app.documents.parsing.inline_text import InlineText, address_to_show
from app.documents.parsing.text_cleanup import collapse_spaces

Book: TypeAlias = Any  # xlrd has no types of its own
XlsSheet: TypeAlias = Any
SUPERSCRIPT = 1
MAX_FROZEN = 10
# What xlrd raises over damaged files.
BROKEN = (
    xlrd.XLRDError, CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
    TypeError, ValueError, NotImplementedError,
)  # fmt: skip


def add_workbook(data: bytes, builder: DocumentBuilder) -> bool:
    """Add every sheet; False, and nothing added, if xlrd cannot read the file."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        sheets = [(collapse_spaces(s.name), bool(s.visibility), _read(book, s, builder)) for s in book.sheets()]
    except BROKEN:
        return False
    for name, hidden, sheet in sheets:
        if sheet.cells:
            builder.add("heading", f"{name} {HIDDEN_SHEET}" if hidden else name, 1)
            sheet.add_to(builder)
            sheet.warn(builder, name, hidden=hidden)
    return True


def _read(book: Book, source: XlsSheet, builder: DocumentBuilder) -> Sheet:
    sheet = Sheet()
    builder.count_cells(source.nrows)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            text, is_bold = _cell(book, source, row, column)
            if text.strip():
                sheet.put(row, column, text)
                if is_bold:
                    sheet.bold.add((row, column))
    sheet.merged = [(top, left, below - 1, beyond - 1) for top, below, left, beyond in source.merged_cells]
    sheet.hidden_columns = [(column, column) for column, info in source.colinfo_map.items() if info.hidden]
    sheet.hidden_rows = any(info.hidden for row, info in source.rowinfo_map.items() if row in sheet.cells)
    if source.panes_are_frozen and 0 < source.horz_split_pos <= MAX_FROZEN:
        sheet.headers.append(((0, 0, source.horz_split_pos - 1, LAST_COLUMN), True))
    _annotate(source, sheet)
    return sheet


def _cell(book: Book, source: XlsSheet, row: int, column: int) -> tuple[str, bool]:
    """The text of a cell as it is shown, and whether it is bold."""
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return "", False
    style = book.xf_list[source.cell_xf_index(row, column)]
    is_bold = bool(book.font_list[style.font_index].bold)
    code = book.format_map[style.format_key].format_str
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return format_number(value, LOCAL_DATES.get(style.format_key, code), date_1904=bool(book.datemode)), is_bold
    if kind == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if value else "FALSE"), is_bold
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "")), is_bold
    runs = source.rich_text_runlist_map.get((row, column))
    text = _raised(book, str(value), runs) if runs else str(value)
    return (format_text(text, code) if "@" in code and code != "@" else text), is_bold


LOCAL_DATES = {14: "yyyy-mm-dd", 22: "yyyy-mm-dd h:mm"}  # by format: programs show them as the country does


def _raised(book: Book, text: str, runs: list[tuple[int, int]]) -> str:
    """Text with runs of fonts, each from a place on."""
    line = InlineText()
    line.add(text[: runs[0][0]])
    ends = [start for start, _ in runs[1:]] + [len(text)]
    for (start, font), end in zip(runs, ends, strict=True):
        line.add(text[start:end], raised=book.font_list[font].escapement == SUPERSCRIPT)
    return line.text()


def _annotate(source: XlsSheet, sheet: Sheet) -> None:
    """Put links and comments behind the texts of their cells."""
    for (row, column), link in source.hyperlink_map.items():
        text = sheet.cells.get(row, {}).get(column, "")
        shown = address_to_show(text, link.url_or_path if isinstance(link.url_or_path, str) else "")
        if shown and text:
            sheet.put(row, column, f"{text} ({shown})")
    for (row, column), note in source.cell_note_map.items():
        words = collapse_spaces(note.text).removeprefix(f"{note.author}:").strip()
        if words:
            sheet.comments[row, column] = [f"[Comment: {words}]"]
