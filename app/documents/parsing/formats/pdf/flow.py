"""The pages as one text: paragraphs and tables that go on over the end of a page stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents.parsing.divided_words import DIVIDED, WordDivisions
from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.formats.line_layout import BULLET, SENTENCE_END, add_lines, joined, paragraph_ranges
from app.documents.parsing.formats.pdf.headings import HeadingSizes
from app.documents.parsing.formats.pdf.label_columns import without_weak_header
from app.documents.parsing.formats.pdf.layout import Item, Line, Note, Page, Table
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import readable

SAME_SIZE = 0.6  # points between the fonts of two lines of one paragraph
SAME_EDGE = 10.0  # points between the left edges of a table and its continuation
OTHER_WIDTH = 0.15  # of the width of a table, by which its continuation may differ
CAPTION = re.compile(r"[^\W\d_]{3,12}\.?\s\d{1,3}(?:\.\d+)*\s?[:.–—-]")
BLANK_LINE = 2  # characters between blocks
FULL_LINE = 40  # characters, at least, of a line that ends where its column ends
MOST_PAGES = 4  # of one paragraph


class Flow:
    """Adds page after page to a builder. A page's last paragraph waits until the next page shows whether it goes on."""

    def __init__(self, builder: DocumentBuilder, headings: HeadingSizes, divisions: WordDivisions) -> None:
        self._builder = builder
        self._headings = headings
        self._divisions = divisions
        self._lines: list[Line] = []  # of the paragraphs that are not yet added
        self._notes: list[tuple[int, Note]] = []  # with the number of lines before each
        self._breaks: list[tuple[int, str]] = []  # the numbers of lines before the ends of pages, and their labels
        self._table: Table | None = None  # the last thing of the page before

    def add_page(self, page: Page, following: Page | None, recognised: str = "") -> None:
        """Add a page. `recognised`: what OCR read in its pictures."""
        items = self._without_first_gap(page.items) if self._lines else page.items
        for place, group in enumerate(self._groups(items)):
            self._add_group(group, continues=place == 0)
        last = page.items[-1] if page.items and not recognised else None
        self._table = last if isinstance(last, Table) else self._table if not page.items else None
        goes_on = not recognised and self._goes_on(following)
        self._flush(keep_last=goes_on, notes=page.notes)
        if recognised:
            add_lines(self._builder, recognised)
        if goes_on and self._lines:
            self._breaks.append((len(self._lines), page.label))
        else:
            self._builder.end_page(label=page.label)

    def _without_first_gap(self, items: Sequence[Item]) -> list[Item]:
        """The space above the first line of a page does not end the paragraph that goes on there."""
        first = next((place for place, item in enumerate(items) if not isinstance(item, Note)), len(items))
        return [
            replace(item, gap=False) if place == first and isinstance(item, Line) else item
            for place, item in enumerate(items)
        ]

    def _groups(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        """Items one by one; the lines of one heading together."""
        group: list[Item] = []
        for item in items:
            if group and not self._same_heading(group[-1], item):
                yield group
                group = []
            group.append(item)
        if group:
            yield group

    def _same_heading(self, before: Item, item: Item) -> bool:
        if not (isinstance(before, Line) and isinstance(item, Line)) or item.gap:
            return False
        level = self._headings.level(before)
        return level > 0 and level == self._headings.level(item)

    def _add_group(self, group: list[Item], *, continues: bool) -> None:
        item = group[0]
        if isinstance(item, Table):
            caption = self._taken_caption()
            self._flush()
            rows = without_weak_header([[self._resolved(cell) for cell in row] for row in item.rows])
            continues = continues and self._continues_table(item)
            self._builder.add_table(rows, caption, continues=continues, show_header=True)
        elif isinstance(item, Note):
            self._add_note(item)
        elif level := self._headings.level(item):
            self._flush()
            lines = [line for line in group if isinstance(line, Line)]
            self._builder.add("heading", self._divisions.resolve(joined(lines)), level)
        else:
            self._lines.append(item)

    def _taken_caption(self) -> str:
        """The line above a table that numbers it, like "Table 3: Fees"."""
        if self._lines and CAPTION.match(self._lines[-1].text):
            return self._divisions.resolve(self._lines.pop().text)
        return ""

    def _resolved(self, cell: Cell) -> Cell:
        return replace(cell, text=self._divisions.resolve(cell.text)) if DIVIDED in cell.text else cell

    def _continues_table(self, table: Table) -> bool:
        before = self._table
        return (
            before is not None
            and _width(before) == _width(table)
            and abs(before.box.left - table.box.left) <= SAME_EDGE
            and abs(before.box.right - table.box.right) <= OTHER_WIDTH * before.box.width
        )

    def _add_note(self, note: Note) -> None:
        if self._lines:
            self._notes.append((len(self._lines), note))
        else:
            self._builder.add("paragraph", note.text)

    def _goes_on(self, following: Page | None) -> bool:
        """True if the last paragraph goes on at the top of the following page."""
        if not self._lines or following is None or len(self._breaks) >= MOST_PAGES:
            return False
        last = self._lines[-1]
        first = next((item for item in following.items if not isinstance(item, Note)), None)
        if not isinstance(first, Line) or self._headings.level(first) or BULLET.match(first.text):
            return False
        if abs(first.size - last.size) > SAME_SIZE or SENTENCE_END.search(last.text):
            return False
        full = not last.short and len(last.text) >= FULL_LINE and len(self._lines) > 1
        return first.text[:1].islower() or last.text.endswith((DIVIDED, ",")) or full

    def _flush(self, *, keep_last: bool = False, notes: Sequence[Note] = ()) -> None:
        """Add the paragraphs, and `notes` below them; with `keep_last` all but the last paragraph, which waits."""
        ranges = list(paragraph_ranges(self._lines, guess_headings=not self._headings.known))
        kept = ranges.pop() if keep_last and ranges else None
        for kind, first, end in ranges:
            self._add_paragraph(kind, first, end)
        stranded = [] if kept else [note for _, note in self._notes]
        for note in (*stranded, *notes):
            self._builder.add("paragraph", self._divisions.resolve(note.text))
        start = kept[1] if kept else len(self._lines)
        self._lines = self._lines[start:]
        self._notes = [(max(place - start, 1), note) for place, note in self._notes] if kept else []
        self._breaks = [(place - start, label) for place, label in self._breaks]

    def _add_paragraph(self, kind: BlockKind, first: int, end: int) -> None:
        """Add lines as a paragraph, the notes at its place below it, and the ends of pages where they are."""
        text = self._divisions.resolve(joined(self._lines[first:end]))
        start = self._builder.length
        self._builder.add(kind, text, 2 if kind == "heading" else 0)
        start += BLANK_LINE if 0 < start < self._builder.length else 0
        while self._breaks and self._breaks[0][0] <= end:
            place, label = self._breaks.pop(0)
            before = self._divisions.resolve(joined(self._lines[first:place]))
            self._builder.end_page(min(start + len(readable(before)), self._builder.length), label)
        while self._notes and self._notes[0][0] <= end:
            self._builder.add("paragraph", self._notes.pop(0)[1].text)


def _width(table: Table) -> int:
    return max((sum(cell.columns for cell in row) for row in table.rows), default=0)
