"""Plain text in any encoding: paragraphs at blank lines."""

from __future__ import annotations

import re
from pathlib import Path

from app.errors import DocumentFailure
from app.ingestion.build import DocumentBuilder, clean
from app.ingestion.parsed import ParsedDocument

BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
LEGACY_ENCODINGS = ["cp1252", "latin_1", "iso8859_15", "utf_16_le", "utf_16_be"]
SAMPLE_BYTES = 64 * 1024


def parse(path: Path, max_pages: int, max_chars: int) -> ParsedDocument:
    del max_pages  # plain text has none
    builder = DocumentBuilder("text/plain", max_chars)
    for paragraph in BLANK_LINES.split(clean(read_text(path))):
        builder.add("paragraph", paragraph)
    return builder.finish()


def read_text(path: Path) -> str:
    """The file as text: by byte-order mark, as UTF-8, or as what it most likely is."""
    data = path.read_bytes()
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentFailure("empty_document", "The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(guess_encoding(data), errors="replace")


def guess_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows zeros on one side; otherwise charset-normalizer among Western encodings."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) // 4:
        return "utf-16-be" if even > odd else "utf-16-le"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=LEGACY_ENCODINGS).best()
    return best.encoding if best is not None else "cp1252"
