"""AsciiDoc: headings, paragraphs, lists, tables and blocks; what it includes from elsewhere is left out."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DEEPEST_HEADING, BlockKind, DocumentBuilder
from app.documents.parsing.formats.asciidoc_inline import plain
from app.documents.parsing.formats.asciidoc_table import table_rows
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import clean

HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?[ \t]*$")
ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*(?:(\*{1,6}|-)|(\.{1,6}|\d{1,3}\.))[ \t]+(?:\[([ *xX])\][ \t]+)?(\S.*)$")
TERM = re.compile(r"[ \t]*(\S.{0,200}?)(?:::{1,3}|;;)(?:[ \t]+(.*))?$")
FENCE = re.compile(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|```\w*)[ \t]*$")
TABLE = re.compile(r"([|,:!])={3,}[ \t]*$")
TITLE = re.compile(r"\.(?![ .])(\S.*)$")
MARKS = re.compile(r"\[(?!\[)(.*)\][ \t]*$")
MACRO = re.compile(r"(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::?(\S*?)\[(.*)\][ \t]*$")
CODE_FENCES = ("-" * 4, "." * 4, "+" * 4, "```")
CHECKED = {"": "", " ": "open: ", "x": "done: ", "*": "done: "}
CONTINUED = re.compile(r"(.*) [+\\]$")


def parse(data: bytes, builder: DocumentBuilder) -> None:
    _Reader(builder, clean(decode(data)).split("\n")).read()


class _Reader:
    """Reads the lines in order; paragraphs collect lines until something else begins."""

    def __init__(self, builder: DocumentBuilder, lines: list[str]) -> None:
        self._builder = builder
        self._lines = lines
        self._place = 0
        self._words: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._attributes: dict[str, str] = {}
        self._marks = self._title = ""  # of the next block
        self._numbers: dict[str, int] = {}  # of numbered lists, by their mark

    def read(self) -> None:
        while self._place < len(self._lines):
            line = self._lines[self._place].rstrip()
            self._place += 1
            if not line or line == "+":
                self._flush()
            elif line.startswith("//") and not line.startswith("////"):
                continue
            elif not (self._read_mark(line) or self._read_block(line)):
                self._read_line(line)
        self._flush()

    def _read_mark(self, line: str) -> bool:
        """Read a line that says something of the next block or of the document. Returns whether it is one."""
        if found := ATTRIBUTE.match(line):
            self._flush()
            self._attributes[found[1].lower()] = self._plain(found[2] or "")
        elif not self._words and (found := MARKS.match(line)):
            self._marks = found[1]
        elif not self._words and (found := TITLE.match(line)):
            self._title = self._plain(found[1])
        elif found := MACRO.match(line):
            self._flush()
            if found[1] == "image":
                self._builder.add("paragraph", self._plain(found[3].split(",")[0].strip('"')))
                self._add_title()
        else:
            return line.startswith(("[[", "'''", "<<<", "---")) and not FENCE.match(line)
        return True

    def _read_block(self, line: str) -> bool:
        """Read what takes more lines. Returns whether the line began it."""
        if found := TABLE.match(line):
            self._flush()
            body = self._until(line)
            rows = table_rows(body, found[1], self._marks, self._attributes)
            self._builder.add_table(rows, caption=self._title)
        elif FENCE.match(line):
            self._flush()
            self._fenced(line)
        elif not self._words and (found := HEADING.match(line)):
            self._numbers.clear()
            self._builder.add("heading", self._plain(found[2]), min(len(found[1]), DEEPEST_HEADING))
        else:
            return False
        self._marks = self._title = ""
        return True

    def _fenced(self, fence: str) -> None:
        """Add a listing; the text of other blocks is read like any other."""
        style = self._marks.split(",")[0].strip().lower()
        self._add_title()
        body = self._until("```" if fence.startswith("```") else fence)
        if fence.startswith("////") or style == "comment":
            return
        if fence.startswith(CODE_FENCES) or style in {"source", "listing", "literal"}:
            self._builder.add("code", "\n".join(re.sub(r"[ \t]*<\d+>$", "", line) for line in body))
        else:
            lead = [f"{style.upper()}: "] if style in {"note", "tip", "warning", "important", "caution"} else []
            self._lines[self._place : self._place] = [*body, ""]
            self._words = lead

    def _until(self, end: str) -> list[str]:
        """The lines before the one that ends the block, or all that are left."""
        first = self._place
        while self._place < len(self._lines) and self._lines[self._place].rstrip() != end:
            self._place += 1
        self._place += 1
        return self._lines[first : self._place - 1]

    def _read_line(self, line: str) -> None:
        item, in_list = ITEM.match(line), self._kind == "list_item"
        term = None if item or (self._words and not in_list) else TERM.match(line)
        if item or term:
            self._flush()
        if not self._words:
            self._add_title()
        if item:
            self._kind = "list_item"
            number = self._number(item[2]) if item[2] else ""
            self._words.append(number + CHECKED[(item[3] or "").lower()] + item[4])
        elif term:
            self._kind = "list_item"
            self._words.append(f"{term[1]}: {term[2] or ''}")
        else:
            continued = CONTINUED.match(line)
            self._words.append(f"{continued[1]}\n" if continued else line)

    def _add_title(self) -> None:
        self._builder.add("paragraph", self._title)
        self._title = ""

    def _number(self, mark: str) -> str:
        """The number that is printed before an item; deeper lists begin again."""
        if mark[0].isdigit():
            return f"{mark} "
        self._numbers = {known: n for known, n in self._numbers.items() if len(known) <= len(mark)}
        self._numbers[mark] = self._numbers.get(mark, 0) + 1
        return f"{self._numbers[mark]}. "

    def _plain(self, text: str) -> str:
        return plain(text, self._attributes)

    def _flush(self) -> None:
        if self._words and self._kind == "paragraph":
            self._numbers.clear()
        lines = " ".join(self._words).split("\n")
        text = "\n".join(self._plain(line) for line in lines)
        if self._marks.split(",")[0].strip().lower() in {"source", "listing", "literal"} and self._words:
            self._builder.add("code", "\n".join(self._words))
        else:
            self._builder.add(self._kind, text)
        if self._words:
            self._marks = ""
        self._words, self._kind = [], "paragraph"
