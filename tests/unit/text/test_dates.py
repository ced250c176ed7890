"""Dates: one date in all its spellings, and what is no date."""

from __future__ import annotations

import pytest

from app.text.dates import Date, find_dates


def read(text: str) -> list[tuple[Date, ...]]:
    return [mention.readings for mention in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("7 March 2024", "March 7, 2024", "7th of March 2024", "7 Mar. 2024", "2024-03-07", "7 de março de 2024"),
        *("7. März 2024", "7 de marzo de 2024", "7 mars 2024", "7 marzo 2024"),
    ],
)
def test_one_date_in_many_spellings(text: str) -> None:
    assert read(f"It began on {text}.") == [(Date(2024, 3, 7),)]


def test_numeric_date_may_be_read_in_two_ways() -> None:
    assert set(read("07/03/2024")[0]) == {Date(2024, 3, 7), Date(2024, 7, 3)}
    assert read("31.12.24") == [(Date(2024, 12, 31),)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in May", Date(month=5)),
        ("since 2019", Date(2019)),
        ("March 2024", Date(2024, 3)),
        ("on Thursdays", Date(weekday=4)),
        ("às quintas-feiras", Date(weekday=4)),
        ("am Donnerstag", Date(weekday=4)),
        ("15 October", Date(month=10, day=15)),
    ],
)
def test_parts_of_a_date(text: str, expected: Date) -> None:
    assert read(text) == [(expected,)]


@pytest.mark.parametrize(
    "text", ["You may go.", "May I?", "a segunda parcela", "2000 euros", "version 2.2019", "item 19-2019-x"]
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_date_agrees_with_one_that_says_more() -> None:
    assert Date(month=3, day=7).agrees(Date(2024, 3, 7))
    assert not Date(2024, 3, 7).agrees(Date(month=3, day=7))
    assert Date(2024, 3, 7).lacks_only_year(Date(month=3, day=7))
    assert not Date(2024, 3, 8).lacks_only_year(Date(month=3, day=7))
