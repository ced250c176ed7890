"""The parts of a mail as a reader sees them: what stands in its body, invitations, and what is attached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message
from typing import Any, Literal, cast

from app.documents.parsing.formats import text
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError)
Use = Literal["plain", "html", "calendar", "attachment"]
PAGE_PARTS = ("image/", "font/", "audio/", "video/", "text/css", "text/javascript")
NO_TEXT = {"pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys", "javascript", "x-javascript"}
SMALL_PICTURE = 16 * 1024  # bytes: a logo, an icon, a mark that tells the sender of the opening
MAX_PARTS = 5000
NEW_WORDS = 0.5  # share of the plain text's words that HTML must lack to add both
PLACEHOLDER_WORDS = 40  # at most, of plain text in place of HTML: "This message can only be read as HTML."


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its use. Plain text that HTML says again has the HTML beside it in `rich`."""

    use: Use
    message: Message
    rich: Message | None = None


def parts_of(message: EmailMessage) -> Iterator[Part]:
    """The parts in the order of the message. Walks without recursion, as a message may nest to any depth."""
    stack: list[Message] = [message]
    seen = 0
    while stack and seen < MAX_PARTS:
        part = stack.pop()
        seen += 1
        if not part.is_multipart() or _kind(part).split("/")[0] != "multipart":
            if use := _use(part):
                yield Part(use, part)
            continue
        children = _children(part)
        kind = _kind(part).split("/")[1]
        if kind == "alternative":
            yield from _plain_beside(children)
            children = _chosen(children)
        elif kind == "related":
            children = [child for place, child in enumerate(children) if place == 0 or _is_own(child)]
        stack.extend(reversed(children))


def text_of(part: Message) -> str:
    """The text of a part, decoded as well as it can be."""
    raw = content_of(part)
    try:
        declared = part.get_content_charset()
        return clean(raw.decode(declared) if declared and declared.lower() != "us-ascii" else text.decode(raw))
    except (*UNREADABLE, DocumentFailure):
        return clean(text.decode(raw)) if raw.strip() else ""


def content_of(part: Message) -> bytes:
    """The decoded bytes of a part; for an attached message, the message."""
    try:
        if _kind(part) == "message/rfc822":
            return cast("list[EmailMessage]", part.get_payload())[0].as_bytes()
        payload: Any = part.get_payload(decode=True)
    except UNREADABLE:
        return b""
    return payload if isinstance(payload, bytes) else b""


def name_of(part: Message) -> str:
    """The file name of an attachment, or what stands for it."""
    return clean(_read(part.get_filename) or ("message.eml" if _kind(part) == "message/rfc822" else "attachment"))


def _kind(part: Message) -> str:
    return _read(part.get_content_type) or "application/octet-stream"


def _is_attached(part: Message) -> bool:
    return _read(part.get_content_disposition) == "attachment"


def _has(part: Message, name: str) -> bool:
    return any(key.lower() == name for key, _ in part.raw_items())


def _read(header: Callable[[], str | None]) -> str:
    """What a header says; empty if it says nothing or is malformed."""
    try:
        return header() or ""
    except UNREADABLE:
        return ""


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _use(part: Message) -> Use | None:
    """What a part without parts is for; None for what nobody reads."""
    kind = _kind(part)
    attached = _is_attached(part) or bool(_read(part.get_filename))
    if kind == "text/calendar":
        return "calendar"
    if kind.split("/")[1] in NO_TEXT:
        return None
    if kind.startswith("multipart/"):  # without the boundary that it declares
        return "plain"
    if attached:
        return None if _is_decoration(part) else "attachment"
    if kind in {"text/plain", "text/html"}:
        return "html" if kind == "text/html" else "plain"
    return None if kind.startswith(PAGE_PARTS) and _is_decoration(part) else "attachment"


def _is_decoration(part: Message) -> bool:
    """True for a small picture that the text shows in a line."""
    return not _is_attached(part) and _is_small_picture(part)


def _is_small_picture(part: Message) -> bool:
    picture = _kind(part).startswith("image/") and _has(part, "content-id")
    return picture and len(content_of(part)) < SMALL_PICTURE


def _chosen(children: list[Message]) -> list[Message]:
    """Of alternatives the one that programs show, the last with HTML or else with plain text; and invitations."""
    invitations = [child for child in children if _kind(child) == "text/calendar"]
    for wanted in ("text/html", "text/plain"):
        for child in reversed(children):
            if _holds(child, wanted):
                return [child, *invitations]
    return invitations or children[-1:]


def _plain_beside(children: list[Message]) -> Iterator[Part]:
    """Alternatives of plain text, if the one that programs show is HTML."""
    rich = next((found for child in reversed(children) if (found := _holds(child, "text/html"))), None)
    if rich is not None:
        yield from (Part("plain", child, rich) for child in children if _kind(child) == "text/plain")


def _holds(part: Message, kind: str) -> Message | None:
    """The first part of a kind that is not attached, in a part or in what it holds."""
    stack = [part]
    for _ in range(MAX_PARTS):
        if not stack:
            return None
        part = stack.pop()
        if _kind(part) == kind and not _is_attached(part):
            return part
        if _kind(part).split("/")[0] == "multipart":
            stack.extend(reversed(_children(part)))
    return None


def _is_own(part: Message) -> bool:
    """False for what a page only uses: styles, scripts, fonts, small pictures and, in a saved page, all pictures."""
    kind = _kind(part)
    if kind.startswith("image/"):
        return not _has(part, "content-location") and not _is_small_picture(part)
    used = kind.startswith(PAGE_PARTS) or kind.split("/")[1] in NO_TEXT or "font" in kind
    return _is_attached(part) or not used


def says_more(plain: str, shown: str) -> bool:
    """True if plain text has to stand beside the HTML that programs show: it says much that the HTML does not say."""
    words, said = plain.split(), set(shown.split())
    if not said:
        return True
    if len(words) <= PLACEHOLDER_WORDS and (len(words) <= len(said) or "html" in plain.lower()):
        return False
    return sum(word not in said for word in words) > NEW_WORDS * len(words)
