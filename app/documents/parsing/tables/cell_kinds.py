"""What the text of a cell looks like: a number, an address, a sentence, a period of time or plain words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from app.text.dates import MONTH, WEEKDAYS
from app.text.locales import LOCALES

Kind = Literal["blank", "number", "address", "sentence", "words"]
SENTENCE_WORDS = 6
SERIES_LENGTH = 3
NAME_WORDS = 4
BLANK = re.compile(r"[-–—.…?*/\s]*|n\.?/?[ad]\.?", re.IGNORECASE)
MARKS = r"\s$€£%‰°()+.,:/'<>≤≥~≈±−–\-"
NUMBER = re.compile(
    rf"(?:(?:[A-Z]{{3}}|R\$|no\.?|nº|n\.º)\s*)?[{MARKS}]*\d[{MARKS}\d]*"  # amounts, dates in figures, times
    rf"(?:[TZ][\d:.,+-]+Z?|\s?[^\W\d_]{{1,6}}[²³]?\.?(?:/[^\W\d]{{1,4}})?)?[{MARKS}]*"  # with a unit
    rf"|\d{{1,2}}\.?\s(?:de\s)?(?:{MONTH})\.?,?(?:\s(?:de\s)?\d{{4}})?|(?:{MONTH})\.?\s\d{{1,2}},?\s\d{{4}}",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+", re.IGNORECASE)
YEAR = re.compile(r"(?:[A-Z]{2,3}\s?)?((?:19|20)\d{2})(?:\s?[/–-]\s?\d{2,4})?(?:\s?[A-Z*]{1,2})?")
DATED = r"(?:[\s./'-]*(?:of\s|de\s)?(?:(?:19|20)?\d{2}))?"
PERIOD = re.compile(
    rf"(?:[QTHS]\.?\s?[1-4]|[1-4]\s?[.ºª]?\s?[QTHS]\.?){DATED}|(?:19|20)\d{{2}}[\s./-]*(?:[QTHS]\s?[1-4]|[01]?\d)"
    rf"|[01]?\d/(?:19|20)\d{{2}}|(?:{MONTH})\.?{DATED}|(?:{'|'.join(WEEKDAYS)})\.?",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(\D*)(\d{1,9})(\D*)")


@lru_cache(4096)
def kind_of(text: str) -> Kind:
    if BLANK.fullmatch(text):
        return "blank"
    if len(text) <= 40 and NUMBER.fullmatch(text):
        return "number"
    if ADDRESS.fullmatch(text):
        return "address"
    words = text.count(" ") + 1
    return "sentence" if words >= SENTENCE_WORDS or (words > 1 and text[-1] in ".?!…;") else "words"


def year_of(text: str) -> int | None:
    """The year that the text names and nothing else, as in "2024", "FY 2024", "2023/24"."""
    found = YEAR.fullmatch(text)
    return int(found.group(1)) if found else None


def is_period(text: str) -> bool:
    """True for a year, quarter, half-year, month or day of the week."""
    return year_of(text) is not None or PERIOD.fullmatch(text) is not None


def is_series(labels: list[str]) -> bool:
    """True if labels are numbered in rising order: "Week 1", "Week 2", "Week 3"."""
    parts = [NUMBERED.fullmatch(label) for label in labels]
    if len(parts) < SERIES_LENGTH or any(part is None or not part.group(1).strip() for part in parts):
        return False
    found = [part for part in parts if part is not None]
    stems = {(part.group(1), part.group(3)) for part in found}
    return len(stems) == 1 and all(int(a.group(2)) < int(b.group(2)) for a, b in pairwise(found))


@lru_cache(1)
def _column_names() -> frozenset[str]:
    return frozenset(word for locale in LOCALES.values() for word in locale.column_names)


@lru_cache(4096)
def is_column_name(text: str) -> bool:
    """True for a few words that begin or end with a usual name of a column in one of the languages: "Delivery date"."""
    words = re.findall(r"[^\W_]+", text.lower())
    if not words or len(words) > NAME_WORDS or text[-1] in ".?!…;,":
        return False
    return not _column_names().isdisjoint({words[0], words[-1], text.lower()})
