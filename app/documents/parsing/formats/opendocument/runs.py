"""The text of a paragraph of OpenDocument as it is shown, with what hangs on it: notes, comments, frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute, child, number
from app.documents.parsing.formats.opendocument.styles import PLAIN, Style, Styles
from app.documents.parsing.inline_text import InlineText
from app.documents.parsing.text_cleanup import clean, collapse_spaces

SPACING = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
LEFT_OUT = {"tracked-changes", "forms", "sequence-decls", "ruby-text", "title", "desc", "number", "script", "image-map"}
FRAMES = {"frame", "custom-shape", "text-box", "rect", "ellipse", "g", "a-frame"}
MAX_SPACES = 100


@dataclass(slots=True)
class Paragraph:
    text: str = ""
    bold: bool = False  # all of it that is not white space
    has_hidden: bool = False
    notes: list[tuple[str, Element]] = field(default_factory=list)  # mark, body
    comments: list[str] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)  # text boxes, pictures, charts


@dataclass(frozen=True, slots=True)
class _Shown:
    raised: bool = False
    hidden: bool = False
    bold: bool = False

    def within(self, style: Style) -> _Shown:
        return _Shown(
            self.raised if style.raised is None else style.raised,
            self.hidden if style.hidden is None else style.hidden,
            self.bold if style.bold is None else style.bold,
        )


@dataclass(frozen=True, slots=True)
class _Tail:
    """The text behind an element, and the end of a link if it was one."""

    element: Element
    link_start: int = -1


class RunReader:
    """Reads paragraphs without recursion. `controls` gives what each form control shows, by its id."""

    def __init__(self, styles: Styles, controls: Mapping[str, str]) -> None:
        self._styles = styles
        self._controls = controls
        self._shown: dict[str, _Shown] = {}  # by style of paragraphs

    def read(self, paragraph: Element) -> Paragraph:
        found, line = Paragraph(), InlineText()
        weights = {True: False, False: False}
        shown = self._of_style(attribute(paragraph, "style-name"))
        self._add(line, paragraph.text, shown, weights)
        stack: list[tuple[Element | _Tail, _Shown]] = [(part, shown) for part in reversed(paragraph)]
        while stack:
            element, shown = stack.pop()
            if isinstance(element, _Tail):
                if element.link_start >= 0:
                    line.close_link(element.link_start, attribute(element.element, "href"))
                self._add(line, element.element.tail, shown, weights)
                continue
            name = local(element)
            stack.append((_Tail(element, len(line) if name == "a" else -1), shown))
            if name in SPACING or name in {"s", "control"} or self._hang(name, element, found, line):
                line.add(self._sign(name, element), hidden=shown.hidden)
            elif name and name not in LEFT_OUT:
                inside = shown.within(self._style(name, element))
                self._add(line, element.text, inside, weights)
                stack.extend((part, inside) for part in reversed(element))
        found.text, found.has_hidden = clean(line.text()), line.has_hidden
        found.bold = weights[True] and not weights[False]
        return found

    def _of_style(self, name: str) -> _Shown:
        if name not in self._shown:
            self._shown[name] = _Shown().within(self._styles.look("paragraph", name))
        return self._shown[name]

    def _add(self, line: InlineText, text: str | None, shown: _Shown, weights: dict[bool, bool]) -> None:
        if text:
            line.add(text, raised=shown.raised, hidden=shown.hidden)
            if text.strip():
                weights[shown.bold] = True

    def _style(self, name: str, element: Element) -> Style:
        if name == "span":
            return self._styles.look("text", attribute(element, "style-name"))
        return Style(hidden=True) if name == "hidden-text" and attribute(element, "is-hidden") == "true" else PLAIN

    def _sign(self, name: str, element: Element) -> str:
        if name == "s":
            return " " * min(number(element, "c", 1), MAX_SPACES)
        return self._controls.get(attribute(element, "control"), "") if name == "control" else SPACING.get(name, "")

    @staticmethod
    def _hang(name: str, element: Element, found: Paragraph, line: InlineText) -> bool:
        """Keep what hangs on the paragraph; True if `element` does and is no text of its own."""
        if name == "note":
            mark = collapse_spaces("".join(text for e in all_of(element, "note-citation") for text in e.itertext()))
            line.add(mark, raised=True)
            if (body := child(element, "note-body")) is not None:
                found.notes.append((mark, body))
        elif name == "annotation":
            found.comments.append(comment_text(element))
        elif name in FRAMES:
            found.frames.append(element)
        else:
            return False
        return True


def comment_text(annotation: Element) -> str:
    """A comment with its author; empty if it says nothing."""
    creator = collapse_spaces("".join(text for e in all_of(annotation, "creator") for text in e.itertext()))
    words = collapse_spaces(" ".join("".join(e.itertext()) for e in all_of(annotation, "p")))
    return f"[Comment{f' by {creator}' if creator else ''}: {words}]" if words else ""
