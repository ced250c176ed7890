"""XML by lxml, without resolving entities or loading anything: records become rows, other text paragraphs."""

from __future__ import annotations

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, local, parse_xml
from app.documents.parsing.tables import SEPARATOR
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_FIELDS = 40  # children of an element that reads as a record
MAX_FIELD_CHARS = 300
HEADING_TAGS = {"title", "heading", "head"}


def parse(data: bytes, builder: DocumentBuilder) -> None:
    root = parse_xml(data, "The file", recover=True)
    stack = [root]
    while stack:
        element = stack.pop()
        if not local(element):
            continue
        if not len(element):
            text = collapse_spaces(element.text or "")
            builder.add("heading" if local(element) in HEADING_TAGS and len(text) < 200 else "paragraph", text, 2)
        elif _is_record(element):
            builder.add("table", SEPARATOR.join(_field(child) for child in element if _text(child)))
        elif _is_mixed(element):
            builder.add("paragraph", collapse_spaces(" ".join(map(str, element.itertext()))))
        else:
            stack.extend(reversed(element))


def _is_record(element: Element) -> bool:
    """True if the element has two or more short leaves and nothing else."""
    leaves = [child for child in element if local(child)]
    return (
        2 <= len(leaves) <= MAX_FIELDS
        and all(not len(leaf) and len(_text(leaf)) < MAX_FIELD_CHARS for leaf in leaves)
        and not _is_mixed(element)
    )


def _is_mixed(element: Element) -> bool:
    """True if there is text beside the children: prose with marked-up words."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _text(element: Element) -> str:
    return collapse_spaces(element.text or "")


def _field(element: Element) -> str:
    return f"{local(element)}: {_text(element)}"
