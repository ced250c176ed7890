"""PPTX by lxml: slides as pages, titles as headings, bullets, tables, grouped shapes and speaker notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.text_cleanup import clean

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAIN = "ppt/presentation.xml"
SLIDE_NAME = re.compile(r"^ppt/slides/slide(\d+)\.xml$")
TITLES = {"title", "ctrTitle"}
FURNITURE = {"dt", "sldNum", "ftr", "hdr", "sldImg"}  # placeholders that say nothing of the slide


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "PPTX")
    slides = _slides(package)
    builder.count_pages(len(slides))
    for number, name in enumerate(slides):
        builder.report(number, len(slides), False)
        root = package.optional_xml(name)
        if root is not None:
            _add_slide(root, builder)
            for kind, part in package.related(name).values():
                _add_related(package, kind, part, builder)
        builder.end_page()


def _slides(package: Package) -> list[str]:
    """Names of the slides in the order of the presentation, or by number if it has no order."""
    relations = package.related(MAIN)
    listed = [relations[e.get(R_ID, "")][1] for e in package.xml(MAIN).iter(f"{P}sldId") if e.get(R_ID) in relations]
    numbered = sorted((int(m.group(1)), name) for name in package.names() if (m := SLIDE_NAME.match(name)))
    return listed or [name for _, name in numbered]


def _add_related(package: Package, kind: str, part: str, builder: DocumentBuilder) -> None:
    """Add notes and diagrams (SmartArt), which are parts of their own."""
    root = package.optional_xml(part) if kind in {"notesSlide", "diagramData"} else None
    if root is None:
        return
    if kind == "notesSlide":
        _add_slide(root, builder)
        return
    for paragraph in root.iter(f"{A}p"):
        builder.add("paragraph", _text(paragraph))


def _add_slide(root: Element, builder: DocumentBuilder) -> None:
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "tbl":
            builder.add_table([[_cell(cell) for cell in row.iter(f"{A}tc")] for row in element.iter(f"{A}tr")])
        elif name == "sp":
            _add_shape(element, builder)
        elif name and name != "Fallback":
            stack.extend(reversed(element))


def _add_shape(shape: Element, builder: DocumentBuilder) -> None:
    placeholder = next((e.get("type", "body") for e in shape.iter(f"{P}ph")), "")
    if placeholder in FURNITURE:
        return
    paragraphs = [text for p in shape.iter(f"{A}p") if (text := _text(p)).strip()]
    if placeholder in TITLES:
        builder.add("heading", " ".join(" ".join(paragraphs).split()), 1)
        return
    for text in paragraphs:
        builder.add("list_item" if placeholder else "paragraph", text)


def _text(paragraph: Element) -> str:
    return clean("".join(_pieces(paragraph)))


def _pieces(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if local(element) == "t":
            yield element.text or ""
        elif local(element) == "br":
            yield "\n"


def _cell(cell: Element) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(f"{A}p"))
