"""DOCX by lxml: headings, numbered clauses, tables, notes at their place, text boxes, charts, headers and footers.

Read from the XML itself: a paragraph may stand in a text box, a content control or a change that was tracked.
"""

from __future__ import annotations

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.docx.body import Body, Sources
from app.documents.parsing.formats.docx.notes import Notes
from app.documents.parsing.formats.docx.numbering import Numbering
from app.documents.parsing.formats.docx.styles import Styles
from app.documents.parsing.formats.embedded_files import add_embedded
from app.documents.parsing.formats.opc import Element, Package

NOTES = ("footnotes", "endnotes", "comments")


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "DOCX")
    main = _main_part(package)
    document = package.xml(main)
    relations = list(package.related(main).values())
    parts = dict(reversed(relations))
    styles = Styles(_root(package, parts, "styles", "word/styles.xml"))
    notes = {kind: root for kind in NOTES if (root := _root(package, parts, kind)) is not None}
    numbering = Numbering(_root(package, parts, "numbering"), styles.lists())
    sources = Sources(package, styles, numbering, Notes(notes, document), parts)
    body = Body(builder, sources, main)
    seen: set[str] = set()
    for kind, part in relations:
        if kind == "header":
            body.margin(part, seen)
    body.blocks(document)
    body.remaining_notes()
    for kind, part in relations:
        if kind == "footer":
            body.margin(part, seen)
    add_embedded(package, relations, builder)


def _main_part(package: Package) -> str:
    for kind, part in package.related("").values() or package.related("/").values():
        if kind == "officeDocument" and package.has(part):
            return part
    return "word/document.xml"


def _root(package: Package, parts: dict[str, str], kind: str, usual: str = "") -> Element | None:
    part = parts.get(kind, usual)
    return package.optional_xml(part) if part else None
