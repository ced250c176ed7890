"""Sheets are read as their program shows them: formats, merged cells, headers, comments, links, hidden parts."""

from __future__ import annotations

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.errors import DocumentFailure
from tests.support.office import chart_part, default_root, relations, root, x_cell, x_rows, xlsx_package

STYLES = default_root(
    "styleSheet",
    '<numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts><fonts><font/><font><b/></font></fonts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="14"/><xf fontId="1"/></cellXfs>',
)


def read(content: str, *entries: tuple[str, str, str], name: str = "S", **parts: str) -> ParsedDocument:
    return parse(xlsx_package({name: content}, *entries, **parts), types.SPREADSHEETS, ParserLimits())


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def codes(parsed: ParsedDocument) -> list[str]:
    return [warning.code for warning in parsed.warnings]


def test_cells_are_read_as_they_are_shown() -> None:
    numbers = x_cell("A2", 0.155, 1) + x_cell("B2", 42, 2) + x_cell("C2", 45730, 3)
    row = f'<row r="2">{numbers}<c r="D2" t="b"><v>1</v></c></row>'
    parsed = read(data(x_rows([["Rate", "Code", "Start", "Active"]]), row), styles=STYLES)
    assert parsed.text == "S\n\nRate: 15.50% | Code: 00042 | Start: 2025-03-14 | Active: TRUE"


def test_shared_texts_keep_raised_figures() -> None:
    runs = '<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r><rPh><t>ten</t></rPh>'
    strings = default_root("sst", f"<si><t>Cells</t></si><si>{runs}</si>")
    row = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row>'
    assert read(data(row), sharedStrings=strings).text == "S\n\nCells | 10^6"


def test_merged_cells_hold_for_every_row_and_column_that_they_cover() -> None:
    rows = x_rows([["Ward", "2024", "", "2025"], ["", "Plan", "Actual", "Plan"], ["East", 1, 2, 3], ["", 4, 5, 6]])
    merges = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/><mergeCell ref="A3:A4"/></mergeCells>'
    assert read(data(rows) + merges).text.split("\n\n")[1] == (
        "Ward: East | 2024 Plan: 1 | 2024 Actual: 2 | 2025 Plan: 3\n"
        "Ward: East | 2024 Plan: 4 | 2024 Actual: 5 | 2025 Plan: 6"
    )


@pytest.mark.parametrize(
    "evidence",
    [
        '<autoFilter ref="A1:B3"/>',
        '<tableParts><tablePart r:id="k1"/></tableParts>',
    ],
)
def test_filters_and_tables_name_the_columns(evidence: str) -> None:
    rows = x_rows([["Reyes", "Ward"], ["Lind", "Attic"], ["Mota", "Cellar"]])
    table = default_root("table", "").replace("<table ", '<table ref="A1:B3" ')
    parsed = read(data(rows) + evidence, ("k1", "table", "../tables/table1.xml"), **{"tables/table1": table})
    assert parsed.text == "S\n\nReyes: Lind | Ward: Attic\nReyes: Mota | Ward: Cellar"


def test_frozen_rows_name_the_columns_and_a_table_without_a_header_has_none() -> None:
    rows = x_rows([["Reyes", "Ward"], ["Lind", "Attic"], ["Mota", "Cellar"]])
    pane = '<sheetViews><sheetView><pane ySplit="1" state="frozen"/></sheetView></sheetViews>'
    assert "Reyes: Lind" in read(pane + data(rows)).text
    table = default_root("table", "").replace("<table ", '<table ref="A1:B3" headerRowCount="0" ')
    part = '<tableParts><tablePart r:id="k1"/></tableParts>'
    parsed = read(data(rows) + part, ("k1", "table", "../tables/table1.xml"), **{"tables/table1": table})
    assert parsed.text == "S\n\nReyes | Ward\nLind | Attic\nMota | Cellar"


def test_groups_below_blank_rows_keep_the_header() -> None:
    rows = x_rows([["Name", "Amount"], ["Ana", 3]]) + x_rows([["Rui", 4]], first=5)
    assert read(data(rows)).text == "S\n\nName: Ana | Amount: 3\n\nName: Rui | Amount: 4"


def test_comments_and_links_stand_in_their_cells() -> None:
    rows = x_rows([["Part", "Price"], ["Valve", 12], ["Seal", 3]])
    links = '<hyperlinks><hyperlink ref="A2" r:id="k1"/><hyperlink ref="A3" location="S!B2"/></hyperlinks>'
    comments = default_root(
        "comments",
        "<authors><author>Ana</author></authors><commentList>"
        '<comment ref="B3"><text><r><t>Ana:\n</t></r><r><t>was 4</t></r></text></comment>'
        '<comment ref="B1"><text><t>without tax</t></text></comment></commentList>',
    )
    entries = ("k1", "hyperlink", "https://a.example/valve"), ("k2", "comments", "../comments1.xml")
    assert read(data(rows) + links, *entries, comments1=comments).text == (
        "S\n\nPart: Valve (https://a.example/valve) | Price: 12\nPart: Seal | Price: 3 [Comment: was 4]\n\n"
        "Price [Comment: without tax]"
    )


