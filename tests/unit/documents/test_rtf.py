"""RTF is read as a word processor shows it: notes, lists, tables, links, raised figures, hidden text."""

from __future__ import annotations

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.errors import DocumentFailure

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Times;}"
    r"{\f2\fcharset2 Symbol;}{\f3\fcharset2 Wingdings;}{\f4\fcharset128 Mincho;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\*\cs10 Default Font;}}{\*\generator Some Program 1.0;}"
)


def read(body: str) -> ParsedDocument:
    return parse(f"{HEAD}{body}}}".encode("latin-1"), types.RTF, ParserLimits())


def lines(body: str) -> list[str]:
    return read(body).text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Ol\'e1 mundo", "Olá mundo"),
        (r"a \u8364?5 \uc2\u223 ss\uc1 x", "a €5 ßx"),
        (r"{\f1 \'cc\'e8\'f0}", "Мир"),
        (r"{\f4 \'93\'fa\'96\'7b}", "日本"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\f2 a} and {\f3 \'fe}", "α and ☑"),
        (r"10{\super 6} cells, H{\sub 2}O, 4{\up8 2}", "10^6 cells, H2O, 4^2"),
        (r"co\-operate, half\_life, 5\~km \{x\}", "cooperate, half-life, 5\u00a0km {x}"),
        (r"kept{\deleted  gone} here", "kept here"),
        (r"see{\*\unknown nothing} it", "see it"),
        (r"{\upr{A?}{\*\ud{A\u322?}}} z", "Ał z"),
        (r"{\pict 0102{\*\blipuid ff}ab}after", "after"),
        (r"{\bin3 }}}x}y", "xy"),
    ],
)  # fmt: skip
def test_characters_are_read_as_they_look(body: str, text: str) -> None:
    assert read(body).text == text


def test_footnotes_and_comments_follow_the_paragraph_that_refers_to_them() -> None:
    note = r"{\super\chftn}{\footnote \pard\plain {\super\chftn} Others say 1963.\par}"
    comment = r"{\*\atnid A}{\*\atnauthor Ana}\chatn{\*\annotation \pard Check this.}"
    assert lines(rf"Built in 1962{note} of stone.{comment}\par Next.\par") == [
        "Built in 1962^1 of stone.",
        "^1 Others say 1963.",
        "[Comment by Ana: Check this.]",
        "Next.",
    ]


def test_headings_lists_and_margins_are_told_apart() -> None:
    parsed = read(
        r"{\header Harbour Ltd\par}{\footer Page foot\par}\pard\s1 Rules\par"
        r"\pard\plain {\listtext 2.1\tab}Pay first.\par\pard{\pntext\f2\'b7\tab}Or later.\par"
        r"\pard\outlinelevel1 Part\par\pard Text.\par"
    )
    assert [(block.kind, block.level, parsed.text[block.char_start : block.char_end]) for block in parsed.blocks] == [
        ("paragraph", 0, "Harbour Ltd"),
        ("heading", 1, "Rules"),
        ("list_item", 0, "2.1 Pay first."),
        ("list_item", 0, "Or later."),
        ("heading", 2, "Part"),
        ("paragraph", 0, "Text."),
        ("paragraph", 0, "Page foot"),
    ]


def test_links_say_where_they_lead() -> None:
    link = r'{\field{\*\fldinst {HYPERLINK "https://a.example/form"}}{\fldrslt {\ul the form}}}'
    assert read(rf"Fill in {link} today.\par").text == "Fill in the form (https://a.example/form) today."


def test_hidden_text_is_marked_and_warned_of() -> None:
    parsed = read(r"Price 40. {\v Margin 12.}\par")
    assert parsed.text == "Price 40. [hidden: Margin 12.]"
    assert [warning.code for warning in parsed.warnings] == ["hidden_text"]


def test_ticks_of_forms_are_shown() -> None:
    box = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres%d\ffdefres1{\*\ffname a}}}}{\fldrslt }}"
    assert read(rf"Guard {box % 0} Oil {box % 1} Belt {box % 25}\par").text == "Guard ☐ Oil ☒ Belt ☒"


def test_rows_are_tables_with_spans_by_the_edges_of_their_cells() -> None:
    wide = r"\trowd\trhdr\cellx1000\cellx3000"
    narrow = r"\cellx1000\cellx2000\cellx3010"
    body = (
        rf"{wide}\pard\intbl Branch\cell Weekdays\cell\row"
        rf"\trowd\trhdr{narrow}\pard\intbl\cell opens\cell closes\cell\row"
        rf"\trowd{narrow}\pard\intbl Harbour\cell 8\par (not Mondays)\cell 18\cell\row"
        r"\pard After.\par"
    )
    assert lines(body) == ["Branch: Harbour | Weekdays opens: 8 (not Mondays) | Weekdays closes: 18", "After."]


def test_cells_that_go_down_hold_for_each_row() -> None:
    first, below = r"\trowd\clvmgf\cellx900\cellx1800", r"\trowd\clvmrg\cellx900\cellx1800"
    body = (
        r"\trowd\trhdr\cellx900\cellx1800\pard\intbl Ward\cell Nurse\cell\row"
        rf"{first}\pard\intbl East\cell Ines\cell\row{below}\pard\intbl\cell Marco\cell\row"
    )
    assert read(body).text == "Ward: East | Nurse: Ines\nWard: East | Nurse: Marco"


def test_a_sentence_with_bars_is_no_table() -> None:
    parsed = read(r"The switch has modes A|B|C for the pump.\par")
    assert [block.kind for block in parsed.blocks] == ["paragraph"]
    assert "A|B|C" in parsed.text


def test_groups_that_never_end_and_never_began_do_no_harm() -> None:
    assert read(r"a}}}}b").text == "ab"
    with pytest.raises(DocumentFailure) as caught:
        read("{" * 5000)
    assert caught.value.code == "nested_too_deeply"
