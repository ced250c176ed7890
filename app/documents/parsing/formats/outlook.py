"""Outlook messages (MSG) by olefile: subject, people, date, meeting and text; attachments go to their own parsers."""

from __future__ import annotations

from collections.abc import Iterator

import olefile

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats import outlook_properties as mapi
from app.documents.parsing.formats import rtf, text
from app.documents.parsing.formats.archive_members import Members
from app.documents.parsing.formats.compressed_rtf import decompress
from app.documents.parsing.formats.html import add_html, plain_text
from app.documents.parsing.formats.mail_parts import SMALL_PICTURE, says_more
from app.documents.parsing.formats.ole import open_compound
from app.documents.parsing.formats.outlook_properties import Properties
from app.documents.parsing.text_cleanup import clean, collapse_spaces
from app.errors import DocumentFailure

ATTACHMENT = "__attach_version1.0_"
EMBEDDED = "__substg1.0_3701000D"
PEOPLE = (("From", mapi.SENDER), ("To", mapi.TO), ("Cc", mapi.CC))
PICTURES = (".png", ".gif", ".jpg", ".jpeg", ".bmp")
SIGNATURES = (".p7s", ".asc")


def parse(data: bytes, builder: DocumentBuilder) -> None:
    members = Members(builder)
    file = open_compound(data)
    said = [_add_message(Properties(file, folder), builder, members) for folder in _messages(file)]
    members.check(needed=not any(said))


def _messages(file: olefile.OleFileIO) -> list[tuple[str, ...]]:
    """The folders of the message and of the messages attached to it."""
    embedded = {tuple(path[: path.index(EMBEDDED) + 1]) for path in file.listdir(streams=True) if EMBEDDED in path}
    return [(), *sorted(embedded)]


def _add_message(message: Properties, builder: DocumentBuilder, members: Members) -> bool:
    """Add a message with its attachments. Returns whether it says anything beside them."""
    builder.add("heading", collapse_spaces(message.text(mapi.SUBJECT)), 1)
    builder.add("paragraph", "\n".join(_facts(message)))
    start = builder.length
    builder.add("paragraph", "\n".join(_meeting(message)))
    _add_body(message, builder)
    said = builder.length > start
    for attachment in _attachments(message):
        name = attachment.text(mapi.LONG_NAME) or attachment.text(mapi.SHORT_NAME) or "attachment"
        content = attachment.data(mapi.CONTENT)
        if content and not _is_decoration(attachment, name, content):
            members.add(collapse_spaces(name), content)
    return said


def _facts(message: Properties) -> Iterator[str]:
    for name, key in PEOPLE:
        if value := collapse_spaces(message.text(key)):
            yield f"{name}: {value}"
    if moment := message.time(mapi.SENT) or message.time(mapi.RECEIVED):
        yield f"Date: {moment}"


def _meeting(message: Properties) -> Iterator[str]:
    """When and where, of an invitation or an appointment."""
    if not message.text(mapi.KIND).startswith(("IPM.Schedule.Meeting", "IPM.Appointment")):
        return
    start, finish = (message.time(key) if (key := message.named(name)) else "" for name in (mapi.START, mapi.FINISH))
    if start:
        same_day = start.split()[0] == finish[:10]
        yield (
            f"When: {start.removesuffix(' UTC')} to {finish[11:] if same_day else finish}"
            if finish
            else f"When: {start}"
        )
    place = message.named(mapi.PLACE)
    if place and (said := collapse_spaces(message.text(place))):
        yield f"Where: {said}"


def _add_body(message: Properties, builder: DocumentBuilder) -> None:
    """Add the HTML, which has structure; plain text without HTML, or if it says more; or else the rich text."""
    body, html = clean(message.text(mapi.BODY)), message.data(mapi.HTML)
    shown = text.decode(html) if html.strip() else ""
    if body.strip() and says_more(body, plain_text(shown)):
        for paragraph in text.BLANK_LINES.split(body):
            builder.add("paragraph", paragraph)
    if shown:
        add_html(builder, shown)
    elif not body.strip() and (rich := decompress(message.data(mapi.RTF))):
        try:
            rtf.parse(rich, builder)
        except DocumentFailure as failure:
            builder.warn("text_not_read", f"The text of the message is not read: {failure.message}")


def _attachments(message: Properties) -> list[Properties]:
    folder = list(message.folder)
    depth = len(folder)
    found = {
        path[depth]
        for path in message.file.listdir(streams=True)
        if path[:depth] == folder and len(path) > depth + 1 and path[depth].startswith(ATTACHMENT)
    }
    return [Properties(message.file, (*folder, name)) for name in sorted(found)]


def _is_decoration(attachment: Properties, name: str, content: bytes) -> bool:
    """True for a small picture that the text shows in a line, and for a signature."""
    small = len(content) < SMALL_PICTURE and name.lower().endswith(PICTURES)
    return (small and bool(attachment.text(mapi.CONTENT_ID))) or name.lower().endswith(SIGNATURES)
