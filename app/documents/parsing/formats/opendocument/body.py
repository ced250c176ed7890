"""Walks through the body of an OpenDocument text or presentation without recursion and adds blocks in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.charts import Chart
from app.documents.parsing.formats.drawings import add_drawn, picture_text
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute, number
from app.documents.parsing.formats.opendocument.numbering import Counter
from app.documents.parsing.formats.opendocument.objects import read_object
from app.documents.parsing.formats.opendocument.runs import FRAMES, LEFT_OUT, Paragraph, RunReader, comment_text
from app.documents.parsing.formats.opendocument.styles import Styles
from app.documents.parsing.formats.opendocument.tables import PROSE, TableReader, is_layout

HIDDEN_SLIDE = "(hidden slide)"


@dataclass(slots=True)
class _List:
    """The list around a place: how deep, and what the next paragraph of an item is."""

    style: str
    depth: int
    label: str | None = None  # of the item, until its first paragraph has it
    counter: Counter = field(default_factory=lambda: Counter({}))


class Body:
    """Adds what the body, a header or a note holds."""

    def __init__(self, builder: DocumentBuilder, package: Package, styles: Styles, runs: RunReader) -> None:
        self._builder = builder
        self._package = package
        self._styles = styles
        self._runs = runs
        self._counters: dict[str, Counter] = {}
        self._headings = Counter(styles.outline)
        self._pages = 0
        self._mark = ""  # of a hidden slide, until its title has it

    def blocks(self, root: Element, mark: str = "") -> None:
        """Add what `root` holds; `mark` goes before its first paragraph."""
        stack: list[tuple[Element, _List | None]] = [(root, None)]
        while stack:
            element, around = stack.pop()
            name = local(element)
            if name == "page" and attribute(element, "name"):
                self._begin_page(element)
            if name == "table" and not is_layout(element):
                self._table(element)
            elif name in PROSE:
                found = self._runs.read(element)
                self._prose(element, found, around, mark)
                mark = "" if found.text.strip() else mark
                stack.extend((frame, None) for frame in reversed(found.frames))
            elif name in {"object", "annotation"} or (name in {"title", "desc"} and _is_of_frame(element)):
                self._drawn(name, element)
            elif name and name not in LEFT_OUT:
                around = self._enter(name, element, around)
                stack.extend((part, around) for part in reversed(element))

    def end_pages(self) -> None:
        """End the last slide."""
        if self._pages:
            self._builder.end_page()

    def margin(self, root: Element, seen: set[str]) -> None:
        """Add a header or footer; a text that several pages share is added once."""
        text = " ".join(self._runs.read(p).text for p in all_of(root, *PROSE)).strip()
        if any(char.isalpha() for char in text) and text not in seen:
            seen.add(text)
            self.blocks(root)

    def _begin_page(self, page: Element) -> None:
        if self._pages:
            self._builder.end_page()
        self._pages += 1
        self._builder.count_pages(self._pages)
        if self._styles.look("drawing-page", attribute(page, "style-name")).hidden:
            self._builder.warn("hidden_slide", f"Slide {self._pages} is hidden; its text is read and marked as hidden.")
            self._mark = HIDDEN_SLIDE
            if not any(_is_title_frame(frame) for frame in all_of(page, "frame")):
                self._builder.add("heading", f"Slide {self._pages} {HIDDEN_SLIDE}", 1)
                self._mark = ""

    def _enter(self, name: str, element: Element, around: _List | None) -> _List | None:
        """The list around what `element` holds."""
        if name == "list":
            own = attribute(element, "style-name")
            if around is not None:
                return _List(own or around.style, around.depth + 1, None, around.counter)
            continues = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
            if own not in self._counters or not continues:
                self._counters[own] = Counter(self._styles.lists.get(own, {}))
            return _List(own, 1, None, self._counters[own])
        if name == "list-item" and around is not None:
            start = attribute(element, "start-value")
            heads = any(local(part) in PROSE and local(part) != "h" for part in element)
            label = around.counter.label(around.depth, int(start) if start.isdecimal() else None) if heads else None
            return _List(around.style, around.depth, label, around.counter)
        return None if name in {"text-box", "note-body"} else around

    def _prose(self, element: Element, found: Paragraph, around: _List | None, mark: str) -> None:
        text = found.text
        label = ""
        if around is not None and around.label is not None and local(element) == "p":
            label, around.label = around.label, None
        if local(element) == "h":
            level = max(number(element, "outline-level", 1), 1)
            if attribute(element, "is-list-header") != "true":
                label = self._headings.label(level)
            self._builder.add("heading", " ".join(f"{label} {text}".split()) if text.strip() else "", level)
        elif self._is_title(element):
            self._builder.add("heading", " ".join(f"{text} {self._mark}".split()), 1)
            self._mark = ""
        else:
            words = " ".join(part for part in (mark, label, text.strip("\n") if mark or label else text) if part)
            self._builder.add("list_item" if around is not None else "paragraph", words if text.strip() else "")
        self._attached(found)

    def _is_title(self, element: Element) -> bool:
        """Text of a slide's title frame, or in the style that word processors keep for titles."""
        if self._styles.is_named("paragraph", attribute(element, "style-name"), "Title"):
            return True
        return any(_is_title_frame(up) for up in element.iterancestors() if local(up) == "frame")

    def _attached(self, found: Paragraph) -> None:
        """Add the notes and comments of a paragraph."""
        if found.has_hidden:
            self._builder.warn("hidden_text", "The document holds hidden text; it is marked as hidden.")
        for mark, body in found.notes:
            texts = [self._runs.read(p).text for p in all_of(body, *PROSE)]
            text = "\n".join(text for text in texts if text.strip())
            self._builder.add("paragraph", f"^{mark} {text}" if mark and text else text)
        for comment in found.comments:
            self._builder.add("paragraph", comment)

    def _table(self, table: Element) -> None:
        reader = TableReader(self._runs.read)
        self._builder.add_table(reader.rows(table))
        for found in reader.paragraphs:
            self._attached(found)
            for frame in found.frames:
                self._frame_in_cell(frame)

    def _frame_in_cell(self, frame: Element) -> None:
        for element in all_of(frame, "object", "p", "title", "desc"):
            if local(element) == "p":
                self._builder.add("paragraph", self._runs.read(element).text)
            elif local(element) == "object" or _is_of_frame(element):
                self._drawn(local(element), element)

    def _drawn(self, name: str, element: Element) -> None:
        if name == "annotation":
            self._builder.add("paragraph", comment_text(element))
        elif name == "object":
            drawn = read_object(self._package, element)
            if isinstance(drawn, Chart) or drawn:
                add_drawn(self._builder, drawn)
        else:
            self._builder.add("paragraph", picture_text("".join(element.itertext())))


def _is_title_frame(frame: Element) -> bool:
    return attribute(frame, "class") == "title"


def _is_of_frame(element: Element) -> bool:
    """Whether a title or description is that of a picture or drawing."""
    above = element.getparent()
    return above is not None and local(above) in FRAMES
