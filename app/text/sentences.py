"""Where sentences end, in English and Portuguese."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = frozenset(
    """a art arts av c cap cf cia co corp d dr dra drs e ed eds eg esp etc ex exa exmo exma fig figs fl fls g h i ie
    inc inciso jr ltd ltda mr mrs ms n no nos nº n.º obs op p pág págs par pp prof profa q r s sec séc sr sra srs
    sta sto st t tel tb trad u v vol vols vs y al approx dept est feb jan mar apr jun jul aug sep sept oct nov dec
    """.split()
)
# A sentence ends at . ! ? … (and closing marks) before white space and something that can begin a sentence.
END = re.compile(r"[.!?…]+[\"'”’)\]»]*(?=\s+[\"'“‘(\[«¿¡]?[A-ZÀ-Ý0-9])|\n{2,}|\n(?=[^\na-zà-ÿ])")
LAST_WORD = re.compile(r"([\w.º]+)\.$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of text[start:end]: contiguous but for white space, none lost."""
    end = len(text) if end is None else end
    begin = start
    for match in END.finditer(text, start, end):
        if match.end() > begin and not _abbreviation(text[begin : match.end()]):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _abbreviation(text: str) -> bool:
    """True if the full stop at the end belongs to an abbreviation or an initial."""
    match = LAST_WORD.search(text)
    if match is None or text.endswith("\n"):
        return False
    word = match.group(1)
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or "." in word.rstrip("0123456789.")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
