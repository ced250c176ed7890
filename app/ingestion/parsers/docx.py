"""DOCX by python-docx: headings, paragraphs, list items, tables whose rows carry their header."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from app.errors import DocumentFailure
from app.ingestion.build import DocumentBuilder, clean, table_rows
from app.ingestion.parsed import ParsedDocument

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_UNPACKED = 400 * 2**20
LARGEST_RATIO = 200  # unpacked to packed: text packs about 10 to 1
RATIO_MATTERS_FROM = 10 * 2**20


def parse(path: Path, max_pages: int, max_chars: int) -> ParsedDocument:
    del max_pages  # pages exist only once a word processor lays the text out
    builder = DocumentBuilder(MEDIA_TYPE, max_chars)
    _check_archive(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as fault:
        raise DocumentFailure("truncated", "The DOCX file is damaged; save it again and upload it.") from fault
    builder.title = clean(document.core_properties.title or "").strip()
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            builder.add("table", "\n".join(table_rows(_rows(item))))
        else:
            _add_paragraph(builder, item)
    return builder.finish()


def _add_paragraph(builder: DocumentBuilder, paragraph: Any) -> None:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    text = clean(paragraph.text)
    if style == "Title":
        builder.add("heading", text, 1)
    elif style.startswith(("Heading", "Título")) and style[-1:].isdigit():
        builder.add("heading", text, min(int(style[-1]), 6))
    elif style.startswith("List") or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None):
        builder.add("list_item", text)
    else:
        builder.add("paragraph", text)


def _rows(table: Table) -> list[list[str]]:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # merged cells come once per column they span
                cells.append(clean(cell.text))
            last = cell._tc
        rows.append(cells)
    return rows


def _check_archive(path: Path) -> None:
    """Refuse archives that unpack to far more than a document would."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise DocumentFailure(
            "truncated", "The DOCX file is cut off or damaged; save it again and upload it."
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked / packed > LARGEST_RATIO):
        raise DocumentFailure("parser_memory", "The DOCX file unpacks to far more than a document holds; refused.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentFailure("encrypted", "The DOCX file is encrypted; remove the protection and upload it again.")
