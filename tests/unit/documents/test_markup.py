"""HTML, Markdown, XML, JSON and CSV keep what a reader of them sees."""

from __future__ import annotations

import time

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.errors import DocumentFailure


def read(media_type: str, source: str) -> ParsedDocument:
    return parse(source.encode(), media_type, ParserLimits())


def html(source: str) -> list[str]:
    return read(types.HTML, f"<html><body>{source}</body></html>").text.split("\n\n")


def markdown(source: str) -> list[str]:
    return read(types.MARKDOWN, source).text.split("\n\n")


def xml(source: str) -> list[str]:
    return read(types.XML, f"<?xml version='1.0'?>{source}").text.split("\n\n")


def test_marks_within_a_word_divide_nothing_in_cells_either() -> None:
    row = "<tr><td><i>B</i>rine</td><td>Na<sub>2</sub>SO<sub>4</sub></td></tr>"
    assert html(f"<table><tr><th>Salt</th><th>Sum</th></tr>{row}</table>") == ["Salt: Brine | Sum: Na2SO4"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("5<sup>3</sup> grains", "5^3 grains"),
        ("a<sup>n</sup> grains", "a^n grains"),
        ("the 3<sup>rd</sup> grain", "the 3rd grain"),
        ("a grain<sup><a href='#n4'>4</a></sup> falls", "a grain [4] falls"),
        ("<math><mfrac><mi>p</mi><mn>4</mn></mfrac></math> grains", "(p)/(4) grains"),
    ],
)
def test_raised_figures_and_fractions_stay_readable(source: str, text: str) -> None:
    assert html(f"<p>{source}</p>") == [text]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<a href='https://quay.test/plan.pdf'>The plan</a>.", "The plan (https://quay.test/plan.pdf)."),
        ("<a href='mailto:dock@quay.test?subject=x'>Write</a>", "Write (dock@quay.test)"),
        ("<a href='https://quay.test/'>quay.test</a> opens", "quay.test opens"),
        ("<a href='/plan'>The plan</a> <a href='javascript:go()'>runs</a>", "The plan runs"),
        (f"<a href='https://quay.test/p?{'t' * 300}'>Plan</a>", "Plan (https://quay.test/p)"),
        ("<a href='https://q.test/1'>a</a> " * 5, "a a a a a"),
        ("The <a href='forms/leave.pdf'>form</a>", "The form (forms/leave.pdf)"),
    ],
)
def test_links_say_where_they_lead(source: str, text: str) -> None:
    assert html(f"<p>{source}</p>") == [text]


def test_buttons_that_open_a_part_are_its_title_and_others_are_none() -> None:
    page = (
        "<h2><button>When does the ferry sail?</button></h2><div hidden id='a'>At six.</div>"
        "<button aria-expanded='false' aria-controls='b'>Who pays?</button>"
        "<div id='b' style='display: none'>Adults.</div>"
        "<div role='tabpanel' hidden>Bring a coat.</div><div hidden>Unseen.</div><button>Send</button>"
        "<img src='m.png' alt='Map of the pier'>"
    )
    assert html(page) == ["When does the ferry sail?", "Who pays?", "Adults.", "Bring a coat.", "Map of the pier"]


def test_form_fields_show_what_is_typed_ticked_and_chosen() -> None:
    form = (
        "<p>Crew <input value='Vera'> <input type='hidden' value='t0k3n'><input type='password' value='pw'></p>"
        "<p><input type='checkbox' checked> paid <select><option>Deal<option selected>Wick</select></p>"
    )
    assert html(form) == ["Crew Vera", "[x] paid Wick"]


def test_table_that_places_the_parts_of_a_page_is_read_as_its_parts() -> None:
    page = "<table><tr><td>Pier</td><td><h2>Fares</h2><p>One.</p><p>Two.</p><ul><li>Three.</li></ul></td></tr></table>"
    parsed = read(types.HTML, page)
    assert [block.kind for block in parsed.blocks] == ["paragraph", "heading", "paragraph", "paragraph", "list_item"]


def test_table_of_data_keeps_caption_lists_and_bold_header() -> None:
    head = "<tr><td><b>Crew</b></td><td><b>Gear</b></td></tr>"
    body = "<tr><td>Elm</td><td><ul><li>rope</li><li>hook</li></ul></td></tr>"
    assert html(f"<table><caption>Fleet</caption>{head}{body}</table>") == ["Fleet", "Crew: Elm | Gear: rope; hook"]


def test_short_terms_go_with_their_values_and_longer_texts_stand_alone() -> None:
    assert html("<dl><dt>Hull</dt><dd>oak</dd><dt>Mast</dt><dd>ash</dd></dl>") == ["Hull: oak\nMast: ash"]
    assert html("<dl><dt>Who sails?</dt><dd><p>Vera.</p></dd></dl>") == ["Who sails?", "Vera."]


def test_hidden_cells_are_left_out_and_drawings_say_what_they_show() -> None:
    head = "<tr><th>Crew</th><th style='display:none'>Key</th><th>Paid</th></tr>"
    row = "<tr><td>Elm</td><td style='display:none'>k1</td><td><svg role='img' aria-label='Yes'></svg></td></tr>"
    assert html(f"<table>{head}{row}<tr hidden><td>x</td><td>y</td></tr></table>") == ["Crew: Elm | Paid: Yes"]


def test_ordered_lists_show_their_numbers() -> None:
    assert html("<ol start='4'><li>Cast off</li><li>Row</li></ol>") == ["4. Cast off", "5. Row"]
    assert markdown("4. Cast off\n5. Row\n\n- Rest\n") == ["4. Cast off", "5. Row", "Rest"]


