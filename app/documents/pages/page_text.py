"""A page's words as a text to search in: letters and digits alone, so that every way to write them is the same.

White space, hyphens at line ends, ligatures, accents and case differ between a file and the text that was read from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.documents.pages.page_words import Word

TOKEN = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff]|[^\s\u2e80-\ua4cf\uf900-\ufaff]+")  # ideographs stand alone


@lru_cache(maxsize=8192)
def letters(char: str) -> str:
    """What a character is compared by: its letters and digits without accents and case; often one, or none."""
    return "".join(
        part for plain in unicodedata.normalize("NFKD", char) if plain.isalnum() for part in plain.casefold()
    )


def search_key(text: str) -> str:
    return "".join(map(letters, text))


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part of a word, by number; `start` and `end` are shares of its length, 0 and 1 for the whole word."""

    word: int
    start: float = 0.0
    end: float = 1.0


@dataclass(frozen=True, slots=True)
class Token:
    """A word as a reader sees it: its pieces on two lines are one. `last` is inclusive."""

    key: str
    first: int  # number of a word
    last: int


class PageText:
    """The searchable text of a page."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        keys: list[str] = []
        self._places: list[tuple[int, int]] = []  # of each letter: word, character of the word
        for number, word in enumerate(words):
            for place, char in enumerate(word.text):
                found = letters(char)
                keys.append(found)
                self._places.extend([(number, place)] * len(found))
        self.key = "".join(keys)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(self._tokens())

    def parts(self, start: int, end: int) -> list[WordPart]:
        """The words of a range of `key`, the first and the last of them cut where the range begins and ends."""
        if start >= end:
            return []
        first, last = self._places[start], self._places[end - 1]
        parts = [WordPart(number) for number in range(first[0], last[0] + 1)]
        begins = 0.0 if self.begins_word(start) else first[1] / len(self.words[first[0]].text)
        ends = 1.0 if self.ends_word(end) else (last[1] + 1) / len(self.words[last[0]].text)
        parts[0] = WordPart(first[0], begins, parts[0].end)
        parts[-1] = WordPart(last[0], parts[-1].start, ends)
        return parts

    def begins_word(self, place: int) -> bool:
        return place == 0 or self._places[place - 1][0] != self._places[place][0]

    def ends_word(self, place: int) -> bool:
        return place == len(self.key) or self._places[place - 1][0] != self._places[place][0]

    def _tokens(self) -> Iterator[Token]:
        pending: Token | None = None
        for number, word in enumerate(self.words):
            for place, found in enumerate(TOKEN.findall(word.text)):
                key = search_key(found)
                if pending is not None and word.glued and not place:
                    pending = Token(pending.key + key, pending.first, number)
                    continue
                if pending is not None and pending.key:
                    yield pending
                pending = Token(key, number, number)
        if pending is not None and pending.key:
            yield pending
