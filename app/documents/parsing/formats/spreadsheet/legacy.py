"""XLS and XLSB by calamine, and sheets too large for their formats to be read: stored values, merged cells."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.number_formats import general
from app.documents.parsing.formats.spreadsheet.grid import HIDDEN_SHEET, Sheet
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

Value = int | float | str | bool | time | date | datetime | timedelta
BROKEN = (CalamineError, OSError, ValueError)


def parse(data: bytes, builder: DocumentBuilder) -> None:
    workbook = _opened(data)
    hidden = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    for name in workbook.sheet_names:
        sheet = _read(workbook, name, builder)
        if not sheet.cells:
            continue
        title = collapse_spaces(name)
        builder.add("heading", f"{title} {HIDDEN_SHEET}" if name in hidden else title, 1)
        sheet.add_to(builder)
        sheet.warn(builder, title, hidden=name in hidden)


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except BROKEN as fault:
        if "password" in str(fault).lower() or "encrypt" in str(fault).lower():
            raise DocumentFailure(
                "encrypted", "The spreadsheet is protected by a password; remove it and upload it again."
            ) from None
        raise DocumentFailure(
            "truncated", "The spreadsheet is damaged or cut off; save it again and upload it."
        ) from None


def _read(workbook: CalamineWorkbook, name: str, builder: DocumentBuilder) -> Sheet:
    """The filled cells of a sheet; none of a chart, or of a damaged sheet beside sound ones."""
    sheet = Sheet()
    try:
        source = workbook.get_sheet_by_name(name)
    except BROKEN:
        return sheet
    builder.count_cells(source.total_height)
    for number, row in enumerate(source.iter_rows()):
        for column, value in enumerate(row):
            if value != "":
                sheet.put(number, column, _shown(value))
    sheet.merged = _merged(source)
    return sheet


def _merged(source: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = source.merged_cell_ranges or []
    return [(first[0], first[1], last[0], last[1]) for first, last in ranges]


def _shown(value: Value) -> str:
    """The text of a cell as far as its value tells."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return general(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds, as sheets show times beyond a day."""
    total = round(value.total_seconds())
    return f"{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}"
