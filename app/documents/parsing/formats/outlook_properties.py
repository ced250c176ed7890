"""Properties of Outlook messages (MAPI): texts and bytes in streams of their own, times in a table, names by number."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import olefile

from app.documents.parsing.formats import text
from app.documents.parsing.formats.ole import read_stream

# Property ids of [MS-OXPROPS]. In stream names, 001F says UTF-16, 001E 8 bit, 0102 bytes.
SUBJECT, SENDER, TO, CC, BODY, RTF, HTML = "0037", "0C1A", "0E04", "0E03", "1000", "1009", "1013"
KIND, SENT, RECEIVED = "001A", "0039", "0E06"
LONG_NAME, SHORT_NAME, CONTENT, CONTENT_ID = "3707", "3704", "3701", "3712"
TABLE = "__properties_version1.0"
TABLE_HEADERS = (32, 24, 8)  # bytes before the entries: of a message, an attached message, an attachment
NAMES = "__nameid_version1.0"
APPOINTMENT = bytes.fromhex("0220060000000000c000000000000046")  # the set that the names of meetings belong to
PLACE, START, FINISH = 0x8208, 0x820D, 0x820E
FIRST_NAMED = 0x8000
TIME = 0x0040
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties in a folder of the file: the message, one attached to it, or an attachment."""

    file: olefile.OleFileIO
    folder: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        wide = self._stream(key, "001F")
        if wide:
            return wide.decode("utf-16-le", errors="replace").strip("\0")
        narrow = self._stream(key, "001E")
        return text.decode(narrow).strip("\0") if narrow.strip(b"\0 \r\n\t") else ""

    def data(self, key: str) -> bytes:
        return self._stream(key, "0102")

    def time(self, key: str) -> str:
        """A moment like "2026-03-01 14:30 UTC"; empty if there is none."""
        wanted = int(key, 16)
        return next((moment for number, moment in self._times() if number == wanted), "")

    def named(self, number: int) -> str:
        """The key of a property of meetings that the file gives a number of its own; empty if it has none."""
        guids = read_stream(self.file, [NAMES, "__substg1.0_00020102"])
        entries = read_stream(self.file, [NAMES, "__substg1.0_00030102"])
        for place in range(0, len(entries) - 7, 8):
            name, kind, index = struct.unpack_from("<IHH", entries, place)
            guid = (kind >> 1) - 3  # the first three are known without being listed
            if name == number and guid >= 0 and guids[16 * guid : 16 * guid + 16] == APPOINTMENT:
                return f"{FIRST_NAMED + index:04X}"
        return ""

    def _times(self) -> Iterator[tuple[int, str]]:
        table = read_stream(self.file, [*self.folder, TABLE])
        start = TABLE_HEADERS[0] if not self.folder else TABLE_HEADERS[1]
        for place in range(start, len(table) - 15, 16):
            kind, number, _, ticks = struct.unpack_from("<HHIQ", table, place)
            if kind == TIME:
                yield number, _moment(ticks)

    def _stream(self, key: str, kind: str) -> bytes:
        return read_stream(self.file, [*self.folder, f"__substg1.0_{key}{kind}"])


def _moment(ticks: int) -> str:
    try:
        moment = EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment.year > EPOCH.year else ""
