"""Word documents are read as Word shows them: numbers, notes, raised figures, links, forms, tables and charts."""

from __future__ import annotations

import pytest

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import DocumentBuilder, ParsedDocument, ParserLimits
from app.documents.parsing.formats import doc, parse
from tests.support.office import chart_part, docx_package, root, w_paragraph, w_run, w_table, x_rows, xlsx_package

RAISED = '<w:vertAlign w:val="superscript"/>'
NUMBERED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'


def read(body: str, *entries: tuple[str, str, str], **parts: str) -> ParsedDocument:
    return parse(docx_package(body, *entries, **parts), types.DOCX, ParserLimits())


def lines(body: str, *entries: tuple[str, str, str], **parts: str) -> list[str]:
    return read(body, *entries, **parts).text.split("\n\n")


def level(place: int, text: str, style: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, overrides: str = "") -> str:
    return root(
        "w:numbering",
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>',
    )


def test_clauses_have_the_numbers_that_word_shows() -> None:
    levels = (
        level(0, "Article %1", "upperRoman"),
        level(1, "%1.%2", more="<w:isLgl/>"),
        level(2, "(%3)", "lowerLetter"),
    )
    steps = [
        (0, "Scope"),
        (1, "Rent"),
        (2, "in cash"),
        (2, "by transfer"),
        (0, "End"),
        (1, "Notice"),
        (2, "in writing"),
    ]
    body = "".join(w_paragraph(text, properties=NUMBERED.format(place, 1)) for place, text in steps)
    assert lines(body, numbering=numbering(*levels)) == [
        *("Article I Scope", "1.1 Rent", "(a) in cash", "(b) by transfer"),
        *("Article II End", "2.1 Notice", "(a) in writing"),
    ]


def test_a_list_that_starts_again_does_and_one_that_goes_on_goes_on() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = "".join(
        w_paragraph(text, properties=NUMBERED.format(0, key)) for text, key in [("a", 1), ("b", 1), ("c", 2), ("d", 2)]
    )
    assert lines(body, numbering=numbering(level(0, "%1)"), overrides=start)) == ["1) a", "2) b", "1) c", "2) d"]
    assert lines(body, numbering=numbering(level(0, "%1)"))) == ["1) a", "2) b", "3) c", "4) d"]


