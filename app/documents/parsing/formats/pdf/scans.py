"""Pages whose text is in a picture: how to tell them, and the picture that OCR gets."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from app.documents.parsing.formats.pdf.layout import Box, Row, Word
from app.documents.parsing.formats.pdf.page_objects import Drawings
from app.documents.parsing.formats.pdf.text_reader import Frame, PageText

PICTURE_SHARE = 0.3  # of a page: so much of it pictures cover that may hold text
TEXT_SHARE = 0.05  # of the pictures: words that cover as much of them are their text, or stand over a background
MANY_PICTURES = 50
STEPS = 24  # per side of a page, for the share that pictures cover
OUTLINES = 20  # drawings on a page without text, which may be letters
SCAN_DPI = 300
GLANCE_SCALE = 0.75  # pixels per point
MAX_GLANCES = 60  # of one file
GREYS = 256
PAPER_RANGE = 14  # greys on each side of the paper's
PAPER_SHARE = 0.55  # of the pixels of a scan
INK_CONTRAST = 60  # greys
INK_SHARE = (0.0004, 0.4)
MARGIN = 1.0  # points around words that are painted over


class ScanFinder:
    """Says which pages hold text that is not read. It looks at a bounded number of pages of one file."""

    def __init__(self) -> None:
        self._glances = MAX_GLANCES

    def is_unread(self, page: pdfium.PdfPage, text: PageText, drawings: Drawings, rows: Sequence[Row]) -> bool:
        box = text.frame.box(*page.get_bbox())
        if picture_share(box, drawings.pictures) < PICTURE_SHARE:
            return not rows and len(drawings.boxes) >= OUTLINES and self._shows_text(page, text.frame, ())
        words = [word for row in rows for word in row]
        if not words:
            return True
        if _text_over(words, drawings.pictures, box) or text.is_invisible(words):
            return False
        return self._shows_text(page, text.frame, [word.box for word in words])

    def _shows_text(self, page: pdfium.PdfPage, frame: Frame, words: Sequence[Box]) -> bool:
        if not self._glances:
            return False
        self._glances -= 1
        scale = min(GLANCE_SCALE, GLANCE_SCALE * 1000 / max(page.get_width(), page.get_height(), 1))
        return looks_written(render(page, scale, frame, words))


def _text_over(words: Sequence[Word], pictures: Sequence[Box], page: Box) -> bool:
    """True if words cover as much of the pictures as text does."""
    pictures = [page.overlap(picture) for picture in pictures]
    over = sum(word.box.area for word in words if any(picture.holds(*word.box.centre) for picture in pictures))
    return over >= TEXT_SHARE * min(sum(picture.area for picture in pictures), page.area)


def picture_share(page: Box, pictures: Sequence[Box]) -> float:
    """The share of a page that pictures cover."""
    if not page.area:
        return 0.0
    inside = [page.overlap(picture) for picture in pictures]
    if len(inside) > MANY_PICTURES:  # strips of one scan
        return min(sum(box.area for box in inside if box.width > 0 and box.height > 0) / page.area, 1.0)
    covered: set[tuple[int, int]] = set()
    for box in inside:
        columns = _steps(page.left, page.width, box.left, box.right)
        rows = _steps(page.top, page.height, box.top, box.bottom)
        covered |= {(column, row) for column in columns for row in rows}
    return len(covered) / STEPS**2


def _steps(start: float, length: float, first: float, last: float) -> range:
    """Steps of a side of the page whose middle lies between two places."""
    step = length / STEPS
    return range(max(round((first - start) / step), 0), min(round((last - start) / step), STEPS))


def looks_written(picture: Image.Image) -> bool:
    """True if a grey picture is mostly paper of one shade, with some ink on it: a text or a drawing, not a photo."""
    counts = picture.histogram()
    total = max(sum(counts), 1)
    paper = max(range(GREYS), key=counts.__getitem__)
    near = sum(counts[max(paper - PAPER_RANGE, 0) : paper + PAPER_RANGE + 1])
    ink = sum(count for grey, count in enumerate(counts) if abs(grey - paper) >= INK_CONTRAST)
    return near >= PAPER_SHARE * total and INK_SHARE[0] * total <= ink <= INK_SHARE[1] * total


def render(page: pdfium.PdfPage, scale: float, frame: Frame, covered: Sequence[Box] = ()) -> Image.Image:
    """A page in grey, at `scale` pixels per point, with the boxes `covered` painted over in the shade of the paper."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    if covered:
        counts = picture.histogram()
        paper = max(range(GREYS), key=counts.__getitem__)
        draw = ImageDraw.Draw(picture)
        for box in covered:
            draw.rectangle(_pixels(page, picture.size, frame, box), fill=paper)
    return picture


def _pixels(page: pdfium.PdfPage, size: tuple[int, int], frame: Frame, box: Box) -> tuple[int, int, int, int]:
    wide = Box(box.left - MARGIN, box.top - MARGIN, box.right + MARGIN, box.bottom + MARGIN)
    points = []
    for x, y in frame.corners(wide):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        points.append((across.value, down.value))
    (left, right), (top, bottom) = (sorted(values) for values in zip(*points, strict=True))
    return left, top, right, bottom


def scan_picture(page: pdfium.PdfPage, frame: Frame, covered: Sequence[Box], max_pixels: int) -> bytes:
    """A page as a PGM image at the resolution for OCR, or at a lower one if the page is very large."""
    scale = SCAN_DPI / 72
    area = page.get_width() * page.get_height()
    if area * scale**2 > max_pixels:
        scale = (max_pixels / area) ** 0.5
    out = io.BytesIO()
    render(page, scale, frame, covered).save(out, "PPM")
    return out.getvalue()
