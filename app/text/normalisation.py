"""Texts as they are compared: accents folded, punctuation and articles left out."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter

from app.text.locales import LOCALES

SPACES = re.compile(r"\s+")
APOSTROPHES = re.compile(r"['’‘`´]")
NO_WORDS = re.compile(r"[\W_]+")
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
ARTICLES = {code: locale.articles for code, locale in LOCALES.items()}


def fold_accents(text: str) -> str:
    """`text` without accents: "função" is "funcao". Compatibility forms are decomposed too."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def folded(text: str) -> str:
    """`text` as names are sorted and searched: without case and accents."""
    return text.lower() if text.isascii() else fold_accents(text.casefold())


def plain_text(text: str) -> str:
    """The bare words of a message: lower case, no accents, punctuation or emoji ("heyyy, it's me!": "hey its me")."""
    bare = APOSTROPHES.sub("", fold_accents(text.lower()))
    return DRAWN_OUT.sub(r"\1", NO_WORDS.sub(" ", bare)).strip()


def original_words(message: str, plain: str) -> str:
    """The words of `message` that `plain_text` makes `plain` of, as they were written; `plain` if there are none."""
    words = message.split()
    wanted = len(plain.split())
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + wanted) + 1):
            part = " ".join(words[first:last])
            if plain_text(part) == plain:
                return part.strip(" .,;:!?…\"'“”«»()")
    return plain


def normalize_answer(text: str, language: str) -> str:
    """Lower case, no punctuation, no articles of `language`, single spaces (SQuAD; Rajpurkar et al., 2016)."""
    lowered = unicodedata.normalize("NFC", text).lower()
    bare = "".join(char for char in lowered if not _punctuation(char))
    articles = ARTICLES.get(language, frozenset())
    return " ".join(word for word in SPACES.split(bare) if word and word not in articles)


def word_f1(first: str, second: str, language: str) -> float:
    """F1 of the bags of words of two normalised answers, 0 to 1; 1 if both are empty."""
    one, other = normalize_answer(first, language).split(), normalize_answer(second, language).split()
    if not one or not other:
        return float(one == other)
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def _punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char).startswith("P")
