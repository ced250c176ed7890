"""Mail (EML, MBOX): subject, people, date and text; attachments go to their own parsers."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default as modern
from typing import cast

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import text
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.html import add_html, plain_text
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

SHOWN_HEADERS = ("From", "To", "Cc", "Date")
ENVELOPE = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError)
NEW_WORDS = 0.1  # share of the plain text's words that HTML must lack to add both


def parse(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    _add_message(_parsed(data), builder, members)
    if not builder.length:
        raise DocumentFailure("empty_document", "The message is empty.")
    members.check()


def parse_mbox(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    for message in ENVELOPE.split(data):
        if message.strip():
            _add_message(_parsed(message), builder, members)
    members.check()


def _parsed(data: bytes) -> EmailMessage:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = text.decode(data).encode()
    return message_from_bytes(data.lstrip(b"\r\n") if b":" in data[:998] else data, policy=modern)


def _add_message(message: EmailMessage, builder: DocumentBuilder, members: Members) -> None:
    builder.add("heading", _header(message, "Subject"), 1)
    people = [f"{name}: {value}" for name in SHOWN_HEADERS if (value := _header(message, name))]
    builder.add("paragraph", "\n".join(people))
    _add_body(message, builder)
    for part in _attachments(message):
        name, content = _filename(part), _content(part)
        if content:
            members.add(name, content)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return collapse_spaces(str(message.get(name, "")))
    except UNREADABLE:
        return collapse_spaces(next((value for key, value in message.raw_items() if key.lower() == name.lower()), ""))


def _add_body(message: EmailMessage, builder: DocumentBuilder) -> None:
    """Add the HTML body, which has structure; add the plain text only if it differs."""
    plain, html = _text(message, "plain"), _text(message, "html")
    said = set(plain_text(html).split()) if html else set()
    words = plain.split()
    if sum(word not in said for word in words) > NEW_WORDS * len(words):
        for paragraph in text.BLANK_LINES.split(plain):
            builder.add("paragraph", paragraph)
        if html and sum(word not in set(words) for word in said) <= NEW_WORDS * len(said):
            return
    if html:
        add_html(builder, html)


def _text(message: EmailMessage, kind: str) -> str:
    """The body of a kind, decoded as well as it can be."""
    try:
        part = message.get_body((kind,))
    except UNREADABLE:
        part = None
    if part is None:
        return ""
    raw = _content(part)
    try:
        declared = part.get_content_charset()
        return clean(raw.decode(declared) if declared and declared.lower() != "us-ascii" else text.decode(raw))
    except (*UNREADABLE, DocumentFailure):
        return clean(text.decode(raw)) if raw.strip() else ""


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    try:
        return list(message.iter_attachments())
    except UNREADABLE:
        return []


def _filename(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except UNREADABLE:
        name = None
    return clean(name or ("message.eml" if part.get_content_type() == "message/rfc822" else "attachment"))


def _content(part: MIMEPart) -> bytes:
    """The decoded bytes of a part; for an attached message, the message."""
    try:
        if part.get_content_type() == "message/rfc822":
            return cast("list[EmailMessage]", part.get_payload())[0].as_bytes()
        payload = part.get_payload(decode=True)
    except UNREADABLE:
        return b""
    return payload if isinstance(payload, bytes) else b""
