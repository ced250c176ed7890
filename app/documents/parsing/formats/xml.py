"""XML by lxml, without resolving entities or loading anything: records become rows, other text paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, local, parse_xml
from app.documents.parsing.formats.record import Field, identity, record_line
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_FIELDS = 40  # children of an element that reads as a record
MAX_FIELD_CHARS = 300
MAX_LABEL_CHARS = 100  # of a value beside which other elements stand
HEADING_TAGS = {"title", "heading", "head"}
PROSE_TAGS = {*HEADING_TAGS, "p", "para", "abstract", "caption", "subtitle"}
VALUE_NAMES = {"value", "val", "v", "text", "content"}
NO_DATA = {"style", "lang", "rend", "rendition", "space", "base", "xmlns", "schemaLocation"}


@dataclass(frozen=True, slots=True)
class _Place:
    """An element still to be read, and what identifies the elements around it."""

    element: Element
    ancestors: tuple[tuple[Field, ...], ...] = ()


def parse(data: bytes, builder: DocumentBuilder) -> None:
    stack = [_Place(parse_xml(data, "The file", recover=True))]
    while stack:
        place = stack.pop()
        if local(place.element):
            stack.extend(reversed(_add(builder, place)))


def _add(builder: DocumentBuilder, place: _Place) -> list[_Place]:
    """Add what the element says itself. Returns its children that are still to be read."""
    element = place.element
    if not len(element):
        _add_leaf(builder, place)
        return []
    attributes = _attributes(element)
    if _is_mixed(element):
        _line(builder, place, attributes)
        builder.add("paragraph", collapse_spaces(" ".join(map(str, element.itertext()))))
        return []
    is_record = _is_record(element)
    leaves = list(element) if is_record else _labels(element)
    fields = [*attributes, *(_field(leaf) for leaf in leaves if _says(leaf))]
    _line(builder, place, fields, tag=bool(attributes or place.ancestors) or not is_record)
    if is_record:
        return []
    known = tuple(identity(local(element), fields))
    ancestors = (*place.ancestors, known)[-4:] if known else place.ancestors
    taken = set(leaves)
    return [_Place(child, ancestors) for child in element if child not in taken]


def _add_leaf(builder: DocumentBuilder, place: _Place) -> None:
    text, attributes = _text(place.element), _attributes(place.element)
    name = local(place.element)
    in_record = bool(place.ancestors or attributes) and name not in PROSE_TAGS
    if len(text) < MAX_LABEL_CHARS and in_record:
        _line(builder, place, [*attributes, *([("", text)] if text else [])])
        return
    _line(builder, place, attributes)
    builder.add("heading" if name in HEADING_TAGS and len(text) < 200 else "paragraph", text, 2)


def _line(builder: DocumentBuilder, place: _Place, fields: list[Field], *, tag: bool = True) -> None:
    builder.count_cells(len(fields))
    builder.add("table", record_line(local(place.element) if tag else "", place.ancestors, fields))


def _is_record(element: Element) -> bool:
    """True if the element has two or more leaves of one value and nothing else."""
    leaves = [child for child in element if local(child)]
    return 2 <= len(leaves) <= MAX_FIELDS and all(_has_one_value(leaf, MAX_FIELD_CHARS) for leaf in leaves)


def _has_one_value(element: Element, longest: int) -> bool:
    if len(element) or len(_text(element)) >= longest:
        return False
    names = {name for name, _ in _attributes(element)}
    return bool(_text(element)) or not names or (len(names) == 1 and names <= VALUE_NAMES)


def _labels(element: Element) -> list[Element]:
    """Short leaves, each of a name of its own, beside elements that hold more: the record's own values."""
    leaves = [child for child in element if local(child) and _has_one_value(child, MAX_LABEL_CHARS)]
    names = [local(leaf) for leaf in leaves]
    unique = len(set(names)) == len(names) <= MAX_FIELDS and len(leaves) < len(element)
    return leaves if unique and PROSE_TAGS.isdisjoint(map(local, element)) else []


def _is_mixed(element: Element) -> bool:
    """True if there is text beside the children: prose with marked-up words."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _attributes(element: Element) -> list[Field]:
    """The attributes that hold data: not those of the language, the look or the schema, nor of the parts of a prose."""
    if _is_prose(element):
        return []
    named = ((str(key).rpartition("}"), collapse_spaces(str(value))) for key, value in element.attrib.items())
    return [
        (name, value)
        for (space, _, name), value in named
        if value and name not in NO_DATA and not space.startswith("{http://www.w3.org/")
    ]


def _is_prose(element: Element) -> bool:
    """True for a paragraph or title, and for what holds some beside larger parts."""
    if local(element) in PROSE_TAGS:
        return True
    return any(local(child) in PROSE_TAGS for child in element) and not _has_leaves_only(element)


def _has_leaves_only(element: Element) -> bool:
    return all(not len(child) for child in element)


def _text(element: Element) -> str:
    return collapse_spaces(element.text or "")


def _says(element: Element) -> bool:
    return bool(local(element)) and bool(_text(element) or _attributes(element))


def _field(leaf: Element) -> Field:
    """A leaf as a field: its text, with its attributes in brackets, or the value in its only attribute."""
    attributes = _attributes(leaf)
    if not _text(leaf) and attributes:
        return local(leaf), attributes[0][1]
    more = ", ".join(f"{name}: {value}" for name, value in attributes)
    return local(leaf), " ".join(filter(None, [_text(leaf), f"({more})" if more else ""]))
