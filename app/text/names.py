"""Names in texts: words with a capital where grammar asks for none, acronyms, and identifiers such as NW-1025."""

from __future__ import annotations

import re
from functools import lru_cache

from app.text.locales import LOCALES
from app.text.normalisation import fold_accents
from app.text.quantities import UNITS, fact_spans, find_codes

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
OPENS = re.compile(r"(?:^|[.!?:;…\n\"“”«(\[|–—-])\s*$")  # a capital behind this is no sign of a name
POSSESSIVE = re.compile(r"['’]s?$")
CAPITALISED_NOUNS = frozenset({"de"})  # languages whose nouns have capitals
SMALL_WORDS = frozenset[str]().union(*(locale.function_words | locale.stop_words for locale in LOCALES.values()))


@lru_cache(512)
def find_names(text: str, language: str = "en") -> frozenset[str]:
    """The names of `text`, folded: lower case, no accents. Units, numbers and dates are none."""
    names = {fold(match[0]) for match in find_codes(text)}
    taken = [*fact_spans(text), *(match.span() for match in find_codes(text))]
    tokens = [
        match for match in TOKEN.finditer(text) if not any(a < match.end() and match.start() < b for a, b in taken)
    ]
    for number, match in enumerate(tokens):
        token = POSSESSIVE.sub("", match[0])
        if _is_acronym(token) or (language not in CAPITALISED_NOUNS and _is_name(text, tokens, number)):
            names.add(fold(token))
        elif language in CAPITALISED_NOUNS and _is_pair(text, tokens, number):
            names |= {fold(token), fold(tokens[number + 1][0])}
    return frozenset(name for name in names if name not in UNITS and name not in SMALL_WORDS and len(name) > 1)


def fold(token: str) -> str:
    return fold_accents(token.lower())


@lru_cache(512)
def folded_tokens(text: str) -> frozenset[str]:
    """All words and identifiers of `text` as `find_names` writes them."""
    words = {fold(POSSESSIVE.sub("", match[0])) for match in TOKEN.finditer(text)}
    return frozenset(words | {fold(match[0]) for match in find_codes(text)})


def _is_acronym(token: str) -> bool:
    return sum(char.isupper() for char in token) > 1 and token.isalpha()


def _is_name(text: str, tokens: list[re.Match[str]], number: int) -> bool:
    match = tokens[number]
    if not match[0][0].isupper():
        return False
    return OPENS.search(text[: match.start()]) is None or _opens_name(text, tokens, number)


def _opens_name(text: str, tokens: list[re.Match[str]], number: int) -> bool:
    """True for "Robert Crane is ...", false for "Ask Robert Crane ..."."""
    return _is_pair(text, tokens, number) and not _is_pair(text, tokens, number + 1)


def _is_pair(text: str, tokens: list[re.Match[str]], number: int) -> bool:
    """True if this word and the next one have capitals."""
    pair = tokens[number : number + 2]
    if len(pair) < 2 or text[pair[0].end() : pair[1].start()] != " ":
        return False
    return all(match[0][0].isupper() and match[0].lower() not in SMALL_WORDS for match in pair)
