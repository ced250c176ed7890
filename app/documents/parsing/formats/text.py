"""Plain text in any encoding: paragraphs at blank lines, words that line ends divide joined."""

from __future__ import annotations

import re

from app.documents.parsing.divided_words import DIVIDED, WordDivisions
from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")  # what follows keeps its indentation
DIVIDED_WORD = re.compile(r"(?<=[^\W\d_])[\u00ad-][ \t]*\n[ \t]*(?=[^\W\d_])")
WESTERN = ["cp1252", "latin_1", "iso8859_15"]
MOSTLY_FOREIGN = 0.25  # share of bytes above 127: text in another script than Latin
SAMPLE_BYTES = 64 * 1024
MARKS = [
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
]


def parse(data: bytes, builder: DocumentBuilder) -> None:
    source = DIVIDED_WORD.sub(f"{DIVIDED}\n", clean(decode(data)))
    divisions = WordDivisions([source])
    for paragraph in BLANK_LINES.split(source):
        builder.add("paragraph", divisions.resolve(paragraph))


def decode(data: bytes) -> str:
    """Decode the bytes: by byte-order mark, as UTF-8, or with the most likely encoding."""
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentFailure("empty_document", "The file is empty.")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guess_encoding(data), errors="replace")


def guess_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows zeros on one side; otherwise charset-normalizer, among Western encodings if most
    of the text is ASCII.
    """
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) // 4:
        return "utf-16-be" if even > odd else "utf-16-le"
    from charset_normalizer import from_bytes

    foreign = sum(byte > 127 for byte in sample) / len(sample)
    best = from_bytes(sample, cp_isolation=None if foreign > MOSTLY_FOREIGN else WESTERN).best()
    return best.encoding if best is not None else "cp1252"
