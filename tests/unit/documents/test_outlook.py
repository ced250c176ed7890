"""Outlook messages: text in any of its forms, date, meetings, attachments; files are made here."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.formats.compressed_rtf import FIRST_WORDS, decompress
from app.documents.parsing.media_types import detect
from app.errors import DocumentFailure
from tests.support.compound_file import compound_file

NAMES = "__nameid_version1.0/__substg1.0_"
MEETINGS = bytes.fromhex("0220060000000000c000000000000046")


def message(streams: dict[str, bytes | str], times: dict[int, datetime] | None = None) -> bytes:
    """A message of texts and bytes by key ("0037"), in a folder perhaps, with `times` by property."""
    ticks = {
        number: int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
        for number, moment in (times or {}).items()
    }
    table = b"".join(struct.pack("<HHIQ", 0x40, number, 0, count) for number, count in ticks.items())
    files = {NAMES + "00020102": MEETINGS, "__properties_version1.0": bytes(32) + table}
    for key, value in streams.items():
        folder, _, name = key.rpartition("/")
        kind, data = ("001F", value.encode("utf-16-le")) if isinstance(value, str) else ("0102", value)
        path = (
            key
            if name.startswith("__") or len(name) > 4
            else f"{folder + '/' if folder else ''}__substg1.0_{name}{kind}"
        )
        files[path] = data
    return compound_file(files)


def read(data: bytes) -> ParsedDocument:
    assert detect(io.BytesIO(data), "a.msg") == types.MSG
    return parse(data, types.MSG, ParserLimits(ocr_languages=""))


def compressed(rtf: bytes) -> bytes:
    """RTF as single bytes, with the mark of its end."""
    body = b"".join(b"\0" + rtf[place : place + 8] for place in range(0, len(rtf), 8))
    return struct.pack("<4I", len(body) + 12, len(rtf), 0x75465A4C, 0) + body


def test_message_has_its_people_and_its_date() -> None:
    sent = {0x0039: datetime(2026, 3, 1, 14, 30, tzinfo=UTC)}
    data = message({"0037": "Oil", "0C1A": "Ada", "0E04": "Ugo", "1000": "The press opens.\r\n\r\nIn May."}, sent)
    assert read(data).text.split("\n\n") == [
        "Oil", "From: Ada\nTo: Ugo\nDate: 2026-03-01 14:30 UTC", "The press opens.", "In May.",
    ]  # fmt: skip


def test_meeting_says_when_and_where() -> None:
    entries = b"".join(struct.pack("<IHH", name, 3 << 1, index) for index, name in enumerate([0x8208, 0x820D, 0x820E]))
    hours = {0x8001 + n: datetime(2026, 5, 12, 18 + n, 15, tzinfo=UTC) for n in range(2)}
    data = message(
        {"0037": "Tasting", "001A": "IPM.Schedule.Meeting.Request", "8000": "Cellar", NAMES + "00030102": entries},
        hours,
    )
    assert read(data).text.split("\n\n")[1] == "When: 2026-05-12 18:15 to 19:15 UTC\nWhere: Cellar"


@pytest.mark.parametrize(
    "body",
    [
        {"1013": b"<p>The press opens.</p>"},
        {"1009": compressed(rb"{\rtf1\ansi The press opens.\par}")},
        {"1009": struct.pack("<4I", 0, 33, 0x414C454D, 0) + rb"{\rtf1\ansi The press opens.\par}"},
    ],
)
def test_text_is_read_in_whichever_form_it_is_kept(body: dict[str, bytes | str]) -> None:
    assert "The press opens." in read(message({"0037": "Oil", **body})).text


def test_html_is_read_in_place_of_the_plain_text_made_from_it() -> None:
    html = b"<table><tr><th>Plot</th><th>Oil</th></tr><tr><td>North</td><td>12</td></tr></table>"
    data = message({"0037": "Oil", "1000": "Plot\r\n\r\nOil\r\n\r\nNorth\r\n\r\n12", "1013": html})
    assert read(data).text == "Oil\n\nPlot: North | Oil: 12"


def test_compressed_rtf_repeats_what_it_has_written() -> None:
    place = len(FIRST_WORDS)
    data = b"\x02a" + struct.pack(">H", place << 4 | 3) + struct.pack(">H", 0)
    assert decompress(struct.pack("<4I", 0, 6, 0x75465A4C, 0) + data) == b"aaaaaa"
    assert decompress(struct.pack("<4I", 0, 99, 0x75465A4C, 0) + b"\0ab") == b"ab"
    assert decompress(b"short") == b""


def test_attachment_that_cannot_be_read_does_not_fail_its_message() -> None:
    first, second, third = (f"__attach_version1.0_#{n}" for n in range(3))
    streams = {
        f"{first}/3707": "note.txt", f"{first}/3701": b"Attached.",
        f"{second}/3707": "tank.bin", f"{second}/3701": b"\0\1\2",
        f"{third}/3707": "logo.png", f"{third}/3701": b"\x89PNG\r\n\x1a\n", f"{third}/3712": "logo@x",
    }  # fmt: skip
    parsed = read(message({"0037": "Oil", "1000": "The press opens.", **streams}))
    assert parsed.text.split("\n\n") == ["Oil", "The press opens.", "note.txt", "Attached.", "tank.bin"]
    assert [warning.code for warning in parsed.warnings] == ["attachment_skipped"]
    only = {key: value for key, value in streams.items() if key.startswith(second)}
    with pytest.raises(DocumentFailure):
        read(message({"0037": "Oil", **only}))
