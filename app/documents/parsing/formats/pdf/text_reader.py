"""Reads the words of a page, in the order of its content, which is the reading order of nearly all writers."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.divided_words import DIVIDED
from app.documents.parsing.formats.pdf.layout import COLUMN_GAP, Box, Row, Word, around
from app.documents.parsing.text_cleanup import clean

# PDFium takes out the line break after a hyphen and marks the place with U+FFFE or U+0002.
PIECES = re.compile("(?P<end>\r\n|\r|\n)|(?P<mark>[\ufffe\x02])|(?P<run>[^\r\n\ufffe\x02]+)")
WORD = re.compile(r"\S+")
WIDE_SPACE = re.compile(r"\s\s")
LAST_HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010]$")
RAISED = re.compile(r"^(.*[^\W_]\)?)([0-9]{1,3})$", re.DOTALL)
RAISED_SIZE = 0.85  # of the font before it
BOLD_WEIGHT = 600
BOLD_NAME = re.compile(rb"(?i)bold|black|heavy|cmbx")
MAX_FONT_NAME = 128  # bytes
SAMPLES = 40  # characters that say which way the page is turned
WORD_OVERLAP = 1.0  # points
Detail = Literal["words", "pieces", "lines"]


class Frame:
    """Turns boxes of a page into the reader's frame. `turn`: quarters that the text is turned to the left, 0 to 3."""

    def __init__(self, turn: int = 0) -> None:
        self.turn = turn

    def around(self, first: pdfium_c.FS_RECTF, last: pdfium_c.FS_RECTF) -> Box:
        """The box around the first and the last character of a word."""
        if not self.turn:
            top = first.top if first.top >= last.top else last.top
            bottom = first.bottom if first.bottom <= last.bottom else last.bottom
            if first.left <= last.left:
                return Box(first.left, -top, last.right, -bottom)
            return Box(last.left, -top, first.right, -bottom)
        return self.box(
            min(first.left, last.left),
            min(first.bottom, last.bottom),
            max(first.right, last.right),
            max(first.top, last.top),
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        match self.turn:
            case 1:
                return Box(bottom, left, top, right)
            case 2:
                return Box(-right, bottom, -left, top)
            case 3:
                return Box(-top, -right, -bottom, -left)
            case _:
                return Box(left, -top, right, -bottom)

    def corners(self, box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
        """Two opposite corners (x, y) of a box, on the page."""
        left, top, right, bottom = box
        match self.turn:
            case 1:
                return (top, left), (bottom, right)
            case 2:
                return (-right, top), (-left, bottom)
            case 3:
                return (-bottom, -right), (-top, -left)
            case _:
                return (left, -bottom), (right, -top)


class PageText:
    """The text of one page. `close` it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self.raw = page.get_textpage()
        self._handle = self.raw.raw
        self._first, self._last = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()
        self._first_reference, self._last_reference = ctypes.byref(self._first), ctypes.byref(self._last)
        self._plain = True  # every character of PDFium's list is one of the text
        self._matrix = pdfium_c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(MAX_FONT_NAME)
        self.frame = Frame(self._turn())

    def close(self) -> None:
        self.raw.close()

    def rows(self, detail: Detail = "words") -> list[Row]:
        """Rows of words. The last word of a row ends with DIVIDED if a hyphen divides it from the next row's first.

        With the detail "pieces", what the page draws in one piece is one word, and with "lines" each line is one: that
        takes much less time.
        """
        text = self.raw.get_text_range(errors="ignore")
        self._plain = len(text) == self.raw.count_chars()
        rows: list[Row] = [[]]
        marked = False
        for piece in PIECES.finditer(text):
            if piece["end"]:
                rows.append([])
            elif piece["mark"]:
                marked = bool(rows[-1])
                continue
            for word in self._words(piece["run"] or "", piece.start(), detail):
                _place(word, rows, divided=marked)
                marked = False
            marked = False
        _mark_divisions(rows)
        return [row for row in rows if row]

    def font(self, index: int) -> tuple[float, bool]:
        """Font size and boldness of a character; (0.0, False) for one that is not PDFium's."""
        if index < 0:
            return 0.0, False
        return round(self._size(index), 1), self._is_bold(index)

    def _size(self, index: int) -> float:
        """Of the font at a character, in points on the page."""
        scale = 1.0
        if pdfium_c.FPDFText_GetMatrix(self.raw, index, self._matrix):
            scale = max(abs(self._matrix.d), abs(self._matrix.b), 1e-3)
        size: float = pdfium_c.FPDFText_GetFontSize(self.raw, index)
        return size * scale

    def _is_bold(self, index: int) -> bool:
        """By the weight that the font states, or by its name: the standard fonts state none."""
        if pdfium_c.FPDFText_GetFontWeight(self.raw, index) >= BOLD_WEIGHT:
            return True
        flags = ctypes.c_int()
        pdfium_c.FPDFText_GetFontInfo(self.raw, index, self._name, MAX_FONT_NAME, ctypes.byref(flags))
        return BOLD_NAME.search(self._name.value) is not None

    def is_invisible(self, words: Sequence[Word]) -> bool:
        """True if most of the words are not drawn, as those that OCR puts behind a scan."""
        sample = words[:: max(len(words) // SAMPLES, 1)]
        modes = [
            pdfium_c.FPDFTextObj_GetTextRenderMode(pdfium_c.FPDFText_GetTextObject(self.raw, word.start))
            for word in sample
        ]
        return 2 * modes.count(pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)

    def _turn(self) -> int:
        count = self.raw.count_chars()
        turns: Counter[int] = Counter()
        for index in range(0, count, max(count // SAMPLES, 1)):
            if pdfium_c.FPDFText_GetMatrix(self.raw, index, ctypes.byref(self._matrix)):
                along, across = self._matrix.a, self._matrix.b
                upright = abs(along) >= abs(across)
                turns[(0 if along >= 0 else 2) if upright else (1 if across > 0 else 3)] += 1
        return turns.most_common(1)[0][0] if turns else 0

    def _words(self, run: str, start: int, detail: Detail) -> Iterator[Word]:
        """The words of a part of a line that starts at an index of the text."""
        text = run.strip()
        if text and detail != "words":
            first = start + len(run) - len(run.lstrip())
            whole = detail == "lines" or self._is_one_piece(text, first)
            if whole and (word := self._word(text, first)):
                yield word
                return
        for found in WORD.finditer(run):
            if word := self._word(found[0], start + found.start()):
                yield word

    def _is_one_piece(self, text: str, start: int) -> bool:
        """True for text without wide gaps that the page draws with one operator, in one font and colour."""
        if not self._plain or self.frame.turn or not text.isprintable() or WIDE_SPACE.search(text):
            return False
        return pdfium_c.FPDFText_CountRects(self._handle, start, len(text)) == 1 and not self._has_gap(text, start)

    def _has_gap(self, text: str, start: int) -> bool:
        """True if one of the spaces of a line is as wide as between columns."""
        last, first = self._last, self._first
        place = text.find(" ")
        while place >= 0:
            pdfium_c.FPDFText_GetLooseCharBox(self._handle, start + place - 1, self._last_reference)
            pdfium_c.FPDFText_GetLooseCharBox(self._handle, start + place + 1, self._first_reference)
            if first.left - last.right > COLUMN_GAP * (first.top - first.bottom):
                return True
            place = text.find(" ", place + 1)
        return False

    def _word(self, text: str, text_index: int) -> Word | None:
        index = text_index if self._plain else pdfium_c.FPDFText_GetCharIndexFromTextIndex(self.raw, text_index)
        cleaned = text if text.isprintable() else clean(text)
        if index < 0 or not cleaned:
            return None
        first, last = self._first, self._last
        pdfium_c.FPDFText_GetLooseCharBox(self._handle, index, self._first_reference)
        pdfium_c.FPDFText_GetLooseCharBox(self._handle, index + len(text) - 1, self._last_reference)
        box = self.frame.around(first, last)
        if text[-1].isdecimal() and len(cleaned) == len(text):
            cleaned = self._with_raised(cleaned, index)
        return Word(cleaned, box, index)

    def _with_raised(self, text: str, index: int) -> str:
        """The word with `^` before figures that are set smaller and higher than what is before them."""
        found = RAISED.match(text)
        if found is None:
            return text
        place = index + len(found[1])
        if self._size(place) > RAISED_SIZE * self._size(place - 1):
            return text
        return f"{found[1]}^{found[2]}" if self._baseline(place) > self._baseline(place - 1) + 1 else text

    def _baseline(self, index: int) -> float:
        """Height of a character's baseline in the reader's frame, upwards."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.raw, index, ctypes.byref(x), ctypes.byref(y))
        return (y.value, -x.value, -y.value, x.value)[self.frame.turn]


def _place(word: Word, rows: list[Row], *, divided: bool) -> None:
    """Append a word to the last row, or start another if PDFium took out the line break."""
    row = rows[-1]
    if not row or not divided:
        row.append(word)
        return
    last = row.pop()
    if last.box.beside(word.box) and word.box.left > last.box.right - WORD_OVERLAP:
        box = around([last, word])
        row.append(Word(f"{last.text}-{word.text}", box, last.start))  # a hyphen within a line
        return
    row.append(last._replace(text=last.text + DIVIDED))
    rows.append([word])


def _mark_divisions(rows: list[Row]) -> None:
    """Mark words that end with a hyphen of their own at the end of a row before one that goes on."""
    following: Row = []
    for row in reversed(rows):
        if row:
            if following and following[0].text[:1].isalpha() and LAST_HYPHEN.search(row[-1].text):
                row[-1] = row[-1]._replace(text=row[-1].text[:-1] + DIVIDED)
            for place, word in enumerate(row):
                if "\u00ad" in word.text:
                    row[place] = word._replace(text=word.text.replace("\u00ad", "-"))
        following = row
