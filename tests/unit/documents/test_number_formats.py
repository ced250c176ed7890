"""Numbers are written as a spreadsheet shows them."""

from __future__ import annotations

import pytest

from app.documents.parsing.formats.number_formats import format_number, format_text, general


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (0.155, "0.0%", "15.5%"),
        (0.0725, "0.0%", "7.3%"),
        (2.675, "0.00", "2.68"),
        (42, "00000", "00042"),
        (0.3333333333333333, "0.00", "0.33"),
        (-0.001, "0.00", "0.00"),
        (7, "0.##", "7"),
        (7.5, '0.## "kg"', "7.5 kg"),
        (1234.5, '#,##0.00 "€"', "1,234.50 €"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (1234567, "[$R$-416] #,##0", "R$ 1,234,567"),
        (1234.5, '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-', "1,234.50 €"),
        (0, '0.00;-0.00;"none"', "none"),
        (2_500_000, '0.0,,"M"', "2.5M"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (1.5, "# ?/?", "1 1/2"),
        (0.375, "# ??/??", "3/8"),
        (2.25, "# ?/4", "2 1/4"),
        (2.5, r"0.00\/\d\a\y", "2.50/day"),
        (1234.5, '_("$"* #,##0.00_)', "$1,234.50"),
        (5551234567, "(000) 000-0000", "(555) 123-4567"),
        (3, '[>=2]0" items";0" item"', "3 items"),
        (1, '[>=2]0" items";0" item"', "1 item"),
        (5, 'General" kg"', "5 kg"),
        (3, ";;;", ""),
        (1e20, "#,##0", "100,000,000,000,000,114,688"),
        (float("nan"), "0.00", "nan"),
    ],
)
def test_number_is_shown_by_its_format(number: float, code: str, shown: str) -> None:
    assert format_number(number, code) == shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (45730, "dd/mm/yyyy", "14/03/2025"),
        (45730, "yyyy-mm-dd;@", "2025-03-14"),
        (45730.6, "d mmm yyyy h:mm AM/PM", "14 Mar 2025 2:24 PM"),
        (45730, '[$-816]d "de" mmmm "de" yyyy', "14 de março de 2025"),
        (1.520833333333333, "[h]:mm", "36:30"),
        (0.5, "h:mm:ss", "12:00:00"),
        (0.0208564815, "mm:ss.0", "30:02.0"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-5, "yyyy-mm-dd", "-5"),
        (9e9, "yyyy-mm-dd", "9000000000"),
    ],
)
def test_date_is_shown_by_its_format(number: float, code: str, shown: str) -> None:
    assert format_number(number, code) == shown


def test_dates_may_count_from_1904() -> None:
    assert format_number(0, "yyyy-mm-dd", date_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(3.0, "3"), (0.1 + 0.2, "0.3"), (1 / 3, "0.333333333"), (5901234123457.0, "5901234123457"), (1e-12, "1e-12")],
)
def test_number_without_a_format_is_short_but_whole(number: float, shown: str) -> None:
    assert general(number) == shown


def test_text_may_have_words_around_it() -> None:
    assert format_text("12", '"No. "@') == "No. 12"
    assert format_text("open", "0.00") == "open"


@pytest.mark.parametrize(
    "code", ["", "[", '"', "\\", "#" * 5000, "0" * 300 + "." + "0" * 300, "[h", "?/?/?", "0.0.0", "%%%0"]
)
def test_no_format_is_too_odd(code: str) -> None:
    assert isinstance(format_number(12.5, code), str)
