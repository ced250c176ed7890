"""Spreadsheets as their program shows them: each sheet is a section; each cell has its column name."""

from __future__ import annotations

import io
import zipfile

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Package
from app.documents.parsing.formats.spreadsheet import excel, legacy, xls

SHEETS = "xl/worksheets/"
OLE = b"\xd0\xcf\x11\xe0"
MAX_XLS_BYTES = 8 * 2**20
MAX_SHEET_BYTES = 32 * 2**20  # unpacked: about a million cells, which take ten seconds


def parse(data: bytes, builder: DocumentBuilder) -> None:
    """XLSX and XLSM from their XML; XLS by xlrd; the rest by calamine."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        package = Package(data, builder, "spreadsheet")
        sheets = sum(package.size(name) for name in package.names() if name.startswith(SHEETS))
        if package.has(excel.MAIN) and sheets <= MAX_SHEET_BYTES:
            excel.add_workbook(package, builder)
            return
        if package.has(excel.MAIN):
            builder.warn("number_formats_left_out", "The sheets are so large that numbers stand as they are stored.")
    elif data.startswith(OLE) and len(data) <= MAX_XLS_BYTES and xls.add_workbook(data, builder):
        return
    legacy.parse(data, builder)
