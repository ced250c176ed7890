"""Where sentences end; table rows, list items and lines of code count as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.text.line_kinds import line_groups
from app.text.locales import LOCALES

LONGEST_ITEM = 300  # characters: a longer list item is prose with a mark, and is split at its sentence ends
ABBREVIATIONS = frozenset[str]().union(*(locale.abbreviations for locale in LOCALES.values()))
NUMBERED = frozenset[str]().union(*(locale.numbered_abbreviations for locale in LOCALES.values()))
FUNCTION_WORDS = frozenset[str]().union(*(locale.function_words for locale in LOCALES.values()))
ORDINAL_NOUNS = frozenset[str]().union(*(locale.ordinal_nouns for locale in LOCALES.values()))
UNITS = frozenset(
    "a b cl cm cv db dl g gb ghz h ha hz j k kb kg khz km kw kwh l m mb mg mhz min ml mm s t tb v w".split()
)
UNITS = UNITS.union(*(locale.units for locale in LOCALES.values()))
# A sentence ends at . ! ? … (and closing marks or the mark of a note) before white space and something that can begin
# a sentence.
# A line that begins with a small letter goes on, but for names such as iPhone and behind the end of a sentence.
NAME = r"[a-z]{1,2}[A-Z]"
NOTE = r"(?:\^(?:\d{1,3}|[ivxl]{1,6}|[*†‡]))"
END = re.compile(
    rf"[.!?…]+[\"'”’)\]»]*{NOTE}?(?=\s+[\"'“‘(\[«¿¡]?(?:[A-ZÀ-Ý0-9]|{NAME}))|[.!?…]+(?=\n[a-zà-ÿ])|"
    rf"\n{{2,}}|\n(?=[^\na-zà-ÿ]|{NAME})"
)
LAST_WORD = re.compile(r"([\w.º]+)\.$")
MEASURE = re.compile(r"\d\s?([°º]?)\s?([^\W\d_]+)\.$")
NEXT_WORD = re.compile(r"\s+([A-ZÀ-Ý]\w*)")
ORDINAL = re.compile(r"\d{1,2}")
NUMBER = re.compile(r"\s+[(\[]?(?:\d|[IVXLCDM]+\b)")
LONGEST_WORD = 64  # characters: what the words before a full stop are read from


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of text[start:end]: contiguous but for white space, none lost."""
    for group in line_groups(text, start, len(text) if end is None else end):
        if group.kind == "prose" or (group.kind == "item" and group.end - group.start > LONGEST_ITEM):
            yield from _prose_spans(text, group.start, group.end)
        else:
            yield from _trimmed(text, group.start, group.end)


def _prose_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in END.finditer(text, start, end):
        if match.end() > begin and not _goes_on(text, begin, match.end()):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _goes_on(text: str, begin: int, stop: int) -> bool:
    """True if the full stop before `stop` belongs to an abbreviation, an initial or a unit: the sentence goes on."""
    before = text[max(begin, stop - LONGEST_WORD) : stop]
    match = LAST_WORD.search(before)
    if match is None or before.endswith("\n"):
        return False
    word = match.group(1)
    lower = word.lower()
    measure = _measure(before)
    if NUMBER.match(text, stop) and (lower in NUMBERED or measure):
        return True
    if (lower in ABBREVIATIONS or (len(word) == 1 and word.isalpha())) and not measure:
        return True
    following = NEXT_WORD.match(text, stop)
    if following is not None and ORDINAL.fullmatch(word) and following.group(1).lower() in ORDINAL_NOUNS:
        return True
    opens = following is not None and following.group(1).lower() in FUNCTION_WORDS
    return "." in word.rstrip("0123456789.") and not word[0].isdigit() and not opens


def _measure(before: str) -> bool:
    """A number and its unit: "5 ft. 10 in.", "0.3 °C."."""
    match = MEASURE.search(before)
    return match is not None and (bool(match.group(1)) or match.group(2).lower() in UNITS)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
