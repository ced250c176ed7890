"""What lies over the pages of a PDF: values of forms, text boxes, comments, links, attachments."""

from __future__ import annotations

import pytest

from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.formats.pdf.annotations import readable_name
from app.documents.parsing.media_types import PDF
from tests.support.pdf_files import PdfPage, grid, lines_at, pdf_file, text_at


def read(data: bytes) -> ParsedDocument:
    return parse(data, PDF, ParserLimits())


def widget(x: float, y: float, name: str, entries: str, width: float = 150, height: float = 18) -> str:
    rect = f"[{x} {y} {x + width} {y + height}]"
    return f"/Subtype /Widget /F 4 /Rect {rect} /T ({name}) {entries}"


def tick(x: float, y: float, name: str, state: str) -> str:
    return widget(x, y, name, f"/FT /Btn /V /{state} /AS /{state} /AP << /N << /On 3 0 R >> >>", 12, 12)


def test_values_of_a_form_stand_beside_their_labels() -> None:
    page = PdfPage(
        text_at(50, 700, "Membership form", 14) + text_at(50, 650, "Full name") + text_at(50, 620, "Branch:"),
        [
            widget(200, 646, "name", "/FT /Tx /V (Ines Calado)"),
            widget(200, 616, "branch", "/FT /Ch /Ff 131072 /Opt [(Harbour) (Old Town) (Hills)] /V (Old Town)"),
        ],
    )
    text = read(pdf_file(page)).text
    assert "Full name: Ines Calado" in text
    assert "Branch: Old Town" in text
    assert "Harbour" not in text


def test_label_may_stand_above_its_field() -> None:
    page = PdfPage(
        text_at(50, 650, "Street") + text_at(300, 650, "Town"),
        [
            widget(50, 625, "f1", "/FT /Tx /V (Mill Lane 4)"),
            widget(300, 625, "f2", "/FT /Tx /V (Arcos)"),
        ],
    )
    text = read(pdf_file(page)).text
    assert "Street: Mill Lane 4" in text
    assert "Town: Arcos" in text


@pytest.mark.parametrize(("x", "label_x"), [(50, 70), (200, 50)])
def test_ticks_are_yes_and_no_after_their_label(x: float, label_x: float) -> None:
    page = PdfPage(
        text_at(label_x, 652, "Wants the newsletter") + text_at(label_x, 622, "Has a garden"),
        [tick(x, 650, "news", "On"), tick(x, 620, "garden", "Off")],
    )
    text = read(pdf_file(page)).text
    assert "Wants the newsletter: yes" in text
    assert "Has a garden: no" in text


def test_ticks_are_said_in_the_language_of_the_page() -> None:
    page = PdfPage(
        lines_at(50, 700, "Este é o formulário de inscrição para os sócios que não têm uma conta.")
        + text_at(70, 652, "Recebe o boletim"),
        [tick(50, 650, "boletim", "On")],
    )
    assert "Recebe o boletim: sim" in read(pdf_file(page)).text


def test_fields_are_paragraphs_of_their_own_unless_they_stand_in_a_sentence() -> None:
    page = PdfPage(
        text_at(50, 650, "Height") + text_at(50, 635, "Weight") + text_at(50, 620, "I,") + text_at(130, 620, "agree."),
        [
            widget(110, 648, "a", "/FT /Tx /V (170 cm)", height=12),
            widget(110, 633, "b", "/FT /Tx /V (61 kg)", height=12),
            widget(62, 618, "c", "/FT /Tx /V (Rosa Pinto)", 65, 12),
        ],
    )
    assert read(pdf_file(page)).text == "Height: 170 cm\n\nWeight: 61 kg\n\nI, Rosa Pinto agree."


def test_field_without_a_label_is_named_by_the_form() -> None:
    page = PdfPage(
        text_at(50, 780, "Order"),
        [
            widget(300, 500, "deliveryDate", "/FT /Tx /V (3 May)"),
            widget(300, 400, "f[0].Text1[0]", "/FT /Tx /TU (Gate code) /V (7741)"),
            widget(300, 300, "form.Text2", "/FT /Tx /V (left at the door)"),
        ],
    )
    text = read(pdf_file(page)).text
    assert "delivery Date: 3 May" in text
    assert "Gate code: 7741" in text
    assert "\n\nleft at the door" in text


def test_passwords_and_hidden_fields_are_not_shown() -> None:
    hidden = widget(200, 600, "b", "/FT /Tx /V (invisible)").replace("/F 4", "/F 2")
    page = PdfPage(text_at(50, 650, "Code"), [widget(200, 646, "a", "/FT /Tx /Ff 8192 /V (secret)"), hidden])
    text = read(pdf_file(page)).text
    assert "secret" not in text
    assert "invisible" not in text


def test_value_stays_in_its_cell_of_a_ruled_form() -> None:
    page = PdfPage(
        grid([50, 200, 350], [600, 630, 660]) + text_at(60, 640, "Holder") + text_at(60, 610, "Number"),
        [
            widget(210, 635, "holder", "/FT /Tx /V (Rui Paz)", 120),
            widget(210, 605, "number", "/FT /Tx /V (88-12)", 120),
        ],
    )
    text = read(pdf_file(page)).text
    assert text == "Holder | Rui Paz\nNumber | 88-12"


def test_ticks_in_the_cells_of_a_table_stand_below_their_columns() -> None:
    content = grid([50, 300, 400, 500], [600, 630, 660, 690])
    content += text_at(55, 670, "Service") + text_at(305, 670, "Wanted") + text_at(405, 670, "Paid")
    content += text_at(55, 640, "Cleaning") + text_at(55, 610, "Laundry")
    places = [(340, 638, "On"), (440, 638, "Off"), (340, 608, "Off"), (440, 608, "On")]
    page = PdfPage(content, [tick(x, y, f"t{n}", state) for n, (x, y, state) in enumerate(places)])
    text = read(pdf_file(page)).text
    assert "Service: Cleaning | Wanted: yes | Paid: no" in text
    assert "Service: Laundry | Wanted: no | Paid: yes" in text


