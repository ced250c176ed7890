"""Pages of a PDF by PDFium: their sizes, pictures and words. Runs in the sandboxed process only."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from app.documents.pages.page_words import Word
from app.documents.pages.pdf_notes import notes_of
from app.documents.parsing.text_cleanup import clean
from app.domain.pages import PageSize
from app.errors import DocumentFailure

HYPHEN_MARKS = {"\ufffe", "\x02"}  # what PDFium puts in the place of a hyphen that divides a word at a line end
HYPHENS = "-\u00ad\u2010\u2011"
DEVICE_SCALE = 100  # PDFium gives whole numbers on the device: hundredths of a point
UNKNOWN_SIZE = 612.0, 792.0  # of a damaged page among sound ones, as PDFium has it
ROUNDED = 0.01  # pixels: pypdfium2 rounds up
SAME_LINE = 0.3  # share of the lower character's height that two of one line have in common, at least
MAX_JUMP = 3.0  # heights from one character of a word to the next
MAX_CHARS = 1_000_000  # of a page


@dataclass(slots=True)
class _Piece:
    """Characters of one line without white space, in the coordinates of the file: left, bottom, right, top."""

    text: str
    box: tuple[float, float, float, float]
    vertical: bool
    glued: bool


class PdfPages:
    """The pages of one file. Raises DocumentFailure if the file or a page cannot be opened."""

    def __init__(self, path: str) -> None:
        try:
            self._document = pdfium.PdfDocument(path)
            self._document.init_forms()
        except pdfium.PdfiumError:
            raise DocumentFailure("truncated", "The PDF cannot be opened: it is damaged or protected.") from None

    def sizes(self) -> Iterator[PageSize]:
        return map(self.size, range(1, len(self._document) + 1))

    def size(self, page: int) -> PageSize:
        try:
            width, height = self._document.get_page_size(page - 1)
        except pdfium.PdfiumError:
            width, height = UNKNOWN_SIZE
        label = clean(self._document.get_page_label(page - 1)).strip()
        return PageSize(label or str(page), width or UNKNOWN_SIZE[0], height or UNKNOWN_SIZE[1])

    def image(self, page: int, width: int, max_pixels: int) -> Image.Image:
        """A page `width` pixels wide, or less if the picture would have more than `max_pixels`."""
        opened = self._page(page)
        points = max(opened.get_width(), 1.0), max(opened.get_height(), 1.0)
        scale = min((width - ROUNDED) / points[0], math.sqrt(max_pixels / (points[0] * points[1])))
        picture: Image.Image = opened.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil()
        return picture.convert("RGB")

    def words(self, page: int) -> Iterator[Word]:
        """The words of the page in the order of its content, filled-in forms included, then those of its notes.

        Some may be cropped away. Every word of a note has the note's box.
        """
        notes = list(notes_of(self._page(page)))
        opened = self._flattened(page)
        text = opened.get_textpage()
        sideways = opened.get_rotation() in {90, 270}
        for piece in _pieces(text):
            yield Word(piece.text, *self._shown(opened, piece.box), piece.glued, piece.vertical != sideways)
        for note in notes:
            box = self._shown(opened, note.box)
            yield from (Word(word, *box) for word in note.text.split())

    def has_pictures(self, page: int) -> bool:
        with suppress(pdfium.PdfiumError):
            return any(True for _ in self._page(page).get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        return False

    def _page(self, page: int) -> pdfium.PdfPage:
        try:
            return self._document[page - 1]
        except (pdfium.PdfiumError, IndexError):
            raise DocumentFailure("truncated", "The page is damaged.") from None

    def _flattened(self, page: int) -> pdfium.PdfPage:
        """The page with what lies over it, such as values of form fields, made part of its content."""
        opened = self._page(page)
        if pdfium_c.FPDFPage_GetAnnotCount(opened):
            pdfium_c.FPDFPage_Flatten(opened, pdfium_c.FLAT_NORMALDISPLAY)
            opened.close()
            opened = self._page(page)
        return opened

    def _shown(self, page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """The box in points of the page as it is shown, from its upper left corner."""
        width, height = (int(size * DEVICE_SCALE) for size in page.get_size())
        x, y = ctypes.c_int(), ctypes.c_int()
        xs, ys = [], []
        for left, bottom in ((box[0], box[1]), (box[2], box[3])):
            pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, left, bottom, ctypes.byref(x), ctypes.byref(y))
            xs.append(x.value / DEVICE_SCALE)
            ys.append(y.value / DEVICE_SCALE)
        return min(xs), min(ys), max(xs), max(ys)


def _pieces(text: pdfium.PdfTextPage) -> Iterator[_Piece]:
    piece: _Piece | None = None
    glued = False  # the next piece goes on from the one before
    ended = ""  # last character of the piece before
    for index in range(min(text.count_chars(), MAX_CHARS)):
        char = chr(pdfium_c.FPDFText_GetUnicode(text, index))
        if char.isspace() or char in HYPHEN_MARKS or not char.isprintable():
            if piece is not None:
                ended = piece.text[-1]
                yield piece
                piece, glued = None, False
            glued = glued or char in HYPHEN_MARKS or (char in "\r\n" and ended in HYPHENS and ended != "")
            continue
        box = _char_box(text, index)
        if box is None:
            continue
        vertical = _runs_vertically(text, index)
        if piece is not None and _goes_on(piece, box, vertical=vertical):
            piece.text += char
            piece.box = _around(piece.box, box)
            continue
        if piece is not None:
            yield piece
            glued = True
        piece, glued = _Piece(char, box, vertical, glued), False
    if piece is not None:
        yield piece


def _char_box(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a character with the height of its font; None if it has no place."""
    bounds = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(text, index, ctypes.byref(bounds)):
        return None
    return bounds.left, min(bounds.bottom, bounds.top), bounds.right, max(bounds.bottom, bounds.top)


def _runs_vertically(text: pdfium.PdfTextPage, index: int) -> bool:
    angle = pdfium_c.FPDFText_GetCharAngle(text, index)
    return abs(math.sin(angle)) > abs(math.cos(angle))


def _goes_on(piece: _Piece, box: tuple[float, float, float, float], *, vertical: bool) -> bool:
    """True if the character at `box` stands on the line of the piece, and near its end."""
    if vertical != piece.vertical:
        return False
    along, across = (1, 0) if vertical else (0, 1)
    height = min(piece.box[across + 2] - piece.box[across], box[across + 2] - box[across])
    common = min(piece.box[across + 2], box[across + 2]) - max(piece.box[across], box[across])
    apart = max(box[along] - piece.box[along + 2], piece.box[along] - box[along + 2])
    return common >= SAME_LINE * height and apart <= MAX_JUMP * max(height, 1.0)


def _around(
    box: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
