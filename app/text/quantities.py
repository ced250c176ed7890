"""Numbers in texts with their units, as values that can be compared: 19.40 EUR is 19,40 euros, two days are 2 days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from app.text.dates import find_dates
from app.text.locales import LOCALES

FACTS = tuple(locale.facts for locale in LOCALES.values())
SYMBOLS = {
    "€": "eur",
    "eur": "eur",
    "$": "usd",
    "usd": "usd",
    "us$": "usd",
    "£": "gbp",
    "gbp": "gbp",
    "r$": "brl",
    "brl": "brl",
    "chf": "chf",
    "%": "%",
    "°": "°",
    "°c": "°c",
    "ºc": "°c",
    "°f": "°f",
    "h": "h",
    "hr": "h",
    "hrs": "h",
    "min": "min",
    "mins": "min",
    "sec": "s",
    "s": "s",
    "ms": "ms",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "km": "km",
    "g": "g",
    "kg": "kg",
    "mg": "mg",
    "l": "l",
    "ml": "ml",
    "cl": "cl",
    "v": "v",
    "w": "w",
    "kw": "kw",
    "kwh": "kwh",
    "a": "a",
    "ma": "ma",
    "mah": "mah",
    "hz": "hz",
    "khz": "khz",
    "mhz": "mhz",
    "ghz": "ghz",
    "kb": "kb",
    "mb": "mb",
    "gb": "gb",
    "tb": "tb",
    "db": "db",
    "m²": "m²",
    "m2": "m²",
    "m³": "m³",
    "t": "t",
}
UNITS = SYMBOLS | {word: unit for facts in FACTS for unit, words in facts.units.items() for word in words.split()}
COUNTED = frozenset({"person", "piece", "night", "time"})  # units that are things: texts name them in other words too
CLOCK = "clock"  # the unit of a time of day
NUMBERS = {word: number for facts in FACTS for word, number in facts.numbers.items()}
ORDINALS = {word: number for facts in FACTS for number, word in enumerate(facts.ordinals.split(), 1)}
NOON = {word: time for facts in FACTS for word, time in facts.noon.items()}
RANGES = frozenset(word for facts in FACTS for word in facts.range_joints.split()) | {"-", "–", "—"}
NUMBER_JOINTS = frozenset(facts.number_joint for facts in FACTS if facts.number_joint)
STOPS = frozenset[str]().union(*(locale.stop_words for locale in LOCALES.values())) | {"per"}
WORDS = "|".join(sorted(map(re.escape, {*NUMBERS, *ORDINALS, *NOON}), key=len, reverse=True))
MONEY = r"(?:US\$|R\$|[€$£]|EUR|USD|GBP|CHF|BRL)"
QUANTITY = re.compile(
    rf"""
    (?P<time>(?<![\w.,:-])\d{{1,2}}(?::\d{{2}}|h\d{{2}}|\.\d{{2}}(?=\s*(?:[ap]\.?m\b|h\b|Uhr))))
        (?:\s*(?P<half>[ap])\.?m\b\.?|\s*h\b|\s*Uhr\b)?
    | (?<![\w.,:-])(?P<hour>\d{{1,2}})\s*(?:(?P<half2>[ap])\.?m\b\.?|o['’]clock\b|Uhr\b)
    | (?P<money>{MONEY}\s?)?(?<![\w.,])(?P<sign>(?<![\w)])[-−](?=\d))?
        (?P<digits>\d{{1,3}}(?:[.,'\u00a0\u202f]\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d+)?)
        (?:(?P<ordinal>st|nd|rd|th|[ºª°](?![CFcf]))(?!\w))?
    | (?<!\w)(?P<word>{WORDS})(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
CODE = re.compile(
    r"(?<!\w)(?:[A-Za-zÀ-ÿ]{1,20}(?:[-/_][A-Za-z]{1,20}){0,3}[-/_]?\d[\w-]*|\d+[A-Z]{1,3}\d*[\w-]*)(?!\w)"
)
FOLLOWING = re.compile(r"[\s\u00a0\u202f-]*([^\W\d_]+²?|[%€$£]|[°º]\s?[CFcf]?\b|m2\b)")
MOST_SKIPPED = 2  # words between a number and its unit: "ten working days"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start` to `end` of a text."""

    values: frozenset[str]  # decimals that it may be read as: 1.250 is 1.25 or 1250; of a time "17:00"
    unit: str  # the service's name of it; empty if there is none
    start: int
    end: int


@lru_cache(512)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of `text` that belong to no date and to no code such as NW-1025, in order."""
    taken = [(date.start, date.end) for date in find_dates(text)] + [match.span() for match in find_codes(text)]
    found = [one for one in _quantities(text) if not any(a < one.end and one.start < b for a, b in taken)]
    return tuple(_with_range_units(text, _joined(text, found)))


def fact_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the numbers and dates of `text`."""
    numbers = [(one.start, one.end) for one in find_quantities(text)]
    return numbers + [(one.start, one.end) for one in find_dates(text)]


def find_codes(text: str) -> list[re.Match[str]]:
    """Identifiers of letters and digits; a number with its unit, an ordinal or a time is none."""
    return [match for match in CODE.finditer(text) if not _is_measure(match[0])]


def unit_names(text: str) -> set[str]:
    """The units that the words of `text` name: of "price_eur" eur."""
    words = re.findall(r"[^\W\d_]+|[%€$£]|[°º][cf]?", text.lower())
    return {UNITS[word] for word in words if word in UNITS and (len(word) > 1 or not word.isalpha())}


def _is_measure(token: str) -> bool:
    found = re.fullmatch(r"(\d+)-?([A-Za-z²]+)(\d*)", token)
    if found is None:
        return False
    letters = found[2].lower()
    return letters in UNITS or letters in {"st", "nd", "rd", "th", "x", "am", "pm"}


def _quantities(text: str) -> Iterator[Quantity]:
    for found in QUANTITY.finditer(text):
        start, end = found.span()
        if found["time"] or found["hour"]:
            yield Quantity(_time(found), CLOCK, start, end)
        elif found["word"]:
            yield from _in_words(text, found)
        else:
            unit = SYMBOLS[found["money"].strip().lower()] if found["money"] else _unit_after(text, end)
            sign = "-" if found["sign"] else ""
            values = frozenset(f"{sign}{value}" for value in _readings(found["digits"]))
            yield Quantity(values, "" if found["ordinal"] else unit, start, end)


def _in_words(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    word = found["word"].lower()
    start, end = found.span()
    if word in NOON:
        yield Quantity(frozenset({NOON[word]}), CLOCK, start, end)
        return
    unit = _unit_after(text, end)
    number = NUMBERS.get(word) or ORDINALS[word]
    certain = word in NUMBERS and number > 1
    if certain or UNITS.get(_next_word(text, end)):  # "one", "um" and "second" are often no numbers
        yield Quantity(frozenset({str(number)}), unit, start, end)


def _time(found: re.Match[str]) -> frozenset[str]:
    half = (found["half"] or found["half2"] or "").lower()
    hour, minute = (found["hour"], "00") if found["hour"] else re.split(r"[:.hH]", found["time"])
    hours = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    times = {f"{hours:02}:{minute}"}
    return frozenset(times | {str(hours)} if minute == "00" else times)


def _readings(digits: str) -> set[str]:
    """1.250 may be 1.25 or 1250; 1,250.50 is one number only."""
    groups = re.split(r"[.,'\u00a0\u202f]", digits)
    marks = re.findall(r"[.,'\u00a0\u202f]", digits)
    readings = set()
    if not marks or all(len(group) == 3 for group in groups[1:]):
        readings.add("".join(groups))
    if marks and marks[-1] in ".," and (len(marks) == 1 or len(groups[-1]) < 3):
        readings.add(f"{''.join(groups[:-1])}.{groups[-1]}")
    if len(marks) == 1 and len(groups[1]) == 2 and int(groups[0]) < 24 and int(groups[1]) < 60 and marks[0] == ".":
        readings.add(f"{int(groups[0]):02}:{groups[1]}")
    return {value if ":" in value else _plain(value) for value in readings}


def _plain(value: str) -> str:
    """A decimal without zeros that do not count; a number that begins with zeros, as of telephones, keeps them."""
    if value.startswith("0") and "." not in value and len(value) > 1:
        return value if len(value) > 2 else value[1:]
    return f"{Decimal(value).normalize():f}"


def _next_word(text: str, at: int) -> str:
    found = FOLLOWING.match(text, at)
    return "" if found is None else re.sub(r"\s", "", found[1].lower()).replace("º", "°")


def _unit_after(text: str, at: int) -> str:
    """The unit behind a number, if one of the next words is one: "ten working days"."""
    for skipped in range(MOST_SKIPPED + 1):
        found = FOLLOWING.match(text, at)
        if found is None:
            return ""
        word = _next_word(text, at)
        if word in UNITS and (skipped == 0 or len(word) > 2):
            return UNITS[word]
        if word in STOPS or not word.isalpha() or word in NUMBERS:
            return ""
        at = found.end()
    return ""


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Tens and ones in words as one number: "twenty-five", "vinte e cinco"."""
    joined: list[Quantity] = []
    for one in found:
        before = joined[-1] if joined else None
        if before is not None and (value := _sum(text, before, one)) is not None:
            joined[-1] = Quantity(frozenset({str(value)}), one.unit, before.start, one.end)
        else:
            joined.append(one)
    return joined


def _sum(text: str, tens: Quantity, ones: Quantity) -> int | None:
    first, second = (NUMBERS.get(text[one.start : one.end].lower()) for one in (tens, ones))
    if first is None or second is None:
        return None
    between = text[tens.end : ones.start].strip().lower()
    if second in {100, 1000} and not between:
        return first * second
    return (
        first + second if first in range(20, 100, 10) and second < 10 and between in {"-", "", *NUMBER_JOINTS} else None
    )


def _with_range_units(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The first number of a range has the unit of the second: "10 to 12 euros"."""
    for place, one in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        joint = "" if following is None else text[one.end : following.start].strip().lower()
        if following is not None and not one.unit and joint in RANGES:
            yield replace(one, unit=following.unit)
        else:
            yield one