def test_boxes_beside_yes_and_no_say_which_is_ticked() -> None:
    content = text_at(50, 700, "Do you smoke?") + text_at(200, 700, "Yes") + text_at(260, 700, "No")
    page = PdfPage(content, [tick(180, 698, "y", "Off"), tick(240, 698, "n", "On")])
    assert read(pdf_file(page)).text == "Do you smoke? Yes [ ] No [x]"


def test_label_may_stand_below_its_field() -> None:
    content = text_at(50, 650, "Place and date", 8) + text_at(300, 650, "Name in block letters", 8)
    fields = [
        widget(50, 662, "ort", "/FT /Tx /V (Evora, 2 June)", 200),
        widget(300, 662, "n2", "/FT /Tx /V (NUNO SERRA)", 200),
    ]
    text = read(pdf_file(PdfPage(content, fields))).text
    assert text == "Place and date: Evora, 2 June Name in block letters: NUNO SERRA"


def test_text_boxes_and_comments_are_read() -> None:
    page = PdfPage(
        text_at(50, 700, "The pool opens at nine.") + text_at(50, 500, "The bar opens at noon."),
        [
            "/Subtype /FreeText /Contents (From June the pool opens at eight.) /Rect [50 650 300 680] /DA (/F1 10 Tf)",
            "/Subtype /Text /T (Ana) /Contents (Ask the lifeguard.) /Rect [400 500 420 520]",
            "/Subtype /Highlight /T (Rui) /Contents (Since when?) /Rect [50 495 200 515] /QuadPoints [0 0 0 0 0 0 0 0]",
            "/Subtype /Text /F 2 /Contents (Hidden remark.) /Rect [400 400 420 420]",
        ],
    )
    text = read(pdf_file(page)).text
    pool, box, bar = (text.index(words) for words in ("opens at nine", "From June the pool", "The bar opens"))
    assert pool < box < bar
    assert "Comment (Ana): Ask the lifeguard." in text
    assert 'Comment (Rui) on "The bar opens at noon.": Since when?' in text
    assert "Hidden remark" not in text


def test_page_of_text_boxes_alone_has_text() -> None:
    page = PdfPage("", ["/Subtype /FreeText /Contents (All meetings are moved to Room 5.) /Rect [50 650 300 680]"])
    assert read(pdf_file(page)).text == "All meetings are moved to Room 5."


def link(address: str, rect: str) -> str:
    return f"/Subtype /Link /Rect [{rect}] /A << /S /URI /URI ({address}) >>"


def test_links_are_followed_by_their_address() -> None:
    page = PdfPage(
        text_at(50, 700, "Fill in the claim form.")
        + text_at(50, 650, "Write to the office.")
        + text_at(50, 600, "See www.example.org/rules for more."),
        [
            link("https://example.org/claims.pdf", "50 695 180 712"),
            link("mailto:office@example.org?subject=Hello", "50 645 170 662"),
            link("https://www.example.org/rules", "70 595 220 612"),
        ],
    )
    text = read(pdf_file(page)).text
    assert "Fill in the claim form (https://example.org/claims.pdf)." in text
    assert "Write to the office (office@example.org)." in text
    assert text.count("example.org/rules") == 1


def test_attached_files_are_sections_below_the_pages() -> None:
    data = pdf_file(
        text_at(50, 700, "The minutes are attached."),
        attachments=[("minutes.csv", b"Item,Vote\nRoof,12\nGate,9\n"), ("noise.bin", b"\x00\x01\x02\xff")],
    )
    parsed = read(data)
    assert parsed.text.startswith("The minutes are attached.\n\nminutes.csv\n\n")
    assert "Roof" in parsed.text
    assert any("noise.bin" in warning.message for warning in parsed.warnings)
    assert [span.page for span in parsed.pages] == [1]


def test_file_pinned_to_a_page_is_read() -> None:
    stream = "<< /EF << /F << >> >> >>"
    page = PdfPage(text_at(50, 700, "See the pin."), [f"/Subtype /FileAttachment /Rect [0 0 9 9] /FS {stream}"])
    assert read(pdf_file(page)).text == "See the pin."  # a pin without a file is harmless


def test_form_that_only_one_program_can_show_has_a_warning() -> None:
    form = "/AcroForm << /Fields [] /XFA (<xdp/>) >> /NeedsRendering true"
    parsed = read(pdf_file(text_at(50, 700, "Please wait."), catalog=form))
    assert [warning.code for warning in parsed.warnings] == ["form_not_read"]


def test_form_of_thousands_of_fields_is_read_in_time() -> None:
    places = [(50 + 100 * (n % 5), 835 - 0.8 * (n // 5), n) for n in range(5000)]
    labels = "".join(text_at(x, y, f"L{n}", 1) for x, y, n in places)
    fields = [widget(x + 10, y, f"q{n}", f"/FT /Tx /V (v{n})", 20, 1) for x, y, n in places]
    text = read(pdf_file(PdfPage(labels, fields))).text
    assert all(f"v{n}" in text for n in (0, 2500, 4999))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Date_of_birth", "Date of birth"),
        ("form[0].page[0].lastName[0]", "last Name"),
        ("Text12", ""),
        ("topmostSubform[0].Page1[0].f1_01[0]", ""),
        ("Check Box 3", ""),
    ],
)
def test_names_of_fields_that_mean_nothing_are_left_out(name: str, expected: str) -> None:
    assert readable_name(name) == expected
