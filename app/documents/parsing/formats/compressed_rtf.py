"""Compressed RTF, in which Outlook keeps the text of many messages ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

FIRST_WORDS = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
COMPRESSED, PLAIN = 0x75465A4C, 0x414C454D
WINDOW = 4096
HEADER_BYTES = 16
MAX_BYTES = 64 * 2**20


def decompress(data: bytes) -> bytes:
    """The RTF; empty if the bytes are none. What is cut off ends where it ends."""
    if len(data) < HEADER_BYTES:
        return b""
    _, size, kind, _ = struct.unpack_from("<4I", data)
    if kind == PLAIN:
        return data[HEADER_BYTES:][:size]
    return _expanded(data, min(size, MAX_BYTES)) if kind == COMPRESSED else b""


def _expanded(data: bytes, size: int) -> bytes:
    """Each control byte says of eight parts whether they are a byte or a place and a length in the window."""
    window = bytearray(FIRST_WORDS.ljust(WINDOW, b"\0"))
    write, place, out = len(FIRST_WORDS), HEADER_BYTES, bytearray()
    while place < len(data) and len(out) < size:
        control, place = data[place], place + 1
        for bit in range(8):
            width = 2 if control >> bit & 1 else 1
            token, place = int.from_bytes(data[place : place + width], "big"), place + width
            read, length = divmod(token, 16)
            if place > len(data) or (width == 2 and read == write):
                return bytes(out[:size])
            for step in range(length + 2 if width == 2 else 1):  # it may read what it has just written
                window[write] = window[(read + step) % WINDOW] if width == 2 else token
                out.append(window[write])
                write = (write + 1) % WINDOW
    return bytes(out[:size])
