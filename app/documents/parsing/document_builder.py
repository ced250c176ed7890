"""The parsed document and its builder, which computes the offsets and enforces the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from app.documents.parsing.tables import SEPARATOR, Header, Row, format_table
from app.documents.parsing.text_cleanup import collapse_spaces, readable
from app.domain.documents import DocumentWarning, PageSpan
from app.errors import DocumentFailure

BlockKind = Literal["heading", "paragraph", "list_item", "table", "code"]
DEEPEST_HEADING = 6
MAX_SECTION_CHARS = 150
MAX_WARNINGS = 20
MAX_WARNING_CHARS = 300
MAX_LABEL_CHARS = 50  # of a page's label
MORE_WARNINGS = DocumentWarning("more_warnings", "The file gives rise to more warnings, which are left out.")
Report = Callable[[int, int, bool], None]  # pages done, pages of the file, whether the next page needs OCR


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """Bounds of parsing one file with everything inside it."""

    memory_mb: int = 512
    timeout_s: float = 20.0  # wall clock, without OCR
    max_pages: int = 2000
    max_chars: int = 20_000_000
    max_cells: int = 2_000_000
    max_unpacked_bytes: int = 256 * 2**20
    max_members: int = 2000  # files in an archive, attachments of messages
    max_nesting: int = 4  # an archive in a message in an archive ...
    max_pixels: int = 100_000_000  # of one picture
    ocr_languages: str = "eng+por"  # names of tesseract; empty: no OCR
    ocr_pages: int = 100
    ocr_page_s: float = 30.0
    niceness: int = 0  # of the process, 0 to 19: higher gets less processor time
    isolation_required: bool = True  # is no file read where the process cannot be kept from the network?

    @property
    def max_duration_s(self) -> float:
        """The most seconds that any file may take."""
        return self.timeout_s + (self.ocr_pages * self.ocr_page_s if self.ocr_languages else 0.0)


@dataclass(frozen=True, slots=True)
class Block:
    """A structural unit of the text. Blocks are in order and disjoint; offsets are code points, end exclusive."""

    kind: Literal["heading", "paragraph", "list_item", "table", "code"]
    char_start: int
    char_end: int
    level: int = 0  # headings: 1 to 6
    section: str = ""  # of a part whose name is not in the text: a function of a program, a time of a recording


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Extracted text. Blocks cover all of it but white space; `pages` is empty for formats without pages."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...]
    media_type: str
    title: str = ""
    warnings: tuple[DocumentWarning, ...] = ()


def no_report(done: int, pages: int, slow: bool) -> None:
    """Ignore the progress."""
    del done, pages, slow


class DocumentBuilder:
    """Collects pages and blocks, with a blank line between blocks. Raises DocumentFailure past a limit.

    Parsers of archives and messages add each member to the same builder, in a `section` of its own.
    """

    def __init__(self, limits: ParserLimits, report: Report = no_report) -> None:
        self.limits = limits
        self.report = report
        self.title = ""
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[PageSpan] = []
        self._page_start = 0
        self._sections: list[str] = []  # names of the members that are open
        self._warnings: dict[DocumentWarning, None] = {}
        self._cells = 0
        self._header: Header | None = None  # of the table added last
        self._members = 0
        self._unpacked = 0
        self._recognised = 0

    @property
    def length(self) -> int:
        """Characters added so far."""
        return self._length

    @property
    def nested(self) -> bool:
        """True inside a member of an archive or message."""
        return bool(self._sections)

    def add(self, kind: BlockKind, text: str, level: int = 0, *, section: str = "", gap: str = "\n\n") -> None:
        """Append a block, its text in normal form. Ignores text of white space only.

        `section` names the part that the block belongs to, if no heading does. `gap`: what stands above the block.
        """
        text = readable(text).strip("\n").rstrip()
        if not text.strip():
            return
        if self._length:
            self._append(gap)
        start = self._length
        self._append(text)
        if kind == "heading":
            level = min(level + len(self._sections), DEEPEST_HEADING)
            self.title = self.title or text.strip()
        self._blocks.append(Block(kind, start, self._length, level, collapse_spaces(section)[:MAX_SECTION_CHARS]))

    def add_table(
        self, rows: Sequence[Row], caption: str = "", *, continues: bool = False, show_header: bool = False
    ) -> None:
        """Append rows of cells as text, below the caption; rows that stand alone above the header become paragraphs.

        A blank row divides the table; rows below it keep the header. `continues`: so do these rows that of the table
        before, as on a further page. `show_header`: the names of the columns are a row of their own, too.
        """
        self.count_cells(sum(len(row) for row in rows))
        self.add("paragraph", caption)
        above = self._header if continues else None
        for part in format_table(rows, above):
            for line in part.captions:
                self.add("paragraph", line)
            new = part.header if show_header and part.header != above else None
            lines = [SEPARATOR.join(name for name in new.names if name)] if new else []
            self.add("table", "\n".join([*lines, *part.lines]))
            above = self._header = part.header

    def warn(self, code: str, message: str) -> None:
        """Tell the reader of the document what is missing or hidden, like ("hidden_sheet", "The sheet X is hidden.").

        Equal warnings count once. A warning about a member begins with the member's name. Past MAX_WARNINGS - 1, one
        last warning says that there are more.
        """
        name = f"{self._sections[-1]}: " if self._sections else ""
        printable = "".join(char if char.isprintable() else " " for char in name + message)
        warning = DocumentWarning(code, " ".join(printable.split())[:MAX_WARNING_CHARS])
        self._warnings[warning if len(self._warnings) < MAX_WARNINGS - 1 else MORE_WARNINGS] = None

    def end_page(self, at: int | None = None, label: str = "") -> None:
        """End the current page; the next block starts another. Pages of members do not count as pages of the file.

        `at`: the offset where it ends within the last block, which goes on over the end of the page. `label`: what the
        file calls the page, if that is not its number.
        """
        if self.nested:
            return
        end = self._length if at is None else at
        number = len(self._pages) + 1
        self._pages.append(
            PageSpan(number, self._page_start, end, "" if label == str(number) else label[:MAX_LABEL_CHARS])
        )
        self._page_start = end

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Blocks added inside belong to the member `name`: below a heading of that name."""
        self._members += 1
        if self._members > self.limits.max_members:
            raise DocumentFailure(
                "too_many_members", f"The file holds more than {self.limits.max_members:,} files; upload them in parts."
            )
        if len(self._sections) >= self.limits.max_nesting:
            raise DocumentFailure(
                "nested_too_deeply", "Archives lie in archives too deeply; unpack them and upload the files themselves."
            )
        title, self.title = self.title, self.title or name
        self.add("heading", name, 1)
        self._sections.append(name)
        try:
            yield
        finally:
            self._sections.pop()
            self.title = title

    def count_pages(self, pages: int) -> None:
        if pages > self.limits.max_pages:
            raise DocumentFailure(
                "too_many_pages",
                f"The document has {pages:,} pages; at most {self.limits.max_pages:,} are taken in. Split it.",
            )

    def count_cells(self, cells: int) -> None:
        self._cells += cells
        if self._cells > self.limits.max_cells:
            raise DocumentFailure(
                "too_many_cells",
                f"The tables hold more than {self.limits.max_cells:,} cells; split the file.",
            )

    def count_recognised(self) -> bool:
        """Count a page for OCR. False: there have been as many as the limits allow."""
        self._recognised += 1
        return self._recognised <= self.limits.ocr_pages

    def count_unpacked(self, size: int) -> None:
        """Count `size` unpacked bytes of a compressed file."""
        self._unpacked += size
        if self._unpacked > self.limits.max_unpacked_bytes:
            raise DocumentFailure(
                "parser_memory",
                f"The file unpacks to more than {self.limits.max_unpacked_bytes // 2**20:,} MB; refused.",
            )

    def finish(self, media_type: str) -> ParsedDocument:
        """The document. Raises DocumentFailure if it has no text."""
        if not self._blocks:
            raise DocumentFailure("no_text", "The file holds no text that could be read.")
        return ParsedDocument(
            "".join(self._parts),
            tuple(self._blocks),
            tuple(self._pages),
            media_type,
            collapse_spaces(self.title)[:200],
            tuple(self._warnings),
        )

    def _append(self, text: str) -> None:
        self._length += len(text)
        if self._length > self.limits.max_chars:
            raise DocumentFailure(
                "too_much_text",
                f"The document holds more than {self.limits.max_chars:,} characters; split it into several files.",
            )
        self._parts.append(text)
