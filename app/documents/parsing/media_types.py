"""Media types that the service parses, and their detection from the bytes of a file.

Magic numbers decide first. The extension of the file's name only decides among kinds of text, and for archives whose
list of files is missing.
"""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from typing import BinaryIO

from app.documents.parsing.languages import language_of
from app.errors import UnsupportedMedia

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

PDF = "application/pdf"
DOCX = f"{OFFICE}.wordprocessingml.document"
PPTX = f"{OFFICE}.presentationml.presentation"
SPREADSHEETS = f"{OFFICE}.spreadsheetml.sheet"
ODT, ODS, ODP = f"{OPEN}.text", f"{OPEN}.spreadsheet", f"{OPEN}.presentation"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
RTF = "application/rtf"
HTML, XML, MARKDOWN, TEXT = "text/html", "application/xml", "text/markdown", "text/plain"
CSV, TSV, JSON, JSONL = "text/csv", "text/tab-separated-values", "application/json", "application/jsonl"
LATEX, RST, ORG, ASCIIDOC = "application/x-latex", "text/x-rst", "text/x-org", "text/asciidoc"
NOTEBOOK, LOG = "application/x-ipynb+json", "text/x-log"
SRT, VTT, CALENDAR, CONTACTS = "application/x-subrip", "text/vtt", "text/calendar", "text/vcard"
EPUB = "application/epub+zip"
EML, MBOX, MSG = "message/rfc822", "application/mbox", "application/vnd.ms-outlook"
IMAGE = "image/*"
ZIP, GZIP = "application/zip", "application/gzip"

TEXT_EXTENSIONS = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rmd", ".qmd"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".jsonl", ".ndjson"), JSONL),
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".json": JSON,
    ".xml": XML,
    **dict.fromkeys((".tex", ".latex", ".ltx"), LATEX),
    ".rst": RST,
    ".org": ORG,
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), ASCIIDOC),
    ".ipynb": NOTEBOOK,
    ".log": LOG,
    **dict.fromkeys((".srt", ".sbv", ".ass", ".ssa"), SRT),
    ".vtt": VTT,
    **dict.fromkeys((".ics", ".ifb", ".ical"), CALENDAR),
    **dict.fromkeys((".vcf", ".vcard"), CONTACTS),
    **dict.fromkeys((".eml", ".mht", ".mhtml"), EML),
    ".mbox": MBOX,
}
ZIP_EXTENSIONS = {
    ".docx": DOCX,
    ".pptx": PPTX,
    ".xlsx": SPREADSHEETS,
    ".odt": ODT,
    ".ods": ODS,
    ".odp": ODP,
    ".epub": EPUB,
}
SUPPORTED = (
    "PDF, DOCX, PPTX, XLSX, ODT, ODS, ODP, DOC, XLS, PPT, RTF, HTML, Markdown, LaTeX, reStructuredText, Org, AsciiDoc, "
    "text, CSV, TSV, JSON, JSONL, XML, EPUB, EML, MHTML, MSG, MBOX, ICS, VCF, notebooks, subtitles, source code, logs, "
    "images, and ZIP or gzip of these"
)
HEAD_BYTES = 4096
DIRECTORY_BYTES = 2**20  # of an archive's list of files
SCAN_BYTES = 2**20
MAGIC = [
    (b"{\\rtf", RTF),
    (b"\x1f\x8b", GZIP),
    *[(magic, IMAGE) for magic in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")],
]
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
OLE2_STREAMS = [("WordDocument", DOC), ("PowerPoint Document", PPT), ("Workbook", XLS), ("Book", XLS)]
PACKAGES = [(b"word/document.xml", DOCX), (b"ppt/presentation.xml", PPTX), (b"xl/workbook.", SPREADSHEETS)]
MIMETYPES = [
    (b"opendocument.text", ODT),
    (b"opendocument.spreadsheet", ODS),
    (b"opendocument.presentation", ODP),
    (b"application/epub+zip", EPUB),
]
SUBTITLES = re.compile(rb"\s*\d+\s*\n\d{1,3}:\d\d:\d\d[.,]\d{3} -->")
CONTENT_STARTS = [(b"WEBVTT", VTT), (b"BEGIN:VCALENDAR", CALENDAR), (b"BEGIN:VCARD", CONTACTS)]
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
MAIL_HEADER = re.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|From|Subject|MIME-Version|Message-ID):",
    re.IGNORECASE,
)
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
BINARY = frozenset(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27}  # text may have backspaces and an end mark of DOS


def detect_media_type(path: Path, filename: str) -> str:
    """The media type of a file. Raises UnsupportedMedia if it has no parser."""
    with path.open("rb") as file:
        return detect(file, filename)