def test_headings_are_numbered_by_their_style_and_bullets_have_no_number() -> None:
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = root(
        "w:styles",
        f'<w:style w:styleId="H1"><w:name w:val="heading 1"/>{listed}</w:style>'
        f'<w:style w:styleId="H2"><w:name w:val="heading 2"/>{listed}</w:style>',
    )
    levels = (
        level(0, "%1", more='<w:pStyle w:val="H1"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="H2"/>'),
        level(2, "•", "bullet"),
    )
    body = (
        w_paragraph("Pumps", properties='<w:pStyle w:val="H1"/>')
        + w_paragraph("Seals", properties='<w:pStyle w:val="H2"/>')
        + w_paragraph("rubber", properties=NUMBERED.format(2, 1))
        + w_paragraph("Unnumbered", properties='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    parsed = read(body, styles=styles, numbering=numbering(*levels))
    assert parsed.text.split("\n\n") == ["1 Pumps", "1.1 Seals", "rubber", "Unnumbered"]
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        ("heading", 1), ("heading", 2), ("list_item", 0), ("heading", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["10", w_run("6", RAISED), " cells"], "10^6 cells"),
        (["x", w_run("n+", RAISED), w_run("1", RAISED)], "x^(n+1)"),
        (["H", w_run("2", '<w:vertAlign w:val="subscript"/>'), "O"], "H2O"),
        (["the 2", w_run("nd", RAISED), " floor"], "the 2nd floor"),
        (['<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " oiled"], "☑ oiled"),
        ([w_run("ü", '<w:rFonts w:ascii="Wingdings"/>'), " greased"], "✓ greased"),
        (["a", '<w:r><w:noBreakHyphen/></w:r>', "b"], "a-b"),
        (
    ["<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"],
            "(a+b)/2",
        ),
        (
    [
                "<m:oMath><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>",
                "<m:rad><m:deg/><m:e><m:r><m:t>2x</m:t></m:r></m:e></m:rad></m:oMath>",
            ],
            "r^2√(2x)",
        ),
    ],
)  # fmt: skip
def test_a_run_is_read_as_it_looks(runs: list[str], text: str) -> None:
    assert read(w_paragraph(*runs)).text == text


def test_hidden_text_is_marked_and_warned_of() -> None:
    parsed = read(
        w_paragraph("Price 40. ", w_run("Margin 12.", "<w:vanish/>"), w_run(" Shown.", '<w:vanish w:val="0"/>'))
    )
    assert parsed.text == "Price 40. [hidden: Margin 12.] Shown."
    assert [warning.code for warning in parsed.warnings] == ["hidden_text"]


def test_links_say_where_they_lead() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://b.example/form"</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>form</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = w_paragraph(
        f'<w:hyperlink r:id="k1">{w_run("the rules")}</w:hyperlink>', " and the ", field, "."
    ) + w_paragraph(
        f'<w:hyperlink r:id="k2">{w_run("desk@a.example")}</w:hyperlink>',
        f'<w:hyperlink w:anchor="x">{w_run(" above")}</w:hyperlink>',
    )
    entries = ("k1", "hyperlink", "https://a.example/rules"), ("k2", "hyperlink", "mailto:desk@a.example")
    assert lines(body, *entries) == [
        "the rules (https://a.example/rules) and the form (https://b.example/form).",
        "desk@a.example above",
    ]


def test_notes_and_comments_stand_where_they_are_referred_to() -> None:
    body = w_paragraph(
        "Built in 1962",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        " of stone.",
        '<w:r><w:endnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>',
    ) + w_paragraph("Next.")
    footnotes = root(
        "w:footnotes",
        f'<w:footnote w:id="0" w:type="separator">{w_paragraph("x")}</w:footnote>'
        f'<w:footnote w:id="2">{w_paragraph("<w:r><w:footnoteRef/></w:r>", "Others say 1963.")}</w:footnote>',
    )
    endnotes = root("w:endnotes", f'<w:endnote w:id="2">{w_paragraph("See the archive.")}</w:endnote>')
    comments = root("w:comments", f'<w:comment w:id="0" w:author="Ana">{w_paragraph("Check this.")}</w:comment>')
    assert lines(body, footnotes=footnotes, endnotes=endnotes, comments=comments) == [
        "Built in 1962^1 of stone.^i",
        "^1 Others say 1963.",
        "^i See the archive.",
        "[Comment by Ana: Check this.]",
        "Next.",
    ]


def test_a_note_that_nothing_refers_to_is_kept_at_the_end() -> None:
    footnotes = root("w:footnotes", f'<w:footnote w:id="5">{w_paragraph("Left over.")}</w:footnote>')
    assert lines(w_paragraph("Body."), footnotes=footnotes) == ["Body.", "Left over."]


def test_form_fields_show_ticks_and_choices_but_no_invitations_to_type() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r>"
    )
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="daily"/>'
        '<w:listEntry w:val="weekly"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w_run('Click here')}</w:sdtContent></w:sdt>"
    assert read(w_paragraph("Guard: ", box, " Cleaned ", choice, empty)).text == "Guard: ☒ Cleaned weekly"


def test_merged_cells_stand_in_each_place_that_they_cover() -> None:
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{w_paragraph("Weekdays")}'
    tall, below = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr><w:p/>"
    header = "<w:trPr><w:tblHeader/></w:trPr>"
    table = w_table(
        ["Branch", wide], ["", "opens", "closes"], [f"{tall}{w_paragraph('Harbour')}", "8", "18"], [below, "9", "17"]
    ).replace("<w:tr>", f"<w:tr>{header}", 2)
    assert read(table).text == (
        "Branch: Harbour | Weekdays opens: 8 | Weekdays closes: 18\n"
        "Branch: Harbour | Weekdays opens: 9 | Weekdays closes: 17"
    )


def test_a_table_that_places_sections_is_read_as_sections() -> None:
    styles = root("w:styles", '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>')
    heading = '<w:pStyle w:val="H2"/>'
    left = w_paragraph("Skills", properties=heading) + w_paragraph("Welding")
    right = w_paragraph("Work", properties=heading) + w_paragraph("Shipyard, 2019 to 2024.")
    parsed = read(w_table([left, right]), styles=styles)
    assert [block.kind for block in parsed.blocks] == ["heading", "paragraph", "heading", "paragraph"]


