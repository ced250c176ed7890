"""Files inside a PDF: each goes to its own parser, in a section below the pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.text_cleanup import clean

Attachment = tuple[str, bytes]  # name, content
MAX_NAME = 400


def add_attachments(document: pdfium.PdfDocument, pinned: Iterable[Attachment], builder: DocumentBuilder) -> None:
    """Add the files of the document and those `pinned` to its pages. A file that cannot be read is a warning."""
    found = dict.fromkeys([*_attachments(document, builder), *pinned])
    members = Members(builder)
    for name, content in found:
        members.add(name, content)
    if not builder.length:
        members.check()


def _attachments(document: pdfium.PdfDocument, builder: DocumentBuilder) -> Iterator[Attachment]:
    for place in range(min(pdfium_c.FPDFDoc_GetAttachmentCount(document), builder.limits.max_members + 1)):
        found = read_attachment(pdfium_c.FPDFDoc_GetAttachment(document, place), builder.limits.max_unpacked_bytes)
        if found:
            builder.count_unpacked(len(found[1]))
            yield found


def read_attachment(handle: Any, max_bytes: int) -> Attachment | None:
    """Name and content; None for one that has no content, or more than `max_bytes` of it."""
    size = ctypes.c_ulong()
    if not handle or not pdfium_c.FPDFAttachment_GetFile(handle, None, 0, ctypes.byref(size)):
        return None
    if not 0 < size.value <= max_bytes:
        return None
    content = ctypes.create_string_buffer(size.value)
    if not pdfium_c.FPDFAttachment_GetFile(handle, content, size.value, ctypes.byref(size)):
        return None
    units = min(pdfium_c.FPDFAttachment_GetName(handle, None, 0) // 2, MAX_NAME)
    name = (pdfium_c.FPDF_WCHAR * max(units, 1))()
    pdfium_c.FPDFAttachment_GetName(handle, name, units * 2)
    return clean(bytes(name).decode("utf-16-le", "replace").partition("\0")[0]) or "attachment", content.raw
