"""Address cards (vCard): one line of `field: value` for each."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.content_lines import Component, Property, components
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import SEPARATOR
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

FIELDS = {
    "FN": "Name",
    "NICKNAME": "Nickname",
    "ORG": "Organisation",
    "TITLE": "Title",
    "ROLE": "Role",
    "TEL": "Telephone",
    "EMAIL": "Email",
    "ADR": "Address",
    "URL": "Link",
    "BDAY": "Birthday",
    "NOTE": "Note",
}
NO_KINDS = {"internet", "voice", "pref", "x-internet"}  # what says nothing of a number or an address


def parse(data: bytes, builder: DocumentBuilder) -> None:
    for card in components(clean(decode(data))):
        if card.name == "VCARD":
            builder.add("table", SEPARATOR.join(_fields(card)))
    if not builder.length:
        raise DocumentFailure("no_text", "The file holds no address cards.")


def _fields(card: Component) -> Iterator[str]:
    if card.first("FN") is None and (name := card.first("N")):
        yield f"Name: {_joined(list(reversed(name.parts(';')[:2])), ' ')}"
    for line in card.properties:
        if line.name in FIELDS and (said := _said(line)):
            yield f"{FIELDS[line.name]}{_kind(line)}: {said}"


def _said(line: Property) -> str:
    if line.name in {"ADR", "ORG"}:
        return _joined(line.parts(";"), ", ")
    return collapse_spaces(line.text.removeprefix("tel:"))


def _kind(line: Property) -> str:
    """Like " (work)"."""
    kinds = [kind for kind in line.parameters.get("TYPE", "").lower().split(",") if kind and kind not in NO_KINDS]
    return f" ({', '.join(kinds)})" if kinds else ""


def _joined(parts: list[str], divider: str) -> str:
    return divider.join(said for part in parts if (said := collapse_spaces(part)))
