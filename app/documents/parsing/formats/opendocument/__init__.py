"""OpenDocument by lxml: texts, slides and sheets with notes, lists, tables, charts, as their program shows them."""

from __future__ import annotations

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.opendocument.body import Body
from app.documents.parsing.formats.opendocument.controls import read_controls
from app.documents.parsing.formats.opendocument.elements import all_of, child
from app.documents.parsing.formats.opendocument.runs import RunReader
from app.documents.parsing.formats.opendocument.sheets import add_sheets
from app.documents.parsing.formats.opendocument.styles import Styles
from app.documents.parsing.formats.spreadsheet import legacy
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

CONTENT = "content.xml"
MAX_TREE_BYTES = 32 * 2**20  # of the XML of a spreadsheet: as a tree it takes about ten times as much memory


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "OpenDocument")
    if any(True for _ in all_of(package.optional_xml("META-INF/manifest.xml"), "encryption-data")):
        raise DocumentFailure("encrypted", "The document is protected by a password; remove it and upload it again.")
    root = package.xml(CONTENT)
    body = next((e for e in root.iter() if local(e) == "body"), None)
    if body is None:
        return
    common = package.optional_xml("styles.xml")
    styles = Styles(common, root)
    runs = RunReader(styles, read_controls(body))
    sheets = child(body, "spreadsheet")
    if sheets is not None:
        add_sheets(sheets, package, builder, styles, runs)
        return
    walk = Body(builder, package, styles, runs)
    seen: set[str] = set()
    masters = _masters(common) if child(body, "text") is not None else []
    for part in masters:
        if local(part).startswith("header"):
            walk.margin(part, seen)
    walk.blocks(body)
    walk.end_pages()
    for part in masters:
        if local(part).startswith("footer"):
            walk.margin(part, seen)
    for declared in all_of(body, "footer-decl", "header-decl"):
        builder.add("paragraph", collapse_spaces("".join(declared.itertext())))


def parse_spreadsheet(data: bytes, builder: DocumentBuilder) -> None:
    """As `parse`; sheets too large for a tree by calamine, which keeps the stored values."""
    if Package(data, builder, "OpenDocument").size(CONTENT) <= MAX_TREE_BYTES:
        parse(data, builder)
        return
    builder.warn("number_formats_left_out", "The sheets are so large that numbers stand as they are stored.")
    legacy.parse(data, builder)


def _masters(common: Element | None) -> list[Element]:
    """Headers and footers of the pages."""
    return [part for page in all_of(common, "master-page") for part in page if local(part)]