def test_tables_in_cells_ten_deep_keep_their_text() -> None:
    inner = w_paragraph("core")
    for depth in range(10):
        inner = w_table(["a", f"level {depth}"], ["b", f"<w:tcPr/>{inner}<w:p/>"])
    text = read(inner).text
    assert "core" in text
    assert all(f"level {depth}" in text for depth in range(10))


def test_charts_are_tables_and_pictures_have_their_description() -> None:
    drawn = '<wp:docPr id="1" name="Chart 1" descr="Sales rise"/><c:chart r:id="k1"/>'
    body = w_paragraph(f"<w:r><w:drawing><wp:inline>{drawn}</wp:inline></w:drawing></w:r>")
    parsed = read(
        body, ("k1", "chart", "chart1.xml"), chart1=chart_part("Sales", {"2024": [0.5, 0.25]}, ["Faro", "Beja"], "0%")
    )
    assert "[Picture: Sales rise]" in parsed.text
    assert "Sales\n\n" in parsed.text
    assert "2024: 50%" in parsed.text
    assert parsed.text.index("Faro") < parsed.text.index("50%") < parsed.text.index("Beja")


def test_a_chart_without_data_has_its_title() -> None:
    body = w_paragraph('<w:r><w:drawing><c:chart r:id="k1"/></w:drawing></w:r>')
    assert lines(body, ("k1", "chart", "chart1.xml"), chart1=chart_part("Sales", {}, [])) == ["Sales"]


def test_headers_that_sections_share_come_once() -> None:
    header = root("w:hdr", w_paragraph("Harbour Ltd"))
    entries = ("k1", "header", "header1.xml"), ("k2", "header", "header2.xml")
    assert lines(w_paragraph("Body."), *entries, header1=header, header2=header) == ["Harbour Ltd", "Body."]


def test_html_that_was_inserted_as_a_file_is_read_at_its_place() -> None:
    data = "<html><body><h1>Rules</h1><p>Ring twice.</p></body></html>"
    package = docx_package(
        w_paragraph("Before.") + '<w:altChunk r:id="k1"/><w:altChunk r:id="k2"/>' + w_paragraph("After."),
        ("k1", "aFChunk", "chunk.html"),
        ("k2", "aFChunk", "chunk.bin"),
        **{"chunk.html": data, "chunk.bin": "\0\1\2\3"},
    )
    parsed = parse(package, types.DOCX, ParserLimits())
    assert parsed.text.split("\n\n") == ["Before.", "Rules", "Ring twice.", "After."]
    assert [warning.code for warning in parsed.warnings] == ["inserted_file_skipped"]


def test_a_footer_that_only_counts_pages_is_left_out() -> None:
    number = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    footer = root("w:ftr", w_paragraph("Page ", number, "3"))
    assert lines(w_paragraph("Body."), ("k1", "footer", "footer1.xml"), footer1=footer) == ["Body."]


def test_a_paragraph_full_of_links_keeps_the_addresses_of_files_only() -> None:
    names = ["a", "b", "c", "d.pdf"]
    runs = [f'<w:hyperlink r:id="k{i}">{w_run(f"page {i}")}</w:hyperlink>' for i in range(4)]
    entries = [(f"k{i}", "hyperlink", f"https://a.example/{name}") for i, name in enumerate(names)]
    body = w_paragraph(*(part for run in runs for part in (run, ", ")))
    assert read(body, *entries).text == "page 0, page 1, page 2, page 3 (https://a.example/d.pdf),"


def test_links_of_legacy_word_files_say_where_they_lead() -> None:
    builder = DocumentBuilder(ParserLimits())
    doc.add_text(builder, 'See \x13 HYPERLINK "https://a.example/rules" \x14the rules\x15, page \x13 PAGE \x147\x15.\r')
    assert builder.finish(types.DOC).text == "See the rules (https://a.example/rules), page 7."


def test_a_workbook_that_lies_in_a_document_is_read_below_its_name() -> None:
    sheet = xlsx_package({"Prices": f"<sheetData>{x_rows([['Valve', 12]])}</sheetData>"})
    package = docx_package(
        w_paragraph("Body."), ("k1", "package", "embeddings/Sheet1.xlsx"), **{"embeddings/Sheet1.xlsx": sheet}
    )
    assert parse(package, types.DOCX, ParserLimits()).text.split("\n\n") == [
        *("Body.", "Sheet1.xlsx", "Prices", "Valve | 12"),
    ]
