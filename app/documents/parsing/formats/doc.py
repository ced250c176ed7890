"""Legacy Word files (DOC): the text by its piece table ([MS-DOC] 2.4.1), table rows divided into cells."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.ole import damaged, open_compound, read_stream
from app.documents.parsing.inline_text import address_to_show
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

MAGIC = 0xA5EC
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200  # flags of the file information block
LENGTHS_AT, CLX_AT = 0x4C, 0x01A2
PIECE_TABLE, PROPERTIES = 2, 1
NARROW = 0x4000_0000
LINK = re.compile('\x13\\s*HYPERLINK\\s+"([^"\x13-\x15]+)"[^\x13-\x15]*\x14([^\x13-\x15]*)\x15')
FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))|\x15")  # the code of a field; its result stays
CELL_END = "\x07"


def parse(data: bytes, builder: DocumentBuilder) -> None:
    file = open_compound(data)
    main = read_stream(file, "WordDocument")
    try:
        magic, flags = struct.unpack_from("<H8xH", main)
        if magic != MAGIC:
            raise damaged()
        if flags & ENCRYPTED:
            raise DocumentFailure("encrypted", "The file is protected by a password; remove it and upload it again.")
        table = read_stream(file, "1Table" if flags & SECOND_TABLE else "0Table")
        text = "".join(_pieces(main, table))
    except struct.error:
        raise damaged() from None
    add_text(builder, text)


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The text in order. Each piece is UTF-16 or has one byte a character."""
    start, size = struct.unpack_from("<II", main, CLX_AT)
    clx = table[start : start + size]
    place = 0
    while place < len(clx) and clx[place] == PROPERTIES:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if place >= len(clx) or clx[place] != PIECE_TABLE:
        raise damaged()
    (length,) = struct.unpack_from("<I", clx, place + 1)
    pieces = clx[place + 5 : place + 5 + length]
    count = (length - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", pieces)
    for number in range(count):
        (offset,) = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)
        chars = max(0, bounds[number + 1] - bounds[number])
        if offset & NARROW:
            begin = (offset & ~NARROW) // 2
            yield main[begin : begin + chars].decode("cp1252", errors="replace")
        else:
            yield main[offset : offset + 2 * chars].decode("utf-16-le", errors="replace")


def _linked(link: re.Match[str]) -> str:
    """The text of a link with its address."""
    address = address_to_show(link[2], link[1])
    return f"{link[2]} ({address})" if address and link[2].strip() else link[2] or address


def add_text(builder: DocumentBuilder, text: str) -> None:
    """Paragraphs end with \\r, cells with \\x07, rows with two of those."""
    rows: list[list[str]] = []
    for line in re.split("[\r\x0c]", FIELD.sub("", LINK.sub(_linked, text))):
        *cells, rest = line.split(CELL_END)
        row: list[str] = []
        for cell in cells:
            if cell or not row:
                row.append(clean(cell.replace("\x0b", "\n")))
            else:
                rows.append(row)
                row = []
        if row:
            rows.append(row)
        if rest.strip() and rows:
            builder.add_table(rows)
            rows = []
        builder.add("paragraph", clean(rest.replace("\x0b", "\n").replace("\x1e", "-").replace("\x1f", "")))
    builder.add_table(rows)
