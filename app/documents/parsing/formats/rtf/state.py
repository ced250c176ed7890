"""What holds within a group of RTF, and the text that is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.documents.parsing.inline_text import InlineText
from app.documents.parsing.text_cleanup import clean

IGNORED, BODY = "ignored", "body"


@dataclass(slots=True)
class State:
    """Formats that a group takes over from the one around it."""

    destination: str = BODY
    owner: str = ""  # the destination that this group itself opened
    font: int = 0
    skip: int = 1  # characters after \\u that older programs show instead
    raised: bool = False
    hidden: bool = False
    bold: bool = False
    deleted: bool = False
    in_table: bool = False
    heading: int = 0
    link_start: int = 0

    def inner(self) -> State:
        """The formats of a group within this one."""
        return State(
            self.destination,
            "",
            self.font,
            self.skip,
            self.raised,
            self.hidden,
            self.bold,
            self.deleted,
            self.in_table,
            self.heading,
        )

    def plain(self) -> None:
        """Reset the format of characters."""
        self.raised = self.hidden = self.bold = self.deleted = False


@dataclass(slots=True)
class Text:
    """A text of its own: the body, a footnote, a comment, a header."""

    line: InlineText = field(default_factory=InlineText)
    lines: list[str] = field(default_factory=list)  # ended lines of a cell, note or header
    label: str = ""
    in_list: bool = False
    notes: list[str] = field(default_factory=list)  # that follow the paragraph
    bold: bool = False
    light: bool = False
    has_hidden: bool = False

    def add(self, text: str, state: State) -> None:
        self.line.add(text, raised=state.raised, hidden=state.hidden)
        if text.strip():
            self.bold = self.bold or state.bold
            self.light = self.light or not state.bold

    def take_line(self) -> str:
        """The current line with its label; another begins."""
        text = _joined(self.line.text()).strip("\n")
        self.has_hidden = self.has_hidden or self.line.has_hidden
        self.line = InlineText()
        label, self.label = self.label, ""
        return f"{label} {text.lstrip()}" if label and text.strip() else text

    def take_all(self) -> tuple[str, bool]:
        """All lines so far, and whether they are bold."""
        self.lines.append(self.take_line())
        text = "\n".join(line for line in self.lines if line.strip())
        is_bold = self.bold and not self.light
        self.lines, self.bold, self.light, self.in_list = [], False, False, False
        return text, is_bold


def _joined(text: str) -> str:
    """Clean text; characters that were given as two halves of UTF-16 are whole."""
    return clean(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
