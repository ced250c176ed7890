"""Finds a quote of a document's text among the words of a page.

As a whole, if the page has its letters in a row. Else in pieces: a parser reads columns one by one, repeats the header
in each row of a table, and puts addresses of links and notes where the page does not show them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.pages.page_text import TOKEN, PageText, WordPart, search_key

MAX_OCCURRENCES = 200  # of a quote on a page
MAX_WORD_OCCURRENCES = 40
CONTEXT_CHARS = 300  # around a quote that stands on the page several times
FEWEST_LETTERS = 2  # of a quote
FOUND_SHARE = 0.5  # of a quote: less of it is chance
CERTAIN_LETTERS = 12  # of a piece that may stand anywhere on the page
CERTAIN_PART = 6  # letters of a quote that is found in part
NEAR_TOKENS = 12  # that a shorter piece may stand from where its neighbours put it
MAX_TOKENS = 2000  # of a quote


@dataclass(frozen=True, slots=True)
class Quote:
    """A range of the text of a page as it was read from the file."""

    page_text: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.page_text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Match:
    """The words of a quote on a page. `rest`: the end of the quote that is not on the page."""

    parts: tuple[WordPart, ...]
    rest: str = ""


def find_quote(page: PageText, quote: Quote) -> Match | None:
    """The words of the quote, in the order of the page; None if it is not there."""
    key = search_key(quote.text)
    if len(key) < FEWEST_LETTERS and not (key and page.key.count(key) == 1):
        return None
    place = _whole(page, quote, key)
    if place is not None:
        return Match(tuple(page.parts(place, place + len(key))))
    return _in_pieces(page, quote)


def _whole(page: PageText, quote: Quote, key: str) -> int | None:
    """Where the page has the letters of the quote; of several places the one with the same text around."""
    places = list(_occurrences(page.key, key))
    if len(places) < 2:
        return places[0] if places else None
    before = search_key(quote.page_text[max(0, quote.start - CONTEXT_CHARS) : quote.start])
    after = search_key(quote.page_text[quote.end : quote.end + CONTEXT_CHARS])
    expected = len(search_key(quote.page_text[: quote.start]))

    def fit(place: int) -> tuple[bool, int, int]:
        end = place + len(key)
        alone = page.begins_word(place) and page.ends_word(end)
        ahead = page.key[max(0, place - len(before)) : place]
        around = _common(ahead[::-1], before[::-1]) + _common(page.key[end : end + len(after)], after)
        return alone, around, -abs(place - expected)

    return max(places, key=fit)


def _occurrences(text: str, key: str) -> Iterator[int]:
    place = text.find(key)
    for _ in range(MAX_OCCURRENCES):
        if place < 0:
            return
        yield place
        place = text.find(key, place + 1)


def _common(text: str, other: str) -> int:
    """Number of characters with which both begin."""
    for number, (one, two) in enumerate(zip(text, other, strict=False)):
        if one != two:
            return number
    return min(len(text), len(other))


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens that follow each other both in the quote and on the page."""

    quote: int  # number of the first token in the quote
    page: int  # and on the page
    length: int
    letters: int


def _in_pieces(page: PageText, quote: Quote) -> Match | None:
    wanted = [search_key(token) for token in TOKEN.findall(quote.text)[:MAX_TOKENS]]
    counted = _without_repeated(wanted, page, quote)
    matched = _tiled(counted, [token.key for token in page.tokens])
    found, total = _weight(counted, matched), _weight(counted, counted)
    if not found or found < FOUND_SHARE * total or (found < total and found < CERTAIN_PART):
        return None
    numbers = sorted(matched.values())
    parts = (WordPart(word) for place in numbers for word in _words(page, place))
    rest = TOKEN.findall(quote.text)[max(matched) + 1 : MAX_TOKENS]
    return Match(tuple(parts), " ".join(rest))


def _words(page: PageText, place: int) -> range:
    token = page.tokens[place]
    return range(token.first, token.last + 1)


def _weight(keys: dict[int, str], numbers: dict[int, int] | dict[int, str]) -> float:
    """Letters of the tokens; a long one, such as an address, counts no more than CERTAIN_LETTERS."""
    return sum(min(len(keys[number]), CERTAIN_LETTERS) for number in numbers)


def _without_repeated(wanted: Sequence[str], page: PageText, quote: Quote) -> dict[int, str]:
    """Tokens of the quote by number, without those that the text has more often than the page: repeated headers."""
    text = Counter(search_key(token) for token in TOKEN.findall(quote.page_text))
    shown = Counter(token.key for token in page.tokens)
    every = {number: key for number, key in enumerate(wanted) if key}
    once = {number: key for number, key in every.items() if text[key] <= shown[key] or not shown[key]}
    return once if any(shown[key] for key in once.values()) else every


def _tiled(counted: dict[int, str], keys: Sequence[str]) -> dict[int, int]:
    """Tokens of the quote with their tokens on the page, which has `keys`: the longest runs first, short ones only
    beside others.
    """
    on_page: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        on_page[key].append(at)
    matched: dict[int, int] = {}
    taken: set[int] = set()
    order = list(counted)
    known: list[int] = []  # the keys of `matched`, in order
    runs = sorted(_runs(order, counted, keys, on_page), key=lambda run: (-run.letters, run.quote))
    for certain in (True, False):
        if not certain:
            runs.sort(key=lambda run: (-run.letters, _shift(order[run.quote], run.page, known, matched)))
        for run in runs:
            pairs = [
                (order[run.quote + step], run.page + step)
                for step in range(run.length)
                if order[run.quote + step] not in matched and run.page + step not in taken
            ]
            if not pairs:
                continue
            if not certain and _shift(*pairs[0], known, matched) > NEAR_TOKENS:
                continue
            if certain and not _is_certain(pairs, counted, on_page, matched):
                continue
            matched.update(pairs)
            taken.update(place for _, place in pairs)
            for number, _ in pairs:
                insort(known, number)
    return matched


def _is_certain(
    pairs: Sequence[tuple[int, int]], counted: dict[int, str], on_page: dict[str, list[int]], matched: dict[int, int]
) -> bool:
    """Whether these tokens are long together, or the first that are found and only there."""
    letters = sum(len(counted[number]) for number, _ in pairs)
    return letters >= CERTAIN_LETTERS or (
        not matched and any(len(on_page[counted[number]]) == 1 for number, _ in pairs)
    )


def _shift(number: int, place: int, known: Sequence[int], matched: dict[int, int]) -> float:
    """How many tokens `place` is from where the nearest known tokens of the quote put token `number`."""
    after = bisect_left(known, number)
    near = [known[at] for at in (after - 1, after) if 0 <= at < len(known)]
    return min((abs((place - matched[other]) - (number - other)) for other in near), default=math.inf)


def _runs(
    order: Sequence[int], counted: dict[int, str], keys: Sequence[str], on_page: dict[str, list[int]]
) -> Iterator[_Run]:
    """Runs that cannot be made longer. A word that is common on the page begins runs at its first places only."""
    before: dict[int, _Run] = {}  # by the token of the page where they end
    for place, number in enumerate(order):
        key = counted[number]
        now: dict[int, _Run] = {}
        for at, run in before.items():
            if at + 1 < len(keys) and keys[at + 1] == key:
                now[at + 1] = _Run(run.quote, run.page, run.length + 1, run.letters + len(key))
            else:
                yield run
        for at in on_page.get(key, ())[:MAX_WORD_OCCURRENCES]:
            now.setdefault(at, _Run(place, at, 1, len(key)))
        before = now
    yield from before.values()
