"""Which parser reads what: type by content first, by name second. One file per family."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from app.errors import UnsupportedMedia
from app.ingestion.parsed import ParsedDocument

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

# Media type -> module with `parse(path, limits) -> ParsedDocument`; imported in the child process only.
PARSERS = {PDF: "pdf", DOCX: "docx", HTML: "html", MARKDOWN: "markdown", TEXT: "text"}
EXTENSIONS = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML}
HEAD_BYTES = 4096
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
BINARY = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


def parser_for(media_type: str) -> Callable[[Path, int, int], ParsedDocument]:
    """The function (path, most pages, most characters) -> ParsedDocument of a media type."""
    module = import_module(f"app.ingestion.parsers.{PARSERS[media_type]}")
    parse: Callable[[Path, int, int], ParsedDocument] = module.parse
    return parse


def detect_media_type(path: Path, filename: str) -> str:
    """What the bytes are, whatever the name says. Raises UnsupportedMedia if no parser reads them."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if b"%PDF-" in head[:1024]:
            return PDF
        if head.startswith(b"PK\x03\x04"):
            return _office_type(file, filename)
    if head.startswith(OLE2):
        raise _unsupported(
            filename, "it is a legacy or password-protected Office file; save it as .docx without a password"
        )
    if not head.startswith(BYTE_ORDER_MARKS) and _looks_binary(head):
        raise _unsupported(filename, "it is a binary file of no known type")
    if _text_start(head).startswith(HTML_STARTS):
        return HTML
    return EXTENSIONS.get(Path(filename).suffix.lower(), TEXT)


def _office_type(file: BinaryIO, filename: str) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        if Path(filename).suffix.lower() == ".docx":
            return DOCX  # the parser says what is wrong with it
        raise _unsupported(filename, "it is a damaged archive") from None
    if "word/document.xml" in names:
        return DOCX
    raise _unsupported(filename, "it is an archive or an Office file other than .docx")


def _looks_binary(head: bytes) -> bool:
    if not any(byte in BINARY for byte in head):
        return False
    # UTF-16 without a mark: every other byte is zero, and nothing else is odd.
    sides = head[::2], head[1::2]
    return not any(
        zeros.count(0) > len(zeros) // 2 and not any(byte in BINARY for byte in others)
        for zeros, others in (sides, sides[::-1])
    )


def _text_start(head: bytes) -> bytes:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, errors="ignore").encode()
            break
    return head.lstrip()[:64].lower()


def _unsupported(filename: str, why: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"{filename[:100]!r} cannot be read: {why}. Supported: PDF, DOCX, HTML, Markdown and plain text.",
        param="file",
    )
