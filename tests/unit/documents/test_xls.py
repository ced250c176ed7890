"""Cells of legacy XLS files are read as they are shown. The workbook streams are made here, record by record."""

from __future__ import annotations

import struct

import pytest

from app.documents.parsing.document_builder import DocumentBuilder, ParsedDocument, ParserLimits
from app.documents.parsing.formats.spreadsheet import xls

PLAIN, PERCENT, PADDED, DATE, BOLD = range(5)  # styles
FORMATS = {200: "0.0%", 201: "00000"}
STYLES = [(0, 0), (0, 200), (0, 201), (0, 14), (1, 0)]  # font, format


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def start(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 0))


def font(weight: int, escapement: int = 0) -> bytes:
    head = struct.pack("<HHHHHBBBB", 200, 1 if weight > 400 else 0, 0x7FFF, weight, escapement, 0, 0, 0, 0)
    return record(0x31, head + struct.pack("<BB", 5, 0) + b"Arial")


def cell(row: int, column: int, value: str | float, style: int = PLAIN) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, str):
        return record(0x0204, place + string(value))
    return record(0x0203, place + struct.pack("<d", value))


def workbook(*cells: bytes, name: str = "S", hidden: bool = False) -> bytes:
    look = font(400) + font(700) + font(400) + font(400) + font(400, 1)
    look += b"".join(record(0x041E, struct.pack("<H", key) + string(code)) for key, code in FORMATS.items())
    look += b"".join(record(0xE0, struct.pack("<HHH", *style, 0) + bytes(14)) for style in STYLES)
    sheet = start(0x10) + b"".join(cells) + record(0x0A, b"")
    entry = struct.pack("<BBBB", hidden, 0, len(name), 0) + name.encode()
    place = len(start(5) + look) + 4 + 4 + len(entry) + 4
    return start(5) + look + record(0x85, struct.pack("<I", place) + entry) + record(0x0A, b"") + sheet


def read(data: bytes) -> ParsedDocument:
    builder = DocumentBuilder(ParserLimits())
    assert xls.add_workbook(data, builder)
    return builder.finish("xls")


def test_numbers_are_shown_by_their_formats_under_a_bold_header() -> None:
    names = [cell(0, i, name, BOLD) for i, name in enumerate(["Kind", "Share", "Part", "From"])]
    values = [cell(1, 0, "x"), cell(1, 1, 0.155, PERCENT), cell(1, 2, 42.0, PADDED), cell(1, 3, 45730.0, DATE)]
    assert read(workbook(*names, *values)).text == "S\n\nKind: x | Share: 15.5% | Part: 00042 | From: 2025-03-14"


def test_merged_labels_hold_for_each_row() -> None:
    cells = [cell(0, 0, "Ward"), cell(0, 1, "Hours"), cell(1, 0, "East"), cell(1, 1, 5.0), cell(2, 1, 6.0)]
    merged = record(0xE5, struct.pack("<HHHHH", 1, 1, 2, 0, 0))
    assert read(workbook(*cells, merged)).text == "S\n\nWard: East | Hours: 5\nWard: East | Hours: 6"


def test_hidden_sheets_are_marked_and_warned_of() -> None:
    parsed = read(workbook(cell(0, 0, "Factor"), cell(0, 1, 3.0), hidden=True))
    assert parsed.text == "S (hidden sheet)\n\nFactor | 3"
    assert [warning.code for warning in parsed.warnings] == ["hidden_sheet"]


@pytest.mark.parametrize("length", [0, 30, 300])
def test_a_damaged_stream_is_left_to_the_next_reader(length: int) -> None:
    builder = DocumentBuilder(ParserLimits())
    assert not xls.add_workbook(workbook(cell(0, 0, "x"))[:length], builder)
    assert builder.length == 0
