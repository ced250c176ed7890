"""The parts of RTF ([MS-RTF] 1.9.1): control words, groups, characters in code pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)",
    re.DOTALL,
)
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SYMBOL_CHARSET = 2
Kind = Literal["word", "byte", "symbol", "open", "close", "text"]


class Token(NamedTuple):
    kind: Kind
    value: bytes
    number: int | None = None  # the figure behind a control word


def tokens(data: bytes) -> Iterator[Token]:
    """Tokens in order. Bytes that \\bin announces are left out."""
    place = 0
    while found := TOKEN.match(data, place):
        place = found.end()
        word, number, byte, symbol, brace, text = found.groups()
        if word is not None:
            count = int(number) if number else None
            if word == b"bin" and count:
                place += max(count, 0)
            else:
                yield Token("word", word, count)
        elif byte is not None:
            yield Token("byte", bytes.fromhex(byte.decode()))
        elif symbol is not None:
            yield Token("symbol", symbol)
        elif brace is not None:
            yield Token("open" if brace == b"{" else "close", brace)
        elif text is not None:
            yield Token("text", text)


def codepage(number: int) -> str:
    """The name of a code page; Western if it is unknown."""
    name = {65001: "utf-8", 10000: "mac_roman", 936: "gbk", 950: "big5"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
