"""Legacy PowerPoint files (PPT): the text of every slide, by walking the records ([MS-PPT] 2.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import zip_longest

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.ole import open_compound, read_stream
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

HEADER = 8
CONTAINER = 0xF
SLIDE, MASTER, NOTES, SLIDE_LIST = 0x03EE, 0x03F8, 0x03F0, 0x0FF0
SLIDE_PERSIST, TEXT_HEADER, WIDE_TEXT, NARROW_TEXT = 0x03F3, 0x0F9F, 0x0FA0, 0x0FA8
TITLES = {0, 6}  # kinds of text: title, centred title
NOTES_ATOM, NOTES_TEXT = 0x03F1, 2  # names the slide; kind of text
SLIDE_ID_AT = 12
SLIDES_OF_LIST = 0  # instance of the slide list that is not of masters or notes
Text = tuple[int, str]  # kind, text


def parse(data: bytes, builder: DocumentBuilder) -> None:
    file = open_compound(data)
    if file.exists("EncryptedSummary"):
        raise DocumentFailure("encrypted", "The file is protected by a password; remove it and upload it again.")
    stream = read_stream(file, "PowerPoint Document")
    add_slides(builder, stream)


def add_slides(builder: DocumentBuilder, stream: bytes) -> None:
    """Add the slides of the stream "PowerPoint Document", each with its notes."""
    nothing: list[Text] = []
    slides = list(zip_longest(*_slides(stream), fillvalue=nothing))
    builder.count_pages(len(slides))
    for outline, drawing, notes in slides:
        said: set[str] = set()
        for kind, text in [*outline, *drawing, *notes]:
            if text not in said:
                builder.add("heading" if kind in TITLES else "paragraph", text, 1)
            said.add(text)
        builder.end_page()


def _slides(stream: bytes) -> tuple[list[list[Text]], list[list[Text]], list[list[Text]]]:
    """Texts of each slide, from the outline, from the drawings and from its notes."""
    outlines: list[list[Text]] = []
    drawings: list[list[Text]] = []
    notes: dict[int, list[Text]] = {}  # by slide
    slides: list[int] = []  # in order
    target: list[Text] = []  # masters go nowhere
    kind, of_slides = -1, False
    for record, instance, start, end in _records(stream):
        if record in {MASTER, NOTES, SLIDE_LIST}:
            target, of_slides = [], record == SLIDE_LIST and instance == SLIDES_OF_LIST
        elif record == SLIDE:
            drawings.append(target := [])
        elif record == SLIDE_PERSIST and of_slides:
            outlines.append(target := [])
            slides.append(_number(stream, start + SLIDE_ID_AT, end))
        elif record == NOTES_ATOM:
            target = notes.setdefault(_number(stream, start, end), [])
        elif record == TEXT_HEADER and end - start >= 4:
            (kind,) = struct.unpack_from("<I", stream, start)
        elif record in {WIDE_TEXT, NARROW_TEXT}:
            text = stream[start:end].decode("utf-16-le" if record == WIDE_TEXT else "latin-1", errors="replace")
            target.append((kind, clean(text.replace("\x0b", "\n")).strip()))
    spoken = [[text for text in notes.get(slide, []) if text[0] == NOTES_TEXT] for slide in slides]
    return outlines, drawings, spoken


def _number(stream: bytes, start: int, end: int) -> int:
    """A number of four bytes; -1 if the record ends before it."""
    return int(struct.unpack_from("<I", stream, start)[0]) if start + 4 <= end else -1


def _records(stream: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(type, instance, start, end of the content) of each record; a container comes before its content."""
    place = 0
    while place + HEADER <= len(stream):
        version, record, length = struct.unpack_from("<HHI", stream, place)
        place += HEADER
        end = min(place + length, len(stream))
        yield record, version >> 4, place, end
        if version & 0xF != CONTAINER:
            place = end
