"""A PDF from its bytes to blocks: pages are read one by one, then joined to one text."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.divided_words import WordDivisions
from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.ocr import available, recognise, unavailable, warn_unread
from app.documents.parsing.formats.pdf.annotations import MAX_ANNOTATIONS, AnnotationReader
from app.documents.parsing.formats.pdf.attachments import add_attachments
from app.documents.parsing.formats.pdf.flow import Flow
from app.documents.parsing.formats.pdf.footnotes import with_footnotes_below
from app.documents.parsing.formats.pdf.headings import HeadingSizes
from app.documents.parsing.formats.pdf.layout import Line, Page, Table
from app.documents.parsing.formats.pdf.pages import read_page, read_plain_page
from app.documents.parsing.formats.pdf.running_lines import without_running_lines
from app.documents.parsing.formats.pdf.scans import ScanFinder, scan_picture
from app.documents.parsing.formats.pdf.text_reader import Frame
from app.errors import DocumentFailure

REPORT_EVERY = 20  # pages
HURRY_SHARE = 0.5  # of the time for one file, after which the other pages are read plainly


def parse(data: bytes, builder: DocumentBuilder) -> None:
    document = _opened(data)
    builder.count_pages(len(document))
    annotations = AnnotationReader(document, builder.limits.max_unpacked_bytes)
    pages = without_running_lines(list(_pages(document, annotations, builder)))
    headings = HeadingSizes(line for page in pages for line in page.items if isinstance(line, Line))
    pages = [with_footnotes_below(page, headings.body) for page in pages]
    flow = Flow(builder, headings, WordDivisions(_texts(pages)))
    unread: list[int] = []
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        recognised = _recognised(document, page, builder, unread) if page.scan else ""
        flow.add_page(page, following, recognised)
    if annotations.left_out:
        builder.warn("annotations_skipped", f"Only the first {MAX_ANNOTATIONS:,} fields, links and comments were read.")
    if document.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL:
        builder.warn("form_not_read", "Its form can be shown by Adobe Reader alone; print it to a PDF and upload that.")
    add_attachments(document, annotations.files, builder)
    if unread and not builder.length and not available(builder):
        raise unavailable(builder)
    warn_unread(builder, unread)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise DocumentFailure(
                "encrypted", "The PDF is protected by a password; remove the protection and upload it again."
            ) from None
        raise DocumentFailure("truncated", "The PDF is damaged or cut off; export or download it again.") from None
    return document


def _pages(document: pdfium.PdfDocument, annotations: AnnotationReader, builder: DocumentBuilder) -> Iterator[Page]:
    scans = ScanFinder()
    hurry_at = time.monotonic() + HURRY_SHARE * builder.limits.timeout_s
    plain_from = 0
    for number in range(len(document)):
        if number % REPORT_EVERY == 0:
            builder.report(number, len(document), False)
        if plain_from or time.monotonic() > hurry_at:
            plain_from = plain_from or number + 1
            yield read_plain_page(document, number)
        else:
            yield read_page(document, number, annotations, scans)
    if plain_from:
        builder.warn("layout_not_read", f"From page {plain_from:,} on, only lines of text are read; split the file.")


def _texts(pages: Sequence[Page]) -> Iterator[str]:
    """The text of each page, with the marks of divided words."""
    for page in pages:
        texts = [item.text for item in (*page.items, *page.notes) if not isinstance(item, Table)]
        texts += [cell.text for item in page.items if isinstance(item, Table) for row in item.rows for cell in row]
        yield "\n".join(texts)


def _recognised(document: pdfium.PdfDocument, page: Page, builder: DocumentBuilder, unread: list[int]) -> str:
    """The text of a scanned page by OCR; notes the pages that OCR did not read."""
    if page.scan and available(builder) and builder.count_recognised():
        builder.report(page.number, len(document), True)
        frame = Frame(page.scan.turn)
        picture = scan_picture(document[page.number], frame, page.scan.words, builder.limits.max_pixels)
        text = recognise(picture, builder)
        if text is not None:
            return text
    unread.append(page.number + 1)
    return ""
