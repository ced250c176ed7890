"""Words reduced to what their forms have in common: Snowball stems, prefixes and cognate keys."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache

import Stemmer

from app.text.locale import Locale
from app.text.locales import LOCALES
from app.text.normalisation import fold_accents

PREFIX_LENGTH = 6  # characters that count: "universidade" and "universidades", "computing" and "computer"
KEY_LENGTH = 4  # characters of a cognate key
DOUBLED = re.compile(r"(.)\1")
SPELLINGS = (("ph", "f"), ("th", "t"), ("ct", "t"), ("pt", "t"), ("y", "i"), ("k", "c"), ("qu", "c"), ("w", "v"))


class Endings:
    """Irregular endings of one or several languages, made regular: "funções" is "função"."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        self._rules = [(re.compile(pattern), ending) for locale in locales for pattern, ending in locale.endings]

    def regular(self, word: str) -> str:
        for pattern, ending in self._rules:
            word = pattern.sub(ending, word)
        return word


class SnowballChain:
    """The Snowball stemmers (Porter, 1980, 2001) that the locales name, one after the other. Thread-safe."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        ordered = sorted(locales, key=lambda locale: locale.stemming_order)
        self._steps = [(Endings([one]), Stemmer.Stemmer(one.snowball)) for one in ordered if one.snowball is not None]
        self._lock = threading.Lock()  # a PyStemmer object has a cache and buffers of its own

    def stem(self, word: str) -> str:
        """The stem of a lower-case word, without accents, whichever its language."""
        with self._lock:
            for endings, stemmer in self._steps:
                word = fold_accents(stemmer.stemWord(endings.regular(word)))
        return word


@cache
def snowball_chain() -> SnowballChain:
    """The one that the process uses."""
    return SnowballChain(LOCALES.values())


ENDINGS = Endings(LOCALES.values())


def snowball_stem(word: str) -> str:
    """The stem of a lower-case word by the rules of every language: what the full-text index holds."""
    return snowball_chain().stem(word)


def prefix_stem(word: str) -> str:
    """The first letters of a word, without case and accents: a light stem, for the overlap of two texts."""
    return fold_accents(ENDINGS.regular(word.lower()))[:PREFIX_LENGTH]


def cognate_key(word: str) -> str:
    """How a word begins, written alike in all languages: "philosophy" and "filosofia" are "filo"."""
    word = fold_accents(word)
    for spelling, same in SPELLINGS:
        word = word.replace(spelling, same)
    word = DOUBLED.sub(r"\1", word)
    return word[:KEY_LENGTH] if len(word) > KEY_LENGTH else word.rstrip("aeios") or word
