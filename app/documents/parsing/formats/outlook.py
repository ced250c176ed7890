"""Outlook messages (MSG) by olefile: subject, people and text; attachments go to their own parsers."""

from __future__ import annotations

import olefile

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import text
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.html import add_html
from app.documents.parsing.formats.ole import open_compound, read_stream
from app.documents.parsing.text_cleanup import clean, collapse_spaces

# Property ids of MAPI ([MS-OXPROPS]); 001F: UTF-16, 001E: 8 bit, 0102: bytes.
SUBJECT, SENDER, TO, CC, BODY, HTML = "0037", "0C1A", "0E04", "0E03", "1000", "1013"
ATTACHMENT, LONG_NAME, SHORT_NAME, CONTENT = "__attach_version1.0_", "3707", "3704", "3701"
EMBEDDED = "__substg1.0_3701000D"


def parse(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    file = open_compound(data)
    for folder in _messages(file):
        _add_message(file, folder, builder, members)
    members.check()


def _messages(file: olefile.OleFileIO) -> list[list[str]]:
    """The folders of the message and of the messages attached to it."""
    embedded = {tuple(path[: path.index(EMBEDDED) + 1]) for path in file.listdir(streams=True) if EMBEDDED in path}
    return [[], *map(list, sorted(embedded))]


def _add_message(file: olefile.OleFileIO, folder: list[str], builder: DocumentBuilder, members: Members) -> None:
    builder.add("heading", collapse_spaces(_text(file, folder, SUBJECT)), 1)
    people = [("From", SENDER), ("To", TO), ("Cc", CC)]
    said = [f"{name}: {value}" for name, key in people if (value := collapse_spaces(_text(file, folder, key)))]
    builder.add("paragraph", "\n".join(said))
    body, html = _text(file, folder, BODY), _bytes(file, folder, HTML)
    if body.strip():
        for paragraph in text.BLANK_LINES.split(clean(body)):
            builder.add("paragraph", paragraph)
    elif html.strip():
        add_html(builder, text.decode(html))
    for attachment in _attachments(file, folder):
        content = _bytes(file, attachment, CONTENT)
        if content:
            name = _text(file, attachment, LONG_NAME) or _text(file, attachment, SHORT_NAME) or "attachment"
            members.add(collapse_spaces(name), content)


def _attachments(file: olefile.OleFileIO, folder: list[str]) -> list[list[str]]:
    depth = len(folder)
    found = {
        path[depth]
        for path in file.listdir(streams=True)
        if path[:depth] == folder and len(path) > depth + 1 and path[depth].startswith(ATTACHMENT)
    }
    return [[*folder, name] for name in sorted(found)]


def _text(file: olefile.OleFileIO, folder: list[str], key: str) -> str:
    wide = read_stream(file, [*folder, f"__substg1.0_{key}001F"])
    if wide:
        return wide.decode("utf-16-le", errors="replace").strip("\0")
    narrow = read_stream(file, [*folder, f"__substg1.0_{key}001E"])
    return text.decode(narrow).strip("\0") if narrow.strip(b"\0 \r\n\t") else ""


def _bytes(file: olefile.OleFileIO, folder: list[str], key: str) -> bytes:
    return read_stream(file, [*folder, f"__substg1.0_{key}0102"])