def test_html_in_markdown_is_read_as_html() -> None:
    table = "<table>\n<tr><th>Oar</th><th>Length</th></tr>\n\n<tr><td>Long</td><td>4 m</td></tr>\n</table>"
    assert markdown(f"{table}\n\nOne<br>two, 3<sup>2</sup>\n") == ["Oar: Long | Length: 4 m", "One two, 3^2"]


def test_markdown_footnotes_come_below_the_text_that_refers_to_them() -> None:
    source = "Tide[^t] and moon[^m].\n\nNext.\n\n[^t]: https://tide.test/\n[^m]: Full, then\n  new.\n[^z]: Unused.\n"
    assert markdown(source) == [
        *("Tide[^t] and moon[^m].", "[^t]: https://tide.test/", "[^m]: Full, then new.", "Next.", "[^z]: Unused.")
    ]


@pytest.mark.parametrize(
    "block",
    [
        '---\ntitle: "Tide book"\ntags: [sea, moon]\n---\n',
        "---\ntitle: Tide book\ntags:\n  - sea\n  - moon\n---\n",
        '+++\ntitle = "Tide book"\ntags = ["sea", "moon"]\n+++\n',
    ],
)
def test_front_matter_gives_title_and_fields(block: str) -> None:
    parsed = read(types.MARKDOWN, f"{block}## Springs\n\nHigh.\n")
    assert parsed.title == "Tide book"
    assert parsed.text == "title: Tide book | tags: sea, moon\n\nSprings\n\nHigh."


def test_markdown_links_say_where_they_lead() -> None:
    table = "| A | B |\n|---|---|\n| [x][r] | y |\n\n[r]: https://r.test\n"
    assert markdown(f"See [the plan](https://quay.test/p) or <https://quay.test/q>.\n\n{table}") == [
        "See the plan (https://quay.test/p) or https://quay.test/q.",
        "A: x (https://r.test) | B: y",
    ]


def test_xml_attributes_are_fields_and_parts_say_what_they_are_part_of() -> None:
    source = (
        "<crews port='Wick'><crew no='C-7'><hand role='mate' age='40'/><log>Rain.</log></crew><rate day='5'/></crews>"
    )
    assert xml(source) == [
        "crews | port: Wick",
        "crew | crews.port: Wick | no: C-7 | log: Rain.",
        "hand | crews.port: Wick | crew.no: C-7 | role: mate | age: 40",
        "rate | crews.port: Wick | day: 5",
    ]


def test_xml_prose_keeps_its_text_without_attributes() -> None:
    section = "<sec type='intro'><p>The <b>moon</b> pulls.</p><p>So.</p></sec>"
    assert xml(f"<article id='a1' type='essay'><title>Tides</title>{section}</article>") == [
        "Tides",
        "The moon pulls.",
        "So.",
    ]


def test_json_parts_say_what_they_are_part_of() -> None:
    source = (
        '{"trip": "T-3", "stops": [{"pier": "Deal", "sea": {"tide": 2, "wind": "west"}, "crew": [{"hand": "Vera"}]}]}'
    )
    assert read(types.JSON, source).text.split("\n\n") == [
        "trip: T-3",
        "stops | trip: T-3 | pier: Deal | sea.tide: 2 | sea.wind: west",
        "stops.crew | trip: T-3 | stops.pier: Deal | hand: Vera",
    ]


def test_json_lists_of_lists_are_tables_and_objects_by_key_are_records() -> None:
    source = '{"crew": [["Name", "City"], ["Vera", "Wick"]], "piers": {' + ",".join(
        f'"P{i}": {{"tide": {i}}}' for i in range(6)
    )
    text = read(types.JSON, source + "}}").text
    assert text.startswith("crew\n\nName: Vera | City: Wick\n\npiers.P0 | tide: 0\n\npiers.P1 | tide: 1")


def test_json_values_one_after_the_other_are_read_whatever_the_file_is_called() -> None:
    assert read(types.JSON, '{"a": 1}\n{\n "a": 2}\n').text == "a: 1\n\na: 2"
    with pytest.raises(DocumentFailure) as caught:
        read(types.JSON, '{"a": 1} and more')
    assert caught.value.code == "truncated"


def test_the_line_that_names_the_delimiter_is_no_text() -> None:
    assert read(types.CSV, "sep=;\nName;Fare\nVera;4,50\n").text == "Name: Vera | Fare: 4,50"


def test_a_file_of_two_tables_has_two_headers() -> None:
    source = "Name,City\nVera,Wick\n\nItem,Price\nOar,30\n"
    assert read(types.CSV, source).text == "Name: Vera | City: Wick\n\nItem: Oar | Price: 30"


def test_blank_lines_after_each_row_divide_nothing() -> None:
    assert read(types.CSV, "Name,City\n\nVera,Wick\n\nOtto,Deal\n\nIlse,Ryde\n").text.count("\n\n") == 0


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "<a href='https://q.test/f.pdf'>x</a> " * 20_000,
        "<table>" * 10 + "x" + "</table>" * 10,
        "<div>" * 3000 + "x",
        "<table><tr>" + "<td rowspan='9999' colspan='9999'>word" * 300 + "</table>",
        "<ol>" + "<li>x" * 20_000,
    ],
)
def test_pages_without_measure_are_read_in_bounds(page: str) -> None:
    start = time.process_time()
    assert "x" in "".join(html(page)) or "word" in "".join(html(page))
    assert time.process_time() - start < 20  # seconds; a quadratic walk takes minutes
