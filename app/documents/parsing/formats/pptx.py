"""PPTX by lxml: slides as pages, titles, numbered points, tables, charts, diagrams, comments and speaker notes."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.drawing_text import R_ID, A, is_bold, numbered_paragraphs, paragraph_text
from app.documents.parsing.formats.drawings import add_chart, add_diagram, picture_text, related_chart
from app.documents.parsing.formats.embedded_files import add_embedded
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import collapse_spaces

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
MAIN = "ppt/presentation.xml"
SLIDE_NAME = re.compile(r"^ppt/slides/slide(\d+)\.xml$")
TITLES = {"title", "ctrTitle"}
NUMBERS_AND_DATES = {"dt", "sldNum", "sldImg"}  # placeholders that say nothing of the slide
MARGINS = {"ftr", "hdr"}
HIDDEN_SLIDE = "(hidden slide)"
MAX_SPAN = 200
WIDE = 3  # columns from which a special first row is believed: new tables have one, and records keep it


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "PPTX")
    slides = _slides(package)
    builder.count_pages(len(slides))
    authors = _authors(package)
    margins: set[str] = set()
    for number, name in enumerate(slides):
        builder.report(number, len(slides), False)
        root = package.optional_xml(name)
        if root is not None:
            _Slide(package, builder, name, margins).add(root, number + 1, authors)
            add_embedded(package, package.related(name).values(), builder)
        builder.end_page()


def _slides(package: Package) -> list[str]:
    """Names of the slides in the order of the presentation, or by number if it has no order."""
    relations = package.related(MAIN)
    listed = [relations[e.get(R_ID, "")][1] for e in package.xml(MAIN).iter(f"{P}sldId") if e.get(R_ID) in relations]
    numbered = sorted((int(m.group(1)), name) for name in package.names() if (m := SLIDE_NAME.match(name)))
    return listed or [name for _, name in numbered]


def _authors(package: Package) -> dict[str, str]:
    """Names of those who comment, by id."""
    found: dict[str, str] = {}
    for kind, part in package.related(MAIN).values():
        root = package.optional_xml(part) if kind in {"commentAuthors", "authors"} else None
        for author in root if root is not None else ():
            found[author.get("id", "")] = collapse_spaces(author.get("name", ""))
    return found


class _Slide:
    """One slide or its notes; `margins` are footers that stand on slides before it."""

    def __init__(self, package: Package, builder: DocumentBuilder, part: str, margins: set[str]) -> None:
        self._package = package
        self._builder = builder
        self._margins = margins
        self._relations = package.related(part)
        self._links = package.links(part)
        self._part = part
        self._mark = ""
        self._diagrams: set[str] = set()

    def add(self, root: Element, number: int, authors: dict[str, str]) -> None:
        if root.get("show", "1") in {"0", "false"}:
            self._mark = HIDDEN_SLIDE
            self._builder.warn("hidden_slide", f"Slide {number} is hidden; its text is read and marked as hidden.")
            if not any(ph.get("type") in TITLES for ph in root.iter(f"{P}ph")):
                self._builder.add("heading", f"Slide {number} {HIDDEN_SLIDE}", 1)
        self.shapes(root)
        for kind, part in self._relations.values():
            self._add_related(kind, part, authors)

    def shapes(self, root: Element) -> None:
        """Add shapes in order, also those in groups."""
        stack = [root]
        while stack:
            element = stack.pop()
            name = local(element)
            if name == "tbl":
                self._builder.add_table(self._rows(element))
            elif name == "sp":
                self._shape(element)
            elif name in {"chart", "relIds"}:
                self._graphic(element)
            elif name == "cNvPr":
                self._builder.add("paragraph", picture_text(element.get("descr", "")))
            elif name and name not in {"Fallback", "oleObj"}:
                stack.extend(reversed(element))

    def _graphic(self, element: Element) -> None:
        if local(element) == "relIds":
            key = element.get(DIAGRAM, "")
            root = self._package.optional_xml(self._relations.get(key, ("", ""))[1])
            if root is not None:
                self._diagrams.add(self._relations[key][1])
                add_diagram(self._builder, root)
        elif (chart := related_chart(self._package, self._relations, element)) is not None:
            add_chart(self._builder, chart)

    def _shape(self, shape: Element) -> None:
        placeholder = next((e.get("type", "body") for e in shape.iter(f"{P}ph")), "")
        if placeholder in NUMBERS_AND_DATES:
            return
        paragraphs = list(numbered_paragraphs(shape, self._links))
        if placeholder in TITLES:
            title = " ".join(" ".join(text for text, _ in paragraphs).split())
            self._builder.add("heading", f"{title} {self._mark}".strip(), 1)
            return
        if placeholder in MARGINS:
            self._margin(" ".join(text for text, _ in paragraphs))
            return
        for text, is_numbered in paragraphs:
            self._builder.add("list_item" if placeholder or is_numbered else "paragraph", text)
        description = next((e.get("descr", "") for e in shape.iter(f"{P}cNvPr")), "")
        self._builder.add("paragraph", picture_text(description))

    def _margin(self, text: str) -> None:
        """Add a header or footer the first time that it comes."""
        text = collapse_spaces(text)
        if text not in self._margins:
            self._margins.add(text)
            self._builder.add("paragraph", text)

    def _rows(self, table: Element) -> list[list[Cell]]:
        properties = table.find(f"{A}tblPr")
        wide = max((len(row) for row in table.iter(f"{A}tr")), default=0) >= WIDE
        first_row = wide and properties is not None and properties.get("firstRow") in {"1", "true"}
        first_column = properties is not None and properties.get("firstCol") in {"1", "true"}
        rows: list[list[Cell]] = []
        for number, row in enumerate(table.iter(f"{A}tr")):
            cells: list[Cell] = []
            for place, cell in enumerate(row.iter(f"{A}tc")):
                if cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}:
                    continue  # within a cell that spans it
                marked = (first_row and number == 0) or (first_column and place == 0)
                cells.append(self._cell(cell, header=marked or None))
            rows.append(cells)
        return rows

    def _cell(self, cell: Element, *, header: bool | None) -> Cell:
        paragraphs = list(cell.iter(f"{A}p"))
        texts = [text for p in paragraphs if (text := paragraph_text(p, self._links)).strip()]
        bold = [is_bold(p) for p in paragraphs if paragraph_text(p).strip()]
        rows, columns = _span(cell, "rowSpan"), _span(cell, "gridSpan")
        return Cell("\n".join(texts), rows, columns, header, bool(bold) and all(bold))

    def _add_related(self, kind: str, part: str, authors: dict[str, str]) -> None:
        """Add notes, comments and diagrams, which are parts of their own."""
        if kind not in {"notesSlide", "diagramData", "comments"} or part in self._diagrams:
            return
        root = self._package.optional_xml(part)
        if root is None:
            return
        if kind == "notesSlide":
            _Slide(self._package, self._builder, part, self._margins).shapes(root)
        elif kind == "diagramData":
            add_diagram(self._builder, root)
        else:
            self._comments(root, authors)

    def _comments(self, root: Element, authors: dict[str, str]) -> None:
        for comment in root.iter():
            if local(comment) not in {"cm", "reply"}:
                continue
            body = [child for child in comment if local(child) in {"text", "txBody"}]
            text = collapse_spaces(
                " ".join(t.text or "" for part in body for t in part.iter() if local(t) in {"t", "text"})
            )
            author = authors.get(comment.get("authorId", ""), "")
            self._builder.add("paragraph", f"[Comment{f' by {author}' if author else ''}: {text}]" if text else "")


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), MAX_SPAN) if value.isdecimal() and int(value) else 1
