"""OpenDocument texts, slides and sheets are read as their program shows them."""

from __future__ import annotations

from app.documents.parsing import media_types as types
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from tests.support.office import zipped

NAMES = " ".join(
    f'xmlns:{key}="urn:{key}"'
    for key in "office text table draw presentation style fo svg xlink dc form chart number".split()
)
MIME = "application/vnd.oasis.opendocument"


def package(kind: str, body: str, styles: str = "", common: str = "", **parts: str) -> bytes:
    """A file of a kind (text, presentation, spreadsheet); `common` is the content of styles.xml."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body>"
    return zipped(
        {
            "content.xml": f"<office:document-content {NAMES}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {NAMES}>{common}</office:document-styles>",
            **{f"{name}/content.xml": f"<office:d {NAMES}>{inner}</office:d>" for name, inner in parts.items()},
        },
        f"{MIME}.{kind}",
    )


def text(body: str, styles: str = "", common: str = "", **parts: str) -> ParsedDocument:
    data = package("text", f"<office:text>{body}</office:text>", styles, common, **parts)
    return parse(data, types.ODT, ParserLimits())


def lines(body: str, styles: str = "", common: str = "", **parts: str) -> list[str]:
    return text(body, styles, common, **parts).text.split("\n\n")


def sheets(body: str, styles: str = "", **parts: str) -> ParsedDocument:
    data = package("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>", styles, **parts)
    return parse(data, types.ODS, ParserLimits())


def style(name: str, family: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def cell(content: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{content}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    """Cells are text or XML."""
    made = "".join(part if part.startswith("<table:") else cell(part) for part in cells)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def test_raised_figures_links_and_spaces_are_read_as_they_look() -> None:
    up = style("T1", "text", '<style:text-properties style:text-position="super 58%"/>')
    down = style("T2", "text", '<style:text-properties style:text-position="-33% 58%"/>')
    body = (
        '<text:p>10<text:span text:style-name="T1">6</text:span> of '
        'H<text:span text:style-name="T2">2</text:span>O</text:p>'
        '<text:p>See <text:a xlink:href="https://a.example/rules">the rules</text:a> now.</text:p>'
    )
    assert lines(body, up + down) == ["10^6 of H2O", "See the rules (https://a.example/rules) now."]


def test_notes_and_comments_follow_the_paragraph_that_refers_to_them() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Others say 1963.</text:p>"
        "</text:note-body></text:note>"
    )
    comment = "<office:annotation><dc:creator>Ana</dc:creator><text:p>Check this.</text:p></office:annotation>"
    assert lines(f"<text:p>Built in 1962{note} of stone.{comment}</text:p><text:p>Next.</text:p>") == [
        "Built in 1962^1 of stone.",
        "^1 Others say 1963.",
        "[Comment by Ana: Check this.]",
        "Next.",
    ]


def test_hidden_text_is_marked_and_warned_of() -> None:
    hidden = style("T1", "text", '<style:text-properties text:display="none"/>')
    parsed = text('<text:p>Price 40. <text:span text:style-name="T1">Margin 12.</text:span></text:p>', hidden)
    assert parsed.text == "Price 40. [hidden: Margin 12.]"
    assert [warning.code for warning in parsed.warnings] == ["hidden_text"]


def test_lists_and_headings_have_their_numbers() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    listed = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix=")"/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("'
        ' style:num-suffix=")"/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>in cash</text:p></text:list-item></text:list>"
    body = (
        '<text:h text:outline-level="1">Rent</text:h><text:h text:outline-level="2">Payment</text:h>'
        f'<text:list text:style-name="L1"><text:list-item><text:p>Pay first.</text:p>{inner}</text:list-item>'
        "<text:list-item><text:p>Pay in full.</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>Keep it.</text:p>'
        "</text:list-item></text:list>"
        '<text:list text:style-name="L2"><text:list-item><text:p>a bullet</text:p></text:list-item></text:list>'
    )
    assert lines(body, listed, outline) == [
        *("I. Rent", "I.1 Payment", "1) Pay first.", "(a) in cash", "2) Pay in full.", "3) Keep it.", "a bullet"),
    ]


def test_tables_have_spans_and_header_rows() -> None:
    body = (
        "<table:table><table:table-header-rows>"
        + row("Branch", cell("Weekdays", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
        + row("", "opens", "closes")
        + "</table:table-header-rows>"
        + row(cell("Harbour", 'table:number-rows-spanned="2"'), "8", "18")
        + row("<table:covered-table-cell/>", "9", "17")
        + "</table:table>"
    )
    assert lines(body)[0].splitlines() == [
        "Branch: Harbour | Weekdays opens: 8 | Weekdays closes: 18",
        "Branch: Harbour | Weekdays opens: 9 | Weekdays closes: 17",
    ]


def test_headers_charts_formulas_and_descriptions_are_kept() -> None:
    common = (
        "<office:master-styles><style:master-page><style:header><text:p>Harbour Ltd</text:p></style:header>"
        "<style:footer><text:p>7</text:p></style:footer></style:master-page></office:master-styles>"
    )
    chart = (
        "<office:body><office:chart><chart:chart><chart:title><text:p>Visits</text:p></chart:title><table:table>"
        f"<table:table-header-rows>{row('', 'Adults')}</table:table-header-rows>"
        f"<table:table-rows>{row('May', '5')}{row('June', '7')}</table:table-rows>"
        "</table:table></chart:chart></office:chart></office:body>"
    )
    formula = '<m:math xmlns:m="urn:m"><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math>'
    frames = "".join(f'<draw:frame><draw:object xlink:href="./{name}"/></draw:frame>' for name in ("O1", "O2"))
    picture = "<draw:frame><draw:image/><svg:desc>A map of the harbour</svg:desc></draw:frame>"
    parts = {"O1": chart, "O2": formula}
    assert lines(f"<text:p>Body.{frames}{picture}</text:p>", "", common, **parts) == [
        *(
            "Harbour Ltd",
            "Body.",
            "Visits",
            "May | Adults: 5\nJune | Adults: 7",
            "x^2",
            "[Picture: A map of the harbour]",
        ),
    ]


def test_form_controls_show_what_was_typed_and_chosen() -> None:
    forms = (
        '<office:forms><form:form><form:text form:id="c1" form:current-value="Rosa"/>'
        '<form:checkbox form:id="c2" form:label="Guard" form:current-state="checked"/>'
        '<form:listbox form:id="c3"><form:option form:label="red"/>'
        '<form:option form:label="blue" form:selected="true"/>'
        "</form:listbox></form:form></office:forms>"
    )
    shown = "".join(
        f'{label}<draw:control draw:control="{key}"/> '
        for label, key in [("Name ", "c1"), ("", "c2"), ("Colour ", "c3")]
    )
    assert lines(f"{forms}<text:p>{shown}</text:p>") == ["Name Rosa ☒ Guard Colour blue"]


def test_a_hidden_slide_is_marked_and_warned_of() -> None:
    hidden = style("d1", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')
    title = '<draw:frame presentation:class="title"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'
    body = (
        f'<draw:page draw:name="1">{title.format("One")}</draw:page>'
        f'<draw:page draw:name="2" draw:style-name="d1">{title.format("Two")}</draw:page>'
    )
    data = package("presentation", f"<office:presentation>{body}</office:presentation>", hidden)
    parsed = parse(data, types.ODP, ParserLimits())
    assert parsed.text == "One\n\nTwo (hidden slide)"
    assert [span.page for span in parsed.pages] == [1, 2]
    assert [warning.code for warning in parsed.warnings] == ["hidden_slide"]


def test_cells_are_read_as_they_are_shown_with_comments_and_links() -> None:
    remark = "<office:annotation><dc:creator>Ana</dc:creator><text:p>was 4</text:p></office:annotation>"
    price = f'<table:table-cell office:value="3.5">{remark}<text:p>3.50 €</text:p></table:table-cell>'
    link = '<text:a xlink:href="https://a.example/valve">Valve</text:a>'
    body = (
        f'<table:table table:name="Parts">{row("Part", "Rate", "Price")}{row(cell(link), "15.5%", price)}</table:table>'
    )
    assert sheets(body).text == (
        "Parts\n\nPart: Valve (https://a.example/valve) | Rate: 15.5% | Price: 3.50 € [Comment by Ana: was 4]"
    )


def test_sheets_keep_merged_labels_groups_and_repeated_cells() -> None:
    body = (
        '<table:table table:name="S">'
        + row("Ward", "Nurse", "Hours")
        + row(cell("East", 'table:number-rows-spanned="2"'), "Ines", "5")
        + row("<table:covered-table-cell/>", "Marco", "6")
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="900"'
        )
        + row("West", "Olga", "7")
        + "</table:table>"
    )
    assert sheets(body).text.split("\n\n")[1:] == [
        "Ward: East | Nurse: Ines | Hours: 5\nWard: East | Nurse: Marco | Hours: 6",
        "Ward: West | Nurse: Olga | Hours: 7",
    ]


def test_hidden_sheets_and_formulas_without_values_are_told() -> None:
    hidden = style("ta1", "table", '<style:table-properties table:display="false"/>')
    formula = '<table:table-cell table:formula="of:=SUM([.B1:.B2])"/>'
    body = (
        f'<table:table table:name="Open">{row("Sum", formula)}</table:table>'
        f'<table:table table:name="Secret" table:style-name="ta1">{row("Factor", "3")}</table:table>'
    )
    parsed = sheets(body, hidden)
    assert parsed.text == "Open\n\nSum | =SUM(B1:B2)\n\nSecret (hidden sheet)\n\nFactor | 3"
    assert [warning.code for warning in parsed.warnings] == ["formulas_without_value", "hidden_sheet"]


def test_a_comment_on_a_figure_leaves_it_a_figure() -> None:
    remark = "<office:annotation><dc:creator>Ana</dc:creator><text:p>was 4</text:p></office:annotation>"
    price = f"<table:table-cell>{remark}<text:p>3.50</text:p></table:table-cell>"
    body = f'<table:table table:name="S">{row("Thing", "Amount", "Kind")}{row("Valve", price, "new")}</table:table>'
    assert sheets(body).text == "S\n\nThing: Valve | Amount: 3.50 [Comment by Ana: was 4] | Kind: new"


def test_a_comment_on_a_column_name_stands_below_the_table() -> None:
    remark = "<office:annotation><text:p>without tax</text:p></office:annotation>"
    name = f"<table:table-cell>{remark}<text:p>Amount</text:p></table:table-cell>"
    body = f'<table:table table:name="S">{row("Thing", name, "Kind")}{row("Valve", "3", "new")}</table:table>'
    assert sheets(body).text.split("\n\n")[1:] == [
        "Thing: Valve | Amount: 3 | Kind: new",
        "Amount [Comment: without tax]",
    ]
