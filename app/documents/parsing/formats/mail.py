"""Mail (EML, MBOX) and saved pages (MHTML): subject, people, date, text, invitations; attachments by their parsers."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import text
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.calendar import add_calendar
from app.documents.parsing.formats.html import add_html, plain_text
from app.documents.parsing.formats.mail_parts import UNREADABLE, Part, content_of, name_of, parts_of, says_more, text_of
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

SHOWN_HEADERS = ("From", "To", "Cc", "Date")
ADDRESS = "Snapshot-Content-Location"  # of a page that a browser saved
ENVELOPE = re.compile(rb"^From [^\n]*\n", re.MULTILINE)


def parse(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    said = _add_message(_parsed(data), builder, members)
    if not builder.length:
        raise DocumentFailure("empty_document", "The message is empty.")
    members.check(needed=not said)


def parse_mbox(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    said = [_add_message(_parsed(message), builder, members) for message in ENVELOPE.split(data) if message.strip()]
    members.check(needed=not any(said))


def _parsed(data: bytes) -> EmailMessage:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = text.decode(data).encode()
    return message_from_bytes(data.lstrip(b"\r\n") if b":" in data[:998] else data, policy=modern)


def _add_message(message: EmailMessage, builder: DocumentBuilder, members: Members) -> bool:
    """Add a message with its attachments. Returns whether it says anything beside them."""
    subject = _header(message, "Subject")
    builder.add("heading", subject, 1)
    names = ("Date", ADDRESS) if _header(message, ADDRESS) else SHOWN_HEADERS
    people = [f"{name}: {value}" for name in names if (value := _header(message, name))]
    builder.add("paragraph", "\n".join(people))
    start = builder.length
    parts = list(parts_of(message))
    invitations: set[str] = set()
    for part in parts:
        if part.use in {"plain", "html"}:
            _add_text(part, builder)
        elif part.use == "calendar" and (invitation := text_of(part.message)) not in invitations:
            invitations.add(invitation)
            add_calendar(builder, invitation, subject)
    said = builder.length > start
    for part in parts:
        content = content_of(part.message) if part.use == "attachment" else b""
        again = content.startswith(b"BEGIN:VCALENDAR") and text_of(part.message) in invitations
        if content and not again:
            members.add(name_of(part.message), content)
    return said


def _header(message: EmailMessage, name: str) -> str:
    try:
        return collapse_spaces(str(message.get(name, "")))
    except UNREADABLE:
        return collapse_spaces(next((value for key, value in message.raw_items() if key.lower() == name.lower()), ""))


def _add_text(part: Part, builder: DocumentBuilder) -> None:
    source = text_of(part.message)
    if part.use == "html":
        add_html(builder, source)
    elif part.rich is None or says_more(source, plain_text(text_of(part.rich))):
        for paragraph in text.BLANK_LINES.split(source):
            builder.add("paragraph", paragraph)
