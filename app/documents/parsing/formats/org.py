"""Org mode (Emacs): headings, lists, tables and blocks; without its drawers, properties and settings."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DEEPEST_HEADING, BlockKind, DocumentBuilder
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import clean, collapse_spaces

HEADING = re.compile(
    r"(\*+)[ \t]+(?:(TODO|DONE|NEXT|WAITING|CANCELLED)[ \t]+)?(?:\[#\w\][ \t]+)?(.*?)(?:[ \t]+:[\w@:#%]+:)?[ \t]*$"
)
ITEM = re.compile(r"[ \t]*(?:[-+]|\*(?=[ \t])|(\d{1,4}[.)]))[ \t]+(?:\[@\d+\][ \t]*)?(?:\[([ Xx-])\][ \t]+)?(.*)$")
BLOCK = re.compile(r"[ \t]*#\+begin_(\w+)", re.IGNORECASE)
SETTING = re.compile(r"[ \t]*#\+([\w-]+)(?:\[[^\]]*\])?:[ \t]*(.*)$")
DRAWER = re.compile(r"[ \t]*:[\w-]+:[ \t]*$")
PLANNING = re.compile(r"[ \t]*(?:CLOCK|CLOSED):")
DATES = re.compile(r"[ \t]*(?:DEADLINE|SCHEDULED):[ \t]*<")
ADDRESS = re.compile(r"(?:https?|ftp|mailto):")
RULE = re.compile(r"[ \t]*\|[-+|]+[ \t]*$")
FOOTNOTE = re.compile(r"\[fn:([\w-]+)\][ \t]+(.*)$")
NOTE = re.compile(r"\[fn:([\w-]*)(?::([^\[\]]*))?\]")
LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]")
MARKED = re.compile(r"(?<![\w*/=~+_])([*/=~+_])(?=\S)((?:(?!\1)[^\n]){0,300}?\S)\1(?!\w)")
RAISED = re.compile(r"\^\{([^{}]*)\}|_\{(\d+)\}")
CODE_BLOCKS = {"src", "example", "export"}
CHECKED = {"": "", "x": "done: ", " ": "open: ", "-": "open: "}
SHOWN = {"author", "date", "email", "subtitle", "description"}


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
        self._caption = ""
        self._titled = 0  # levels that the title takes
        self._notes = {found[1]: found[2] for line in lines if (found := FOOTNOTE.match(line))}

    def read(self) -> None:
        while self._place < len(self._lines):
            line = self._lines[self._place]
            self._place += 1
            if not line.strip() or FOOTNOTE.match(line) or line.startswith("# "):
                self._flush()
            elif not self._read_block(line):
                self._read_line(line)
        self._flush()

    def _read_block(self, line: str) -> bool:
        """Read what takes more lines, or is no text. Returns whether the line began it."""
        if found := BLOCK.match(line):
            self._block(found[1].lower())
        elif line.lstrip().startswith("|"):
            self._table()
        elif found := SETTING.match(line):
            self._setting(found[1].lower(), found[2].strip())
        elif DRAWER.match(line):
            self._until(re.compile(r"[ \t]*:end:[ \t]*$", re.IGNORECASE))
        else:
            return PLANNING.match(line) is not None
        return True

    def _read_line(self, line: str) -> None:
        if found := HEADING.match(line):
            self._flush()
            state = f"{found[2]} " if found[2] else ""
            level = len(found[1]) + self._titled
            self._builder.add("heading", state + self._plain(found[3]), min(level, DEEPEST_HEADING))
        elif found := ITEM.match(line):
            self._flush()
            self._kind = "list_item"
            number = f"{found[1]} " if found[1] else ""
            self._words = [number + CHECKED[(found[2] or "").lower()] + found[3].replace(" :: ", ": ")]
        elif DATES.match(line):
            self._flush()
            self._builder.add("paragraph", _dates(line))
        elif line.lstrip().startswith(": "):
            self._flush()
            self._builder.add("code", line.lstrip()[2:])
        else:
            self._words.append(line)

    def _block(self, name: str) -> None:
        self._flush()
        lines = self._until(re.compile(rf"[ \t]*#\+end_{re.escape(name)}", re.IGNORECASE))
        if name in CODE_BLOCKS:
            self._builder.add("code", "\n".join(line.removeprefix(",") for line in lines))
        elif name != "comment":
            self._lines[self._place : self._place] = lines  # a quote: its text is read like any other

    def _until(self, end: re.Pattern[str]) -> list[str]:
        """The lines before one that matches; none if none does."""
        for place in range(self._place, len(self._lines)):
            if end.match(self._lines[place]):
                lines = self._lines[self._place : place]
                self._place = place + 1
                return lines
        return []

    def _table(self) -> None:
        self._flush()
        self._place -= 1
        rows: list[list[Cell]] = []
        header = 0
        while self._place < len(self._lines) and self._lines[self._place].lstrip().startswith("|"):
            line = self._lines[self._place].strip()
            self._place += 1
            if RULE.match(line):
                header = header or len(rows)
            else:
                rows.append([Cell(self._plain(cell)) for cell in line.strip("|").split("|")])
        header = header if header < len(rows) else 0  # a rule below the last row
        marked = [[Cell(cell.text, header=True) for cell in row] for row in rows[:header]]
        self._builder.add_table([*marked, *rows[header:]], caption=self._caption)
        self._caption = ""

    def _setting(self, name: str, value: str) -> None:
        self._flush()
        if name == "title":
            self._builder.add("heading", self._plain(value), 1)
            self._titled = 1
        elif name == "caption":
            self._caption = self._plain(value)
        elif name in SHOWN and value:
            self._builder.add("paragraph", f"{name.capitalize()}: {self._plain(value)}")

    def _plain(self, text: str) -> str:
        """Words without marks; addresses and footnotes at their place."""
        text = NOTE.sub(lambda found: self._note(found[1], found[2]), text)
        text = LINK.sub(lambda found: _link(found[1], found[2]), text)
        text = RAISED.sub(lambda found: found[2] or f"^{found[1]}", text)
        return collapse_spaces(MARKED.sub(r"\2", MARKED.sub(r"\2", text)))

    def _note(self, name: str, text: str | None) -> str:
        said = text or self._notes.get(name, "")
        return f" ({said})" if said else ""

    def _flush(self) -> None:
        self._builder.add(self._kind, self._plain(" ".join(self._words)))
        self._words, self._kind = [], "paragraph"


def _dates(line: str) -> str:
    """ "DEADLINE: <2026-05-01 Fri>" is "Deadline: 2026-05-01 Fri"."""
    return re.sub(r"[A-Z]{2,}", lambda found: found[0].capitalize(), re.sub(r"[<>]", "", line.strip()))


def _link(address: str, words: str | None) -> str:
    if not words:
        return address
    return f"{words} ({address})" if ADDRESS.match(address) else words
