"""Slides are read as they are shown: numbers, raised figures, links, tables, charts, comments, hidden slides."""

from __future__ import annotations

import struct

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import DocumentBuilder, ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse, ppt
from tests.support.office import a_run, a_table, chart_part, p_shape, pptx_package, root

AUTO = '<a:pPr><a:buAutoNum type="{}"/></a:pPr>'


def read(slides: list[str], *entries: tuple[str, str, str], hidden: int = 0, **parts: str) -> ParsedDocument:
    return parse(pptx_package(slides, *entries, hidden=hidden, **parts), types.PPTX, ParserLimits())


def lines(*shapes: str, entries: tuple[tuple[str, str, str], ...] = (), **parts: str) -> list[str]:
    return read(["".join(shapes)], *entries, **parts).text.split("\n\n")


def test_points_have_their_automatic_numbers() -> None:
    inner = '<a:pPr lvl="1"><a:buAutoNum type="alphaLcParenR"/></a:pPr>'
    number = AUTO.format("arabicPeriod")
    shape = p_shape(
        number + a_run("Plan"),
        inner + a_run("cost"),
        inner + a_run("time"),
        number + a_run("Build"),
        inner + a_run("walls"),
    )
    assert lines(shape) == ["1. Plan", "a) cost", "b) time", "2. Build", "a) walls"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (a_run("10") + a_run("6", 'baseline="30000"') + a_run(" cells"), "10^6 cells"),
        (a_run("CO") + a_run("2", 'baseline="-25000"'), "CO2"),
        (a_run("ü", more='<a:latin typeface="Wingdings"/>') + a_run(" done"), "✓ done"),
        (a_run("the form", more='<a:hlinkClick r:id="k1"/>'), "the form (https://a.example/form)"),
        (
            a_run("next slide", more='<a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>'),
            "next slide",
        ),
    ],
)
def test_a_run_is_read_as_it_looks(content: str, text: str) -> None:
    assert lines(p_shape(content), entries=(("k1", "hyperlink", "https://a.example/form"),)) == [text]


def test_tables_have_their_spans_and_header() -> None:
    table = a_table(
        ["Team", 'gridSpan="2"|Visits', 'hMerge="1"|', "Note"],
        ["", "May", "June", ""],
        ['rowSpan="2"|North', "5", "7", "new"],
        ['vMerge="1"|', "6", "8", "old"],
        properties='firstRow="1"',
    )
    assert lines(table)[0].splitlines() == [
        "Team: North | Visits May: 5 | Visits June: 7 | Note: new",
        "Team: North | Visits May: 6 | Visits June: 8 | Note: old",
    ]


def test_a_record_of_two_columns_has_no_header_though_new_tables_ask_for_one() -> None:
    table = a_table(["Owner", "Rosa"], ["Kennel", "north"], ["Food", "dry"], properties='firstRow="1"')
    assert "Owner: Kennel" not in lines(table)[0]


def test_charts_stand_at_their_place() -> None:
    frame = '<p:graphicFrame><a:graphic><c:chart r:id="k1"/></a:graphic></p:graphicFrame>'
    chart = chart_part("Visits", {"Adults": [5, 7], "Children": [2, 3]}, ["May", "June"])
    shapes = p_shape("Before."), frame, p_shape("After.")
    assert lines(*shapes, entries=(("k1", "chart", "../chart1.xml"),), chart1=chart) == [
        "Before.",
        "Visits",
        "May | Adults: 5 | Children: 2\nJune | Adults: 7 | Children: 3",
        "After.",
    ]


def test_a_hidden_slide_is_marked_and_warned_of() -> None:
    parsed = read([p_shape("One", placeholder="title"), p_shape("Two", placeholder="title"), p_shape("Body")], hidden=2)
    assert parsed.text == "One\n\nTwo (hidden slide)\n\nBody"
    assert [warning.code for warning in parsed.warnings] == ["hidden_slide"]
    assert read([p_shape("Body")], hidden=1).text == "Slide 1 (hidden slide)\n\nBody"


def test_footers_come_once_and_slide_numbers_never() -> None:
    margins = p_shape("Harbour Ltd", placeholder="ftr") + p_shape("7", placeholder="sldNum")
    assert read([p_shape("One") + margins, p_shape("Two") + margins]).text == "One\n\nHarbour Ltd\n\nTwo"


def test_notes_comments_and_descriptions_of_pictures_are_kept() -> None:
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="2" name="Picture 2" descr="A map of the harbour"/></p:nvPicPr></p:pic>'
    entries = ("k1", "notesSlide", "../notes1.xml"), ("k2", "comments", "../comments1.xml")
    parts = {
        "notes1": root("p:notes", p_shape("Say hello first.", placeholder="body")),
        "comments1": root("p:cmLst", '<p:cm authorId="3"><p:text>Too long?</p:text></p:cm>'),
        "commentAuthors": root("p:cmAuthorLst", '<p:cmAuthor id="3" name="Ana"/>'),
    }
    assert lines(p_shape("Body."), picture, entries=entries, **parts) == [
        "Body.",
        "[Picture: A map of the harbour]",
        "Say hello first.",
        "[Comment by Ana: Too long?]",
    ]


def record(kind: int, content: bytes, *, instance: int = 0, is_container: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (0xF if is_container else 0), kind, len(content)) + content


def test_notes_of_legacy_slides_follow_their_slide() -> None:
    def spoken(slide: int, text: str) -> bytes:
        said = record(0x0F9F, struct.pack("<I", 2)) + record(0x0FA8, text.encode())
        number = record(0x0F9F, struct.pack("<I", 4)) + record(0x0FA8, b"*")
        return record(0x03F0, record(0x03F1, struct.pack("<II", slide, 0)) + number + said, is_container=True)

    def listed(slide: int, title: bytes) -> bytes:
        place = record(0x03F3, struct.pack("<IIIII", 0, 0, 0, slide, 0))
        return place + record(0x0F9F, struct.pack("<I", 0)) + record(0x0FA8, title)

    outline = record(0x0FF0, listed(256, b"One") + listed(257, b"Two"), is_container=True)
    stream = outline + spoken(257, "Wave.") + spoken(256, "Bow.") + spoken(0, "Master")
    builder = DocumentBuilder(ParserLimits())
    ppt.add_slides(builder, stream)
    assert builder.finish(types.PPT).text == "One\n\nBow.\n\nTwo\n\nWave."
