"""PDF by PDFium: pages in reading order, headings by the size and weight of their type, scanned pages by OCR."""

from __future__ import annotations

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.line_layout import add_lines, paragraphs
from app.documents.parsing.formats.ocr import available, recognise, unavailable
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

# PDFium marks a hyphen it believes to be a line-break hyphen with U+FFFE (or U+0002).
BROKEN_WORD = re.compile("[\ufffe\x02\u00ad]")
HYPHEN = re.compile(r"\w-$")
LOWER = re.compile(r"[a-zà-ÿ]")
SCAN_MAX_CHARS = 24  # a page with less text and with an image is a scan
SCAN_DPI = 300
HEADING_SIZE_RATIO = 1.12  # to the size of body text
BOLD_WEIGHT = 600
MAX_HEADING_CHARS = 160


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    size: float  # of the font, in points on the page
    bold: bool


def parse(data: bytes, builder: DocumentBuilder) -> None:
    document = _opened(data)
    builder.count_pages(len(document))
    pages = [_lines(document, number, builder) for number in range(len(document))]
    headings = _HeadingSizes(line for lines in pages for line in lines)
    unrecognised = 0
    for number, lines in enumerate(pages):
        if sum(len(line.text) for line in lines) < SCAN_MAX_CHARS and _has_picture(document, number):
            unrecognised += not _add_scan(document, number, builder)
        else:
            _add_page(lines, headings, builder)
        builder.end_page()
    if unrecognised and not builder.length:
        raise unavailable(builder)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise DocumentFailure(
                "encrypted", "The PDF is protected by a password; remove the protection and upload it again."
            ) from None
        raise DocumentFailure("truncated", "The PDF is damaged or cut off; export or download it again.") from None


def _lines(document: pdfium.PdfDocument, number: int, builder: DocumentBuilder) -> list[Line]:
    """Lines of a page in the order of the page's content, which is the reading order of nearly all writers."""
    if number % 20 == 0:
        builder.report(number, len(document), False)
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return []  # a damaged page among sound ones
    text = text_page.get_text_range(errors="ignore")
    lines, place = [], 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        size, bold = _font_at(text_page, place + len(raw) - len(raw.lstrip()))
        lines.append(Line(clean(BROKEN_WORD.sub("-", raw)), size, bold))
        place += len(raw) + 2  # PDFium ends lines with \r\n
    text_page.close()
    page.close()
    return lines


def _font_at(text_page: pdfium.PdfTextPage, text_index: int) -> tuple[float, bool]:
    """Font size and boldness of the character at an index of the page's text."""
    index = pdfium_c.FPDFText_GetCharIndexFromTextIndex(text_page, text_index)
    if index < 0:
        return 0.0, False
    matrix = pdfium_c.FS_MATRIX()
    scale = 1.0
    if pdfium_c.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        scale = max(abs(matrix.d), abs(matrix.b), 1e-3)
    size = pdfium_c.FPDFText_GetFontSize(text_page, index) * scale
    return round(size, 1), pdfium_c.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT


class _HeadingSizes:
    """The font of the body text, and the heading levels of larger and bold lines."""

    def __init__(self, lines: Iterator[Line]) -> None:
        weight: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            weight[line.size, line.bold] += len(line.text)
        (self._body, self._bold_body), _ = weight.most_common(1)[0] if weight else ((0.0, False), 0)
        larger = sorted({size for size, _ in weight if size > self._body * HEADING_SIZE_RATIO}, reverse=True)
        self._levels = {size: min(level, 5) for level, size in enumerate(larger, start=1)}
        self.known = len(weight) > 1

    def level(self, line: Line) -> int:
        """The heading level of a line, from 1; 0 for body text."""
        text = line.text.strip()
        if len(text) > MAX_HEADING_CHARS or not any(char.isalpha() for char in text) or text.endswith((",", ";")):
            return 0
        if line.size in self._levels:
            return self._levels[line.size]
        set_apart = line.bold and not self._bold_body and line.size >= self._body and not text.endswith(".")
        return min(len(set(self._levels.values())) + 1, 6) if set_apart else 0


def _add_page(lines: list[Line], headings: _HeadingSizes, builder: DocumentBuilder) -> None:
    body: list[str] = []
    place = 0
    while place < len(lines):
        level = headings.level(lines[place])
        if not level:
            body.append(lines[place].text)
            place += 1
            continue
        _add_body(body, headings, builder)
        body = []
        end = place + 1
        while end < len(lines) and headings.level(lines[end]) == level and lines[end].text.strip():
            end += 1  # a heading of several lines
        builder.add("heading", " ".join(" ".join(line.text for line in lines[place:end]).split()), level)
        place = end
    _add_body(body, headings, builder)


def _add_body(lines: list[str], headings: _HeadingSizes, builder: DocumentBuilder) -> None:
    joined: list[str] = []
    for line in lines:
        if joined and HYPHEN.search(joined[-1]) and LOWER.match(line):
            joined[-1] = joined[-1][:-1] + line
        else:
            joined.append(line)
    for kind, text in paragraphs(joined, guess_headings=not headings.known):
        builder.add(kind, text, 2 if kind == "heading" else 0)


def _has_picture(document: pdfium.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
        return any(True for _ in page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    except pdfium.PdfiumError:
        return False


def _add_scan(document: pdfium.PdfDocument, number: int, builder: DocumentBuilder) -> bool:
    """Add the text of a scanned page by OCR. Returns False if OCR is not available."""
    if not available(builder):
        return False
    builder.report(number, len(document), True)
    add_lines(builder, recognise(_picture(document[number], builder), builder))
    return True


def _picture(page: pdfium.PdfPage, builder: DocumentBuilder) -> bytes:
    """The page as a grey PGM image at the resolution for OCR, or at a lower one if the page is very large."""
    scale = SCAN_DPI / 72
    area = page.get_width() * page.get_height()
    if area * scale**2 > builder.limits.max_pixels:
        scale = (builder.limits.max_pixels / area) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True)
    out = io.BytesIO()
    bitmap.to_pil().convert("L").save(out, "PPM")
    bitmap.close()
    return out.getvalue()