def test_discussions_replace_what_older_programs_show() -> None:
    thread = (
        "<ThreadedComments><threadedComment ref='A1'><text>Is this right?</text></threadedComment></ThreadedComments>"
    )
    old = default_root(
        "comments", "<commentList><comment ref='A1'><text><t>[Threaded comment] old</t></text></comment></commentList>"
    )
    entries = ("k1", "comments", "../c.xml"), ("k2", "threadedComment", "../t.xml")
    assert (
        read(data(x_rows([["Total", 5]])), *entries, c=old, t=thread).text
        == "S\n\nTotal | 5\n\nTotal [Comment: Is this right?]"
    )


def test_a_formula_without_a_value_is_shown_and_warned_of() -> None:
    rows = x_rows([["Item", "Shelf", "Net"], ["Wood", "A", 5]])
    total = f'<row r="3">{x_cell("A3", "Both")}{x_cell("C3", "", formula="SUM(C2:C2)")}</row>'
    parsed = read(data(rows, total))
    assert parsed.text.endswith("Item: Both | Net: =SUM(C2:C2)")
    assert codes(parsed) == ["formulas_without_value"]
    assert codes(read(data(f'<row r="1">{x_cell("A1", 5, formula="2+3")}</row>'))) == []


def test_a_link_made_by_a_formula_says_where_it_leads() -> None:
    formula = "HYPERLINK(&quot;https://a.example/x&quot;,&quot;form&quot;)"
    assert (
        read(data(f'<row r="1">{x_cell("A1", "form", formula=formula)}</row>')).text
        == "S\n\nform (https://a.example/x)"
    )


def test_hidden_sheets_columns_and_rows_are_told() -> None:
    shown = '<cols><col min="2" max="2" hidden="1"/></cols>' + data(x_rows([["Item", "Margin"], ["Wood", 5]]))
    package = xlsx_package({"Prices": shown, "Secret !": data(x_rows([["Factor", 3]]))})
    parsed = parse(package, types.SPREADSHEETS, ParserLimits())
    assert parsed.text == "Prices\n\nItem: Wood | Margin (hidden column): 5\n\nSecret (hidden sheet)\n\nFactor | 3"
    assert codes(parsed) == ["hidden_cells", "hidden_sheet"]
    assert codes(read(data(x_rows([["Item", 4]], attributes='hidden="1"')))) == ["hidden_cells"]


def test_charts_and_text_boxes_lie_below_the_cells() -> None:
    box = "<txBody><a:p><a:r><a:t>Mind the step.</a:t></a:r></a:p></txBody>"
    parts = {
        "drawings/drawing1": root("d", f'<c:chart r:id="k1"/>{box}'),
        "drawings/_rels/drawing1.xml.rels": relations(("k1", "chart", "../charts/chart1.xml")),
        "charts/chart1": chart_part("Visits", {"Adults": [5, 7]}, ["May", "June"]),
    }
    sheet = data(x_rows([["Only", 1]])) + '<drawing r:id="k9"/>'
    assert read(sheet, ("k9", "drawing", "../drawings/drawing1.xml"), **parts).text == (
        "S\n\nOnly | 1\n\nVisits\n\nMay | Adults: 5\nJune | Adults: 7\n\nMind the step."
    )


def test_margins_come_without_their_codes_and_without_page_numbers_alone() -> None:
    words = '&amp;L&amp;"Arial,Bold"Internal use only'
    margins = f"<headerFooter><oddHeader>{words}</oddHeader><oddFooter>&amp;CPage &amp;P</oddFooter></headerFooter>"
    assert read(data(x_rows([["Only", 1]])) + margins).text == "S\n\nOnly | 1\n\nInternal use only"


def test_two_cells_far_apart_take_no_memory() -> None:
    far = data('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    assert read(far).text == "S\n\n1\n\n2"


def test_cells_are_counted_before_blank_ones_are_made() -> None:
    rows = "".join(f'<row r="{i}"><c r="{chr(65 + i % 26)}{i}"><v>1</v></c></row>' for i in range(1, 200))
    with pytest.raises(DocumentFailure) as caught:
        parse(xlsx_package({"S": data(rows)}), types.SPREADSHEETS, ParserLimits(max_cells=1000))
    assert caught.value.code == "too_many_cells"


def test_merged_ranges_that_overlap_or_cover_the_sheet_do_no_harm() -> None:
    merges = "".join(f'<mergeCell ref="A1:XFD{1048576 - i}"/>' for i in range(2000))
    assert "Ana" in read(data(x_rows([["Name", "Age"], ["Ana", 40]])) + merges).text


def test_a_damaged_sheet_beside_a_sound_one_is_warned_of() -> None:
    package = xlsx_package({"A": "<sheetData><row><c><v>1</v></c></row><row>", "B": data(x_rows([["kept", 1]]))})
    parsed = parse(package, types.SPREADSHEETS, ParserLimits())
    assert "kept | 1" in parsed.text
    assert codes(parsed) == ["damaged_sheet"]
