"""XLSX, XLS and ODS by calamine: each sheet becomes a section; each cell has its column name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

Value = int | float | str | bool | time | date | datetime | timedelta


def parse(data: bytes, builder: DocumentBuilder) -> None:
    workbook = _opened(data)
    for name in workbook.sheet_names:
        tables = list(_tables(workbook, name, builder))
        if tables:
            builder.add("heading", collapse_spaces(name), 1)
        for table in tables:
            builder.add_table(table)


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as fault:
        if "password" in str(fault).lower() or "encrypt" in str(fault).lower():
            raise DocumentFailure(
                "encrypted", "The spreadsheet is protected by a password; remove it and upload it again."
            ) from None
        raise DocumentFailure(
            "truncated", "The spreadsheet is damaged or cut off; save it again and upload it."
        ) from None


def _tables(workbook: CalamineWorkbook, name: str, builder: DocumentBuilder) -> Iterator[list[list[str]]]:
    """The rows of a sheet; blank rows divide them into tables."""
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        return  # a chart, or a damaged sheet beside sound ones
    builder.count_cells(sheet.total_height)
    rows = [[_shown(value) for value in row] for row in sheet.iter_rows()]
    if any(map(any, rows)):
        yield _without_empty_columns(rows)


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    used = [i for i in range(max(map(len, rows))) if any(i < len(row) and row[i] for row in rows)]
    return [[row[i] if i < len(row) else "" for i in used] for row in rows]


def _shown(value: Value) -> str:
    """The text of a cell as the sheet shows it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