def detect(file: BinaryIO, filename: str) -> str:
    """The media type of an open file, from at most a few MB of it. Raises UnsupportedMedia."""
    head = file.read(HEAD_BYTES)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _package_type(file, head, filename)
    if head.startswith(OLE2):
        return _ole2_type(file, filename)
    for magic, media_type in MAGIC:
        if head.startswith(magic):
            return media_type
    if (head[:4], head[8:12]) == (b"RIFF", b"WEBP") or (head[:2], head[6:10]) == (b"BM", b"\0\0\0\0"):
        return IMAGE
    named_text = Path(filename).suffix.lower() in {".txt", *TEXT_EXTENSIONS}
    if not head.startswith(BYTE_ORDER_MARKS) and _looks_binary(head, nulls_allowed=named_text):
        raise unsupported(filename, "it is a binary file of no known type")
    start = _as_ascii(head)
    language = language_of(filename, start)
    return _text_type(start, Path(filename).suffix.lower()) if language is None else language.media_type


def unsupported(filename: str, why: str) -> UnsupportedMedia:
    return UnsupportedMedia(f"{filename[:100]!r} cannot be read: {why}. Supported: {SUPPORTED}.", param="file")


def _package_type(file: BinaryIO, head: bytes, filename: str) -> str:
    """Decide by the first entry (OpenDocument, EPUB), the names in the archive's directory, or the extension."""
    first = head[30:300] if head[30:38] == b"mimetype" else b""
    for name, media_type in MIMETYPES:
        if name in first:
            return media_type
    directory = _directory(file)
    for name, media_type in PACKAGES:
        if name in directory:
            return media_type
    extension = Path(filename).suffix.lower()
    named = ZIP_EXTENSIONS.get(extension, ZIP)
    # Cut off: its parser says so. OpenDocument and EPUB by other programs may lack the first entry.
    return named if not directory or named in {ODT, ODS, ODP, EPUB} else ZIP


def _directory(file: BinaryIO) -> bytes:
    """The archive's central directory as raw bytes; empty if there is none."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 66_000))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 20:
        return b""
    size, offset = struct.unpack_from("<II", tail, place + 12)
    file.seek(min(offset, end))
    return file.read(min(size, DIRECTORY_BYTES))


def _ole2_type(file: BinaryIO, filename: str) -> str:
    """Decide by the names of the streams, which may be anywhere in the file."""
    file.seek(0)
    found: set[str] = set()
    rest = b""
    wanted = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "__nameid_version1.0")}
    wanted |= {name: name.encode("utf-16-le") for name, _ in OLE2_STREAMS}
    while piece := file.read(SCAN_BYTES):
        found |= {name for name, pattern in wanted.items() if pattern in rest + piece}
        rest = piece[-64:]
    if "EncryptedPackage" in found:
        raise unsupported(filename, "it is protected by a password; save it without one")
    if "__nameid_version1.0" in found:
        return MSG
    for name, media_type in OLE2_STREAMS:
        if name in found:
            return media_type
    raise unsupported(filename, "it is an Office file of an unknown kind; save it in a current format")


def _looks_binary(head: bytes, *, nulls_allowed: bool) -> bool:
    """True if there are control characters that text does not have. Zeros are allowed in ASCII named as text."""
    others_found = any(byte in BINARY and byte for byte in head)
    if not others_found and (0 not in head or (nulls_allowed and head.isascii())):
        return False
    # UTF-16 without a mark: every other byte is zero, and nothing else is odd.
    sides = head[::2], head[1::2]
    return not any(
        zeros.count(0) > len(zeros) // 2 and not any(byte in BINARY for byte in others)
        for zeros, others in (sides, sides[::-1])
    )


def _text_type(head: bytes, extension: str) -> str:
    start = head.lstrip()[:64].lower()
    if start.startswith(HTML_STARTS):
        return HTML
    if start.startswith(b"<?xml"):
        return HTML if b"<html" in head[:1024].lower() else XML
    named = TEXT_EXTENSIONS.get(extension) or _type_by_lines(head, extension)
    if named is None and extension != ".txt" and MAIL_HEADER.match(head):
        return EML
    return named or TEXT


def _type_by_lines(head: bytes, extension: str) -> str | None:
    """The type of a text whose name says nothing, if its first lines have the form of one."""
    if head.startswith(b"From ") and extension in {"", ".mbx"}:
        return MBOX
    for mark, media_type in CONTENT_STARTS:
        if head.startswith(mark):
            return media_type
    if SUBTITLES.match(head.replace(b"\r", b"")):
        return SRT
    first_lines = [line for line in head.split(b"\n") if line.strip()][:2]
    return JSONL if len(first_lines) == 2 and all(map(_is_json_object, first_lines)) else None


def _is_json_object(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _as_ascii(head: bytes) -> bytes:
    """The bytes without a byte-order mark, UTF-16 as UTF-8."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="ignore").encode(errors="ignore")
    return head
