"""Dates in texts, in all usual spellings and in the languages of the locales, as values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.text.locales import LOCALES

FACTS = tuple(locale.facts for locale in LOCALES.values())
CENTURY = 2000  # of a year of two digits
OFTEN_WORDS = frozenset(
    {"may", "march", "mars", "segunda", "quarta", "quinta", "sexta", "terça"}
)  # also something else


@dataclass(frozen=True, slots=True)
class Date:
    """What a text says of a date; None is what it leaves out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 1

    def agrees(self, other: Date) -> bool:
        """True if `other` says all that this one says, and the same."""
        return all(getattr(self, name) in (None, getattr(other, name)) for name in self.__slots__)

    def lacks_only_year(self, other: Date) -> bool:
        """True if `other` agrees but for a year that it leaves out."""
        return other.year is None and self.year is not None and Date(None, self.month, self.day).agrees(other)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `start` to `end` of a text: 3/4/2025 has two readings."""

    readings: tuple[Date, ...]
    start: int
    end: int

    @property
    def is_year(self) -> bool:
        """A year alone."""
        return all(date.month is date.day is date.weekday is None for date in self.readings)


def _numbers(spellings: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The number, from 1, of each spelling."""
    return {word: number for names in spellings for number, text in enumerate(names, 1) for word in text.split()}


MONTHS = _numbers(tuple(facts.months for facts in FACTS))
FULL_MONTHS = frozenset(text.split()[0] for facts in FACTS for text in facts.months)
WEEKDAYS = _numbers(tuple(facts.weekdays for facts in FACTS))
JOINTS = "|".join(sorted({word for facts in FACTS for word in facts.date_joints.split()}))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH = _any_of(MONTHS)
JOINT = rf"(?:(?:{JOINTS})\s+)?"
UNITS = "|".join(
    {"eur", "usd", "kg", "km", "m", "g", *(word for f in FACTS for words in f.units.values() for word in words.split())}
)
YEAR = r"(?:19|20)\d{2}"
DATE = re.compile(
    rf"""
    (?<![\w.,/-]) (?:
    (?P<iso>{YEAR}-\d{{2}}-\d{{2}}) (?!\d)
    | (?P<numeric>\d{{1,2}}([./-])\d{{1,2}}\3(?:{YEAR}|\d{{2}})) (?![\w/-]|[.,]\d)
    | (?P<day>\d{{1,2}})(?:st|nd|rd|th|[º.])?\s+{JOINT}(?P<month>{MONTH})\b\.?(?:,?\s+{JOINT}(?P<year>{YEAR})\b)?
    | (?P<month2>{MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|[.,]\d|\w)(?:,?\s+(?P<year2>{YEAR})\b)?
    | (?P<month3>{MONTH})\b\.?,?\s+{JOINT}(?P<year3>{YEAR})\b
    | (?P<weekday>{_any_of(WEEKDAYS)})(?!\w)
    | (?P<month4>{_any_of(FULL_MONTHS)})(?!\w)
    | (?P<year4>{YEAR})(?![\w%€$£]|[.,/-][\d]|\s?(?:[%€]|(?:{UNITS})\b))
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(512)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """All dates, weekdays, months and years of `text`, in order."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[DateMention]:
    for found in DATE.finditer(text):
        word = found["weekday"] or found["month4"]
        if word and word.lower() in OFTEN_WORDS and not _is_date_word(text, found):
            continue
        if found["month"] and found["month"].lower() in OFTEN_WORDS and re.match(r"\d+\.", found[0]):
            continue  # "She is 9. May she ride?"
        if readings := tuple(date for date in _readings(found) if _possible(date)):
            yield DateMention(readings, found.start(), found.end())


def _readings(found: re.Match[str]) -> Iterator[Date]:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        yield Date(year, month, day)
    elif found["numeric"]:
        first, second, last = map(int, re.split(r"[./-]", found["numeric"]))
        year = last if last > 99 else CENTURY + last
        yield from {Date(year, second, first), Date(year, first, second)}
    elif found["weekday"]:
        yield Date(weekday=WEEKDAYS[found["weekday"].lower()])
    else:
        name = found["month"] or found["month2"] or found["month3"] or found["month4"]
        day_text = found["day"] or found["day2"]
        year_text = found["year"] or found["year2"] or found["year3"] or found["year4"]
        yield Date(
            int(year_text) if year_text else None,
            MONTHS[name.lower()] if name else None,
            int(day_text) if day_text else None,
        )


def _possible(date: Date) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (date.day is None or 1 <= date.day <= 31)


def _is_date_word(text: str, found: re.Match[str]) -> bool:
    """Whether a word that is often another one is a date here: "in May", but not "May I"; "de segunda a sexta"."""
    word = found[0]
    if word.lower() in WEEKDAYS:
        following = re.match(r"\s+(?:e|a|à|às|ou|até|,)\b|[.,;:!?)]|\s*$", text[found.end() :])
        return following is not None or text[max(0, found.start() - 3) : found.start()].lower().strip() in {"às", "à"}
    return word[0].isupper() and text[: found.start()].rstrip()[-1:].isalnum()
