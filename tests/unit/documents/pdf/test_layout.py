"""The order, paragraphs, tables and divided words of PDF pages."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from app.documents.parsing.divided_words import DIVIDED, WordDivisions
from app.documents.parsing.document_builder import ParsedDocument, ParserLimits
from app.documents.parsing.formats import parse
from app.documents.parsing.formats.pdf import document
from app.documents.parsing.media_types import PDF
from tests.support.pdf_files import PdfPage, grid, lines_at, pdf_file, ruling, text_at, text_picture


def read(data: bytes, ocr_pages: int = 100) -> ParsedDocument:
    return parse(data, PDF, ParserLimits(ocr_pages=ocr_pages))


def page_text(parsed: ParsedDocument, number: int) -> str:
    span = parsed.pages[number - 1]
    return parsed.text[span.char_start : span.char_end].strip()


def test_columns_written_line_by_line_are_read_one_after_the_other() -> None:
    left = ("Owls hunt after sunset in the", "open fields near the village", "and sleep in the old barn all", "day.")
    right = (
        "Otters live along the river and",
        "catch fish in the shallow parts",
        "of it. Their young learn to",
        "swim.",
    )
    content = "".join(
        text_at(50, 700 - 15 * n, a, 11) + text_at(320, 700 - 15 * n, b, 11)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    text = read(pdf_file(content)).text
    assert text == f"{' '.join(left)}\n\n{' '.join(right)}"


def test_turned_text_keeps_its_lines() -> None:
    content = "q 0 1 -1 0 500 0 cm " + lines_at(100, 300, "The plan hangs on", "the wall of the hall.") + "Q"
    assert read(pdf_file(content)).text == "The plan hangs on the wall of the hall."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("infor", "mation", "information"),
        ("well", "known", "well-known"),
        ("long", "term", "long-term"),
        ("Rolls", "Royce", "Rolls-Royce"),
        ("PDF", "based", "PDF-based"),
        ("pre", "and", "pre- and"),
    ],
)
def test_words_are_joined_unless_the_hyphen_is_spelling(first: str, second: str, expected: str) -> None:
    text = f"The {first}{DIVIDED} {second} of the house is there and it is for all of them."
    assert expected in WordDivisions([text]).resolve(text)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("infor", "mação", "informação"),
        ("sentou", "se", "sentou-se"),
        ("quinta", "feira", "quinta-feira"),
        ("clas", "se", "classe"),
    ],
)
def test_pronouns_and_compounds_keep_their_hyphen(first: str, second: str, expected: str) -> None:
    text = f"Não foi a {first}{DIVIDED} {second} que ele viu com os seus olhos, mas também uma outra."
    assert expected in WordDivisions([text]).resolve(text)


def test_form_elsewhere_in_the_text_decides() -> None:
    text = f"The zorbo-tronic gate. A zorbo{DIVIDED} tronic key. The plimsterwave, or plimster{DIVIDED} wave, is new."
    resolved = WordDivisions([text]).resolve(text)
    assert "A zorbo-tronic key" in resolved
    assert "or plimsterwave, is" in resolved


def test_divided_words_of_lines_are_joined() -> None:
    content = lines_at(50, 700, "The visitors must wear a hel-", "met in every part of the state-", "owned quarry.")
    assert read(pdf_file(content)).text == "The visitors must wear a helmet in every part of the state-owned quarry."


def rows_at(xs: list[float], y: float, *rows: tuple[str, ...], step: float = 20) -> str:
    return "".join(
        text_at(x, y - n * step, cell) for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True)
    )


PRICES = (("Room", "2023", "2024"), ("Attic", "40", "45"), ("Cellar", "30", "35"), ("Hall", "90", "95"))


def test_ruled_table_is_read_by_cells() -> None:
    xs, ys = [50, 150, 250, 350], [700, 720, 740, 760, 780]
    content = grid(xs, ys) + rows_at([55, 155, 255], 766, *PRICES)
    assert read(pdf_file(content)).text.split("\n") == [
        "Room | 2023 | 2024",
        "Room: Attic | 2023: 40 | 2024: 45",
        "Room: Cellar | 2023: 30 | 2024: 35",
        "Room: Hall | 2023: 90 | 2024: 95",
    ]


def test_lines_within_a_ruled_cell_stay_together() -> None:
    cells = text_at(55, 770, "Ward", bold=True) + text_at(205, 770, "Visits", bold=True)
    cells += lines_at(55, 746, "Children and", "mothers") + lines_at(205, 746, "from two until", "five o'clock")
    cells += text_at(55, 705, "Men") + text_at(205, 705, "at noon")
    text = read(pdf_file(grid([50, 200, 350], [700, 720, 760, 785]) + cells)).text
    assert "Ward: Children and mothers | Visits: from two until five o'clock" in text


def test_cell_that_spans_columns_names_both() -> None:
    content = "".join(ruling(50, y, 350, y) for y in (700, 720, 740, 780)) + ruling(150, 760, 350, 760)
    content += "".join(ruling(x, 700, x, 780) for x in (50, 150, 350)) + ruling(250, 700, 250, 760)
    content += text_at(55, 750, "Team", bold=True) + text_at(200, 765, "Hours", bold=True)
    content += text_at(155, 745, "Winter", bold=True) + text_at(255, 745, "Summer", bold=True)
    content += rows_at([55, 155, 255], 725, ("Blue", "30", "20"), ("Green", "25", "15"))
    text = read(pdf_file(content)).text
    assert "Team: Blue | Hours Winter: 30 | Hours Summer: 20" in text


def test_aligned_columns_without_rulings_are_a_table() -> None:
    content = text_at(50, 780, "Prices of the rooms are these.") + rows_at([50, 200, 300], 740, *PRICES, step=15)
    text = read(pdf_file(content)).text
    assert "Room: Cellar | 2023: 30 | 2024: 35" in text


def test_table_whose_outer_sides_are_not_drawn_keeps_its_outer_cells() -> None:
    content = "".join(ruling(50, y, 350, y) for y in (720, 740, 760))
    content += "".join(ruling(x, 700, x, 780) for x in (150, 250)) + rows_at([55, 155, 255], 766, *PRICES)
    text = read(pdf_file(content + ruling(50, 600, 350, 600) + ruling(500, 100, 500, 300))).text
    assert "Room: Hall | 2023: 90 | 2024: 95" in text


def test_boxes_of_a_drawing_are_no_table() -> None:
    places = {"Intake": (60, 700), "Filter": (200, 700), "Tank": (340, 660), "Pump": (60, 600), "Outlet": (200, 600)}
    content = "".join(f"0.5 w {x} {y} 90 40 re S\n" + text_at(x + 8, y + 15, name) for name, (x, y) in places.items())
    content += ruling(150, 720, 200, 720) + ruling(105, 640, 105, 700) + text_at(110, 670, "flow")
    assert [block.kind for block in read(pdf_file(content)).blocks].count("table") == 0


def test_numbers_that_stand_apart_begin_list_items() -> None:
    rows = (("1.1", "The stall must be clean."), ("1.2", "Music needs a permit."), ("1.3", "Dogs are on a lead."))
    parsed = read(pdf_file(rows_at([60, 200], 740, *rows, step=15)))
    assert "table" not in {block.kind for block in parsed.blocks}
    assert "1.2 Music needs a permit." in parsed.text


def test_words_in_lower_case_letters_of_roman_numbers_are_no_numbers() -> None:
    pages = [text_at(50, 815, f"About {word} law", 9) + lines_at(50, 760, f"It has {n * n} rules.") for n, word in
             enumerate(("civil", "mild", "ill", "vivid"), 2)]  # fmt: skip
    text = read(pdf_file(*pages)).text
    assert all(f"About {word} law" in text for word in ("civil", "mild", "ill", "vivid"))


def test_drawings_with_thousands_of_lines_are_no_tables() -> None:
    plot = grid([50 + n / 2 for n in range(1000)], [100 + n / 2 for n in range(1000)])
    dots = "".join(ruling(n % 500, n % 800, n % 500 + 20, n % 800 + n % 3) for n in range(20_000))
    parsed = read(pdf_file(plot + text_at(60, 700, "Figure one"), dots + text_at(60, 700, "Figure two")))
    assert parsed.text == "Figure one\n\nFigure two"
    assert page_text(parsed, 2) == "Figure two"


def test_empty_cells_of_an_aligned_table_stay_empty() -> None:
    rows = (("Boat", "Berth", "Length"), ("Gaivota", "", "12"), ("Alba", "B4", ""), ("Zorro", "C1", "9"))
    text = read(pdf_file(rows_at([50, 200, 300], 740, *rows, step=15))).text
    assert text.split("\n")[1:] == [
        "Boat: Gaivota | Length: 12",
        "Boat: Alba | Berth: B4",
        "Boat: Zorro | Berth: C1 | Length: 9",
    ]


def test_columns_drawn_with_one_operator_are_told_apart() -> None:
    rows = (("Boat", 9000, "Berth"), ("Alba", 9100, "4"), ("Zorro", 8800, "7"), ("Gaivota", 7600, "9"))
    lines = "".join(f"[({a}) -{gap} ({b})] TJ 0 -15 Td " for a, gap, b in rows)
    text = read(pdf_file(f"BT /F1 12 Tf 50 740 Td {lines} ET")).text
    assert "Boat: Zorro | Berth: 7" in text


def test_two_columns_of_words_without_a_marked_header_have_none() -> None:
    rows = (
        ("Keeper", "Olga Blum"),
        ("Cellar", "Below the hall, behind the stairs"),
        ("Rules", "They hang at the door"),
    )
    text = read(pdf_file(rows_at([50, 200], 740, *rows, step=15))).text
    assert "Olga Blum:" not in text


def test_frame_around_a_page_is_no_table() -> None:
    content = (
        grid([40, 555], [40, 780, 800]) + text_at(50, 786, "Notice") + text_at(50, 700, "The lift is out of order.")
    )
    assert [block.kind for block in read(pdf_file(content)).blocks].count("table") == 0


def test_table_goes_on_over_the_page_with_its_header() -> None:
    first = text_at(50, 780, "Harvest", 16) + rows_at([50, 200, 300], 740, *PRICES)
    second = rows_at([50, 200, 300], 780, ("Loft", "10", "15"), ("Shed", "20", "25"), ("Barn", "60", "65"))
    parsed = read(pdf_file(first, second))
    assert page_text(parsed, 2).startswith("Room: Loft | 2023: 10 | 2024: 15")


def test_raised_figures_are_told_apart() -> None:
    content = "BT /F1 12 Tf 50 700 Td (The plot has 10) Tj /F1 7 Tf 5 Ts (4) Tj 0 Ts /F1 12 Tf ( square metres.) Tj ET"
    assert read(pdf_file(content)).text == "The plot has 10^4 square metres."


def manual_page(number: int, *lines: str) -> str:
    head = text_at(50, 815, "Handbook of the ferry company", 9) + text_at(50, 25, f"Edition 7 - page {number}", 9)
    return head + lines_at(50, 760, *lines)


def test_running_headers_and_footers_are_told_once() -> None:
    bodies = [f"{word} is kept in the box with the number {number * 3}." for number, word in enumerate("ABCDE", 1)]
    text = read(pdf_file(*(manual_page(number, body) for number, body in enumerate(bodies, 1)))).text
    assert text.count("Handbook of the ferry company") == 1
    assert text.count("Edition 7") == 1
    assert all(body in text for body in bodies)


def test_numbers_of_pages_are_left_out() -> None:
    pages = [lines_at(50, 760, f"The {word} deck is closed.") + text_at(290, 25, str(n)) for n, word in enumerate(
        ("upper", "lower", "middle", "front"), 11)]  # fmt: skip
    text = read(pdf_file(*pages)).text
    assert not re.search(r"\b1[1-4]\b", text)


def test_titles_that_count_up_are_no_running_lines() -> None:
    pages = [text_at(50, 800, f"Chapter {n}", 18) + lines_at(50, 760, f"Rule {n * n} holds here.") for n in range(1, 6)]
    text = read(pdf_file(*pages)).text
    assert all(f"Chapter {n}" in text for n in range(1, 6))


def test_sentence_over_the_end_of_a_page_stays_whole() -> None:
    pages = [
        manual_page(
            1, "The crew counts the passengers before the ferry", "leaves, and tells the captain how many there"
        ),
        manual_page(2, "are on board. The gates close five minutes before", "the ferry leaves."),
        manual_page(3, "Dogs stay on the open deck."),
    ]
    parsed = read(pdf_file(*pages))
    assert "how many there are on board." in parsed.text
    assert page_text(parsed, 1).endswith("how many there")
    assert page_text(parsed, 2).startswith("are on board.")
    assert page_text(parsed, 3) == "Dogs stay on the open deck."


def test_sentence_goes_on_over_a_footnote() -> None:
    first = lines_at(
        50, 90, "The lock keeper opens the gates at six, and the boats wait in", "the order in which they came"
    )
    first += lines_at(50, 40, "1 The order is kept in a book", "that hangs at the gate.", size=8, step=10)
    second = lines_at(
        50, 790, "until the keeper calls them by name.", "Nobody may pass the gates without a call from him."
    )
    parsed = read(pdf_file(first, second))
    assert "the order in which they came until the keeper calls" in parsed.text
    assert parsed.text.startswith("1 The order is kept in a book that hangs at the gate.\n\n")


def test_wider_space_starts_a_paragraph() -> None:
    content = lines_at(50, 760, "The hall is free on", "Mondays and on the", "last Friday") + lines_at(
        50, 690, "Ring the bell at", "the side door."
    )
    parsed = read(pdf_file(content))
    assert "last Friday\n\nRing the bell at the side door." in parsed.text


def test_large_file_is_read_plainly_when_time_gets_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "HURRY_SHARE", -1.0)
    parsed = read(pdf_file(lines_at(50, 760, "The crew counts the passengers be-", "fore the ferry leaves.")))
    assert parsed.text == "The crew counts the passengers before the ferry leaves."
    assert [warning.code for warning in parsed.warnings] == ["layout_not_read"]


def test_pages_have_the_labels_that_the_file_gives_them() -> None:
    pages = [lines_at(50, 760, f"The {word} part.") for word in ("first", "second", "third")]
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 2 >> 2 << /S /D /P (A-) >>] >>"
    assert [span.label for span in read(pdf_file(*pages, catalog=labels)).pages] == ["i", "", "A-1"]


SCAN = text_picture(0, 0, 595, 842)


def test_pages_that_are_pictures_are_named_in_a_warning() -> None:
    stamped = SCAN + text_at(60, 820, "Signed electronically: 4F-22-AB on 2 March", 8)
    parsed = read(pdf_file(text_at(50, 700, "The contract is enclosed."), stamped, SCAN), ocr_pages=0)
    assert [warning.code for warning in parsed.warnings] == ["pages_not_read"]
    assert "Pages 2 and 3" in parsed.warnings[0].message
    assert "Signed electronically" in parsed.text


def test_half_a_page_that_is_a_picture_of_text_is_told() -> None:
    content = text_picture(50, 60, 495, 360) + lines_at(50, 780, *["The letter of the tenant is shown below."] * 10)
    assert "Page 1 shows a picture" in read(pdf_file(content), ocr_pages=0).warnings[0].message


def test_text_of_scans_stands_below_what_is_printed_over_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: list[Image.Image] = []

    def recognise(picture: bytes, builder: object) -> str | None:
        del builder
        pictures.append(Image.open(io.BytesIO(picture)))
        return "The lease of the shed\nends in spring." if len(pictures) == 1 else None

    monkeypatch.setattr(document, "available", lambda _: True)
    monkeypatch.setattr(document, "recognise", recognise)
    stamp = text_at(60, 400, "Stamped by the office", 30)
    parsed = read(pdf_file(SCAN + stamp, SCAN))
    assert page_text(parsed, 1) == "Stamped by the office\n\nThe lease of the shed ends in spring."
    assert [warning.code for warning in parsed.warnings] == ["pages_not_read"]
    ink = sum(pictures[0].crop((240, 1700, 1600, 1870)).histogram()[:60])
    assert ink == 0  # OCR does not read the stamp again


@pytest.mark.parametrize(
    "content",
    [
        text_picture(100, 300, 120, 90) + text_at(50, 700, "A logo is no scan."),
        text_picture(0, 0, 595, 842, photo=True) + text_at(50, 700, "Our summer on the islands", 30),
        SCAN
        + "".join(f"3 Tr {text_at(20, 800 - 13 * n, 'Words that OCR put behind the scan ' * 2)}" for n in range(60)),
    ],
)
def test_pages_of_text_with_pictures_have_no_warning(content: str) -> None:
    assert read(pdf_file(PdfPage(content)), ocr_pages=0).warnings == ()


def test_lowered_figures_and_figures_on_lines_of_their_own_stay_in_their_word() -> None:
    content = "BT /F1 12 Tf 50 700 Td (The tank holds CO) Tj /F1 8 Tf -3 Ts (2) Tj 0 Ts /F1 12 Tf ( at 12 m) Tj "
    content += "/F1 7 Tf 6 Ts (3) Tj 0 Ts /F1 12 Tf ( per hour.) Tj ET"
    assert read(pdf_file(content)).text == "The tank holds CO2 at 12 m^3 per hour."


def test_numbered_line_above_a_table_is_its_caption() -> None:
    content = lines_at(50, 780, "The rooms are let by the", "week. The rent is due on the", "first.", "Table 4: Rents")
    content += rows_at([50, 200, 300], 722, *PRICES, step=15)
    assert "\n\nTable 4: Rents\n\nRoom | 2023 | 2024\nRoom: Attic" in read(pdf_file(content)).text
