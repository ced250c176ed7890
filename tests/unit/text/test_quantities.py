"""Numbers with their units: what is the same in all its spellings, and what is not."""

from __future__ import annotations

import time

import pytest

from app.text.quantities import find_codes, find_quantities, unit_names


def read(text: str) -> list[tuple[set[str], str]]:
    return [(set(one.values), one.unit) for one in find_quantities(text)]


SAME = [
    ("18.90 EUR", "18,90 euros"),
    ("€ 18.90", "18.90 euros"),
    ("R$ 45,00", "45 reais"),
    ("1,250 kg", "1.250 kg"),
    ("2,300.50 dollars", "$2300.50"),
    ("twelve weeks", "12 semanas"),
    ("twenty-five days", "vinte e cinco dias"),
    ("two hundred people", "200 people"),
    ("15 %", "15 percent"),
    ("10 working days", "10 dias úteis"),
    ("9 p.m.", "21:00"),
    ("7 o'clock", "7:00"),
    ("8h30", "8:30"),
    ("at noon", "ao meio-dia"),
    ("the fourth day", "4 days"),
    ("24-hour", "24 hours"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_number_in_two_spellings_is_the_same(one: str, other: str) -> None:
    [(values, unit)], [(others, unit_of_other)] = read(one), read(other)
    assert values & others
    assert unit == unit_of_other


@pytest.mark.parametrize(
    ("one", "other"),
    [("27 days", "72 days"), ("-8 °C", "8 °C"), ("9 a.m.", "9 p.m."), ("1,250.50 kg", "1250 kg"), ("0800", "800")],
)
def test_other_numbers_are_not_the_same(one: str, other: str) -> None:
    assert not read(one)[0][0] & read(other)[0][0]


def test_first_number_of_a_range_has_the_unit_of_the_second() -> None:
    assert read("10 to 12 euros") == [({"10"}, "eur"), ({"12"}, "eur")]
    assert read("3–5 dias") == [({"3"}, "day"), ({"5"}, "day")]


@pytest.mark.parametrize("text", ["NW-1025", "F45", "on 3 May 2024", "one of them", "um deles", "the second one"])
def test_codes_dates_and_articles_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_codes_have_letters_and_digits_and_no_unit() -> None:
    assert [match[0] for match in find_codes("TX-40 runs at 20kg, error F12, 3rd, 5pm")] == ["TX-40", "F12"]


def test_units_are_read_from_labels() -> None:
    assert unit_names("price_eur") == {"eur"}
    assert unit_names("Weight (kg)") == {"kg"}
    assert unit_names("a table of m") == set()  # letters alone say nothing


@pytest.mark.parametrize("piece", ["1", "1.", "a1-", "twenty ", "€", "-1 ", "1,000", "a-a-"])
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    started = time.perf_counter()
    find_quantities(piece * (20_000 // len(piece)) + "x")
    assert time.perf_counter() - started < 10
