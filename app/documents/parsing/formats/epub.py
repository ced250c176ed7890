"""EPUB: the chapters in reading order, each read as HTML."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.html import add_html
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.text import decode
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

CONTAINER = "META-INF/container.xml"
READABLE = {"application/xhtml+xml", "text/html"}


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "EPUB")
    opf_name = next((e.get("full-path", "") for e in package.xml(CONTAINER).iter() if local(e) == "rootfile"), "")
    opf = package.xml(opf_name)
    builder.title = next((collapse_spaces(e.text or "") for e in opf.iter() if local(e) == "title"), "")
    for name in _chapters(opf, posixpath.dirname(opf_name)):
        if package.has(name) and (content := package.read(name)).strip():
            add_html(builder, decode(content))


def _chapters(opf: Element, folder: str) -> list[str]:
    """Names of the chapters in the order of the spine."""
    items = {e.get("id"): e for e in opf.iter() if local(e) == "item"}
    spine = [items.get(e.get("idref")) for e in opf.iter() if local(e) == "itemref"]
    if not spine:
        raise DocumentFailure("truncated", "The EPUB file names no chapters; export it again.")
    return [
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in spine
        if item is not None and item.get("media-type") in READABLE
    ]
