"""Reads one page: its text, tables and pictures, and what lies over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.documents.parsing.divided_words import DIVIDED
from app.documents.parsing.formats.line_layout import SENTENCE_END
from app.documents.parsing.formats.pdf.annotations import (
    Annotation,
    AnnotationReader,
    Comment,
    FieldValue,
    Link,
    TextBox,
)
from app.documents.parsing.formats.pdf.columns import Font, lay_out, line_of
from app.documents.parsing.formats.pdf.layout import Box, Item, Line, Note, Page, Row, Scan, Table, row_text
from app.documents.parsing.formats.pdf.page_objects import read_drawings
from app.documents.parsing.formats.pdf.placement import add_fields, add_links
from app.documents.parsing.formats.pdf.raised_figures import join_rows
from app.documents.parsing.formats.pdf.ruled_tables import RuledTables
from app.documents.parsing.formats.pdf.rulings import find_grids
from app.documents.parsing.formats.pdf.scans import ScanFinder
from app.documents.parsing.formats.pdf.strings import utf16_string
from app.documents.parsing.formats.pdf.text_reader import PageText
from app.text.language import likely_locale
from app.text.locales import get_locale

SHORT_LINE = 0.75  # of the widest line at the same left edge
SAME_EDGE = 12.0  # points between the left edges of lines of one column
WIDE_GAP = 0.6  # of a line's height, more than between the lines of the page
VERY_OTHER_SIZE = 1.6  # points, where type of another kind within a line is no explanation
OTHER_SIZE = 0.6  # points between the fonts of two paragraphs
FEW_CHARS = 20
FEW_LINES = 3
FEW_GAPS = 4  # too few to tell a usual one by
MAX_QUOTE = 300  # characters that a comment repeats of what it marks


def read_page(document: pdfium.PdfDocument, number: int, annotations: AnnotationReader, scans: ScanFinder) -> Page:
    """A damaged page among sound ones is empty."""
    try:
        page = document[number]
        text = PageText(page)
    except pdfium.PdfiumError:
        return Page(number, Box(0, 0, 0, 0))
    try:
        return _page(page, number, text, annotations.read(page, text.frame), scans)
    finally:
        text.close()
        page.close()


def read_plain_page(document: pdfium.PdfDocument, number: int) -> Page:
    """The lines of a page as they are, without tables, columns and what lies over it: in a third of the time."""
    try:
        page = document[number]
        text = PageText(page)
    except pdfium.PdfiumError:
        return Page(number, Box(0, 0, 0, 0))
    lines = _measured([line_of(row, text.font) for row in text.rows("lines")])
    box = text.frame.box(*page.get_bbox())
    text.close()
    page.close()
    return Page(number, box, tuple(lines))


def _page(page: pdfium.PdfPage, number: int, text: PageText, over: Sequence[Annotation], scans: ScanFinder) -> Page:
    rows = join_rows(text.rows("words" if over else "pieces"))
    drawings = read_drawings(page, text.frame)
    box = text.frame.box(*page.get_bbox())
    scan = Scan(text.frame.turn, tuple(word.box for row in rows for word in row))
    unread = scans.is_unread(page, text, drawings, rows)
    tables = RuledTables(find_grids(drawings.boxes))
    comments = tuple(_comment(found, rows) for found in over if isinstance(found, Comment))
    add_links(rows, [found for found in over if isinstance(found, Link)])
    if fields := [found for found in over if isinstance(found, FieldValue)]:
        language = likely_locale(" ".join(row_text(row) for row in rows))
        add_fields(rows, fields, tables, get_locale(language).facts)
    items = _measured(list(_items(tables.take(rows, text.font), text.font)))
    for text_box in sorted((found for found in over if isinstance(found, TextBox)), key=lambda found: found.box.top):
        _insert(items, text_box)
    label = utf16_string(pdfium_c.FPDF_GetPageLabel, page.pdf, number)
    return Page(number, box, tuple(items), comments, label, scan if unread else None)


def _items(found: Sequence[Row | Table], font: Font) -> Iterator[Item]:
    run: list[Row] = []
    for item in found:
        if isinstance(item, list):
            run.append(item)
            continue
        yield from lay_out(run, font)
        yield item
        run = []
    yield from lay_out(run, font)


def _measured(items: Sequence[Item]) -> list[Item]:
    """Lines with their width beside that of their column, and the space above them beside what is usual."""
    lines = [item for item in items if isinstance(item, Line)]
    gaps = sorted(gap for before, line in pairwise(lines) if (gap := _gap(before, line)) is not None)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    if lines and len(gaps) < FEW_GAPS:
        usual = min(usual, WIDE_GAP * min(line.box.height for line in lines))
    widths = _column_widths(lines)
    measured: list[Item] = []
    before: Item | None = None
    for item in items:
        if isinstance(item, Line):
            gap = _gap(before, item) if isinstance(before, Line) else None
            wide = gap is not None and gap > usual + WIDE_GAP * _taller(before, item)
            wide = (
                wide
                or item.gap
                or item.field
                or (isinstance(before, Line) and (before.field or _other_type(before, item)))
            )
            short = item.box.width < SHORT_LINE * widths[int(item.box.left // SAME_EDGE)]
            measured.append(replace(item, gap=wide, short=short))
        else:
            measured.append(item)
        before = item
    return measured


def _taller(before: Item | None, line: Line) -> float:
    return max(before.box.height, line.box.height) if isinstance(before, Line) else line.box.height


def _other_type(before: Line, line: Line) -> bool:
    """True for lines of different size, each long enough to tell it by, unless a sentence seems to go on."""
    apart = abs(before.size - line.size)
    if min(len(before.text), len(line.text)) < FEW_CHARS or apart <= OTHER_SIZE or line.text[0].islower():
        return False
    return apart > VERY_OTHER_SIZE or SENTENCE_END.search(before.text) is not None


def _gap(before: Line, line: Line) -> float | None:
    """White space between a line and the one above it; None if they are not one below the other."""
    apart = line.box.left > before.box.right or line.box.right < before.box.left
    return None if apart or line.box.top <= before.box.top else line.box.top - before.box.bottom


def _column_widths(lines: Sequence[Line]) -> dict[int, float]:
    """The widest line by left edge, in steps of SAME_EDGE; of few lines at one edge, the widest of the page."""
    widths: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        for step in (-1, 0, 1):
            widths[int(line.box.left // SAME_EDGE) + step].append(line.box.width)
    widest = max((line.box.width for line in lines), default=0.0)
    return {edge: max(found) if len(found) >= FEW_LINES else widest for edge, found in widths.items()}


def _insert(items: list[Item], found: TextBox) -> None:
    """Put a text box after the last line above it."""
    place = next(
        (
            number
            for number in range(len(items), 0, -1)
            if not isinstance(before := items[number - 1], Note) and _above(before.box, found.box)
        ),
        0,
    )
    while place < len(items) and isinstance(items[place], Note):
        place += 1
    items.insert(place, Note(found.text))


def _above(box: Box, other: Box) -> bool:
    return box.centre[1] <= other.centre[1] and box.left <= other.right and box.right >= other.left


def _comment(comment: Comment, rows: Sequence[Row]) -> Note:
    """A comment as text, with the words that it marks."""
    marked = ""
    if comment.marks:
        words = (word for row in rows for word in row)
        marked = " ".join(word.text for word in words if comment.box.holds(*word.box.centre)).replace(DIVIDED, "-")
    about = f' on "{marked[:MAX_QUOTE]}"' if marked else ""
    author = f" ({comment.author})" if comment.author and not comment.text.startswith(comment.author) else ""
    return Note(f"Comment{author}{about}: {comment.text}")
