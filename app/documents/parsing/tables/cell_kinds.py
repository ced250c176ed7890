"""What the text of a cell looks like: a number, an address, a sentence, a code, a mark, a period or plain words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from app.documents.parsing.tables.cell import COMMENT
from app.text.dates import MONTH, WEEKDAYS
from app.text.locales import LOCALES

Kind = Literal["blank", "number", "address", "sentence", "code", "mark", "words"]
SENTENCE_WORDS = 6
SERIES_LENGTH = 3
NAME_WORDS = 4
LONGEST_NUMBER = 40
LONGEST_TOLD = 200  # characters; a longer text is prose
BLANK = re.compile(r"[-–—.…?*/\s]*|n\.?/?[ad]\.?", re.IGNORECASE)
MARKS = r"\s$€£%‰°()+.,:/'<>≤≥~≈±−–\-"
NUMBER = re.compile(
    rf"(?:(?:[A-Z]{{3}}|R\$|no\.?|nº|n\.º)\s*)?[{MARKS}]*\d[{MARKS}\d]*"  # amounts, dates in figures, times
    rf"(?:[TZ][\d:.,+-]+Z?|\s?[^\W\d_]{{1,6}}[²³]?\.?(?:/[^\W\d]{{1,4}})?)?[{MARKS}]*"  # with a unit
    rf"|\d{{1,2}}\.?\s(?:de\s)?(?:{MONTH})\.?,?(?:\s(?:de\s)?\d{{4}})?|(?:{MONTH})\.?\s\d{{1,2}},?\s\d{{4}}",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+", re.IGNORECASE)
FORMULA = re.compile(r"=[\w$(+-]")
CODE = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w./-]{2,20}(?: [\w./-]{1,10})?")  # letters and figures: "HT-9", "AZ 12"
TICK = re.compile(r"[xX✓✔✗✘☑☒☐●○•]|true|false|[yn]", re.IGNORECASE)
YEAR = re.compile(r"(?:[A-Z]{2,3}\s?)?((?:19|20)\d{2})(?:\s?[/–-]\s?(\d{2}|\d{4}))?(?:\s?[A-Z*]{1,2})?")
DATED = r"(?:[\s./'-]*(?:of\s|de\s)?(?:(?:19|20)?\d{2}))?"
PERIOD = re.compile(
    rf"(?:[QTHS]\.?\s?[1-4]|[1-4]\s?[.ºª]?\s?[QTHS]\.?){DATED}|(?:19|20)\d{{2}}[\s./-]*(?:[QTHS]\s?[1-4]|[01]?\d)"
    rf"|[01]?\d/(?:19|20)\d{{2}}|\d{{1,4}}([./-])\d{{1,2}}\1\d{{1,4}}|(?:{MONTH})\.?{DATED}|(?:{'|'.join(WEEKDAYS)})\.?",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"\d{1,2}(?:\.?[ºª°]|\.|st|nd|rd|th|er|e|ème|\.º|\.ª)?", re.IGNORECASE)
BAND = re.compile(r"[<>≤≥]?\s?(\d{1,9})(?:[.,]\d+)?(?:\s?[–-]\s?\d+(?:[.,]\d+)?|\s?\+)?")
RANGE = re.compile(r"[-–+<>≤≥]")
TIME = re.compile(r"([0-2]?\d)[:h]([0-5]\d)")
NUMBERED = re.compile(r"(\D*)(\d{1,9})(\D*)")


def kind_of(text: str) -> Kind:
    """The kind of a cell's own text; a formula without its value is a number that the spreadsheet has not stored."""
    text = text.partition(COMMENT)[0]
    return _kind_of(text) if len(text) <= LONGEST_TOLD else "sentence"


@lru_cache(4096)
def _kind_of(text: str) -> Kind:
    if BLANK.fullmatch(text):
        return "blank"
    if FORMULA.match(text) or (len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text)):
        return "number"
    if ADDRESS.fullmatch(text):
        return "address"
    words = text.count(" ") + 1
    if words >= SENTENCE_WORDS or text[-1] in "?!" or (words > 2 and text[-1] in ".…;"):
        return "sentence"
    if TICK.fullmatch(text) or text.lower() in _answers():
        return "mark"
    return "code" if CODE.fullmatch(text) else "words"


def year_of(text: str) -> int | None:
    """The year that the text names and nothing else, as in "2024", "FY 2024", "2023/24"."""
    found = YEAR.fullmatch(text)
    if found is None:
        return None
    year, until = int(found.group(1)), found.group(2)
    return year if until is None or int(until[-2:]) == (year + 1) % 100 else None


def is_period(text: str) -> bool:
    """True for a year, quarter, half-year, month, date, day of the week, or what a number and a column name make."""
    return len(text) <= LONGEST_TOLD and _is_period(text)


@lru_cache(4096)
def _is_period(text: str) -> bool:
    if year_of(text) is not None or PERIOD.fullmatch(text) is not None:
        return True
    words = text.split()
    numbers = [word for word in words if ORDINAL.fullmatch(word)]
    return len(words) == 2 and len(numbers) == 1 and any(is_column_name(word.rstrip(".")) for word in words)


def is_scale(labels: list[str]) -> bool:
    """True for times of the day, bands or whole numbers that rise in equal steps: "8:00", "9:00"; "0-4", "5-12"."""
    if len(labels) < SERIES_LENGTH:
        return False
    times = [found for label in labels if (found := TIME.fullmatch(label))]
    if len(times) == len(labels):
        return _rises([60 * int(found.group(1)) + int(found.group(2)) for found in times])
    bands = [found for label in labels if (found := BAND.fullmatch(label))]
    if len(bands) < len(labels):
        return False
    starts = [int(found.group(1)) for found in bands]
    ranges = sum(RANGE.search(label) is not None for label in labels)
    steps = {b - a for a, b in pairwise(starts)}
    return _rises(starts) and (ranges * 2 >= len(labels) or (len(steps) == 1 and all(map(str.isdecimal, labels))))


def _rises(numbers: list[int]) -> bool:
    return all(a < b for a, b in pairwise(numbers))


def is_series(labels: list[str]) -> bool:
    """True if labels are numbered in rising order: "Week 1", "Week 2", "Week 3"."""
    parts = [NUMBERED.fullmatch(label) for label in labels]
    if len(parts) < SERIES_LENGTH or any(part is None or not part.group(1).strip() for part in parts):
        return False
    found = [part for part in parts if part is not None]
    stems = {(part.group(1), part.group(3)) for part in found}
    return len(stems) == 1 and all(int(a.group(2)) < int(b.group(2)) for a, b in pairwise(found))


@lru_cache(1)
def _answers() -> frozenset[str]:
    return frozenset(word for locale in LOCALES.values() for word in (locale.facts.yes + " " + locale.facts.no).split())


@lru_cache(1)
def _column_names() -> frozenset[str]:
    return frozenset(word for locale in LOCALES.values() for word in locale.column_names)


def is_column_name(text: str) -> bool:
    """True for a few words that begin or end with a usual name of a column in one of the languages: "Delivery date"."""
    return len(text) <= LONGEST_TOLD and _is_column_name(text)


@lru_cache(4096)
def _is_column_name(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    if not words or len(words) > NAME_WORDS or text[-1] in ".?!…;,":
        return False
    return not _column_names().isdisjoint({words[0], words[-1], text.lower()})
