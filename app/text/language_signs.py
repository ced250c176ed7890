"""What indicates the language of a text: function words, letters and marks of the locales, and letter statistics."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.text.locales import LOCALES
from app.text.normalisation import fold_accents

WORD = re.compile(r"\b[^\W\d_]+\b")
UNACCENTED = 0.5  # weight of a word that would be a function word with its accents: "voce"
USUAL = 6  # words of a question; the signs of longer texts grow with the root of their length, as the statistics do
SMALLEST = 1e-12  # probability
NO_LANGUAGE = "zxx"  # a label of the statistics
NOTHING: dict[str, float] = {}
_loading = Lock()


def locale_signs(text: str) -> dict[str, float]:
    """How much function words, letters and marks indicate each language that has a locale, by code; 0 if nothing does.

    What several languages have says less of each of them.
    """
    signs: Counter[str] = Counter(dict.fromkeys(LOCALES, 0))
    words = WORD.findall(text.lower())
    for word in words:
        signs.update(WORDS.get(word) or FOLDED.get(word, NOTHING))
        for letter in set(word) & LETTERS.keys():
            signs.update(LETTERS[letter])
    for mark in set(text) & MARKS.keys():
        signs.update(MARKS[mark])
    scale = math.sqrt(USUAL / max(len(words), 1))
    return {code: scale * sign for code, sign in signs.items()}


def letter_statistics(text: str) -> dict[str, float]:
    """Log-probabilities of about 130 languages by code (Lui and Baldwin, ACL 2012), from sequences of letters alone."""
    with _loading:  # threads that come at once would each load it
        identifier = _identifier()
    ranked = identifier.rank(text)
    return {code: math.log(max(share, SMALLEST)) for code, share in ranked if code != NO_LANGUAGE}


@cache
def _identifier() -> LanguageIdentifier:
    """Takes about half a second and 80 MB when it is first needed. Thread-safe: it is only read."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _shared(items: Iterable[tuple[str, Iterable[str]]], weight: float = 1.0) -> dict[str, dict[str, float]]:
    """What each sign says of each language."""
    found: dict[str, set[str]] = {}
    for code, signs in items:
        for sign in signs:
            found.setdefault(sign, set()).add(code)
    return {sign: dict.fromkeys(codes, weight / len(codes)) for sign, codes in found.items()}


WORDS = _shared((code, locale.function_words) for code, locale in LOCALES.items())
FOLDED = _shared(((code, map(fold_accents, locale.function_words)) for code, locale in LOCALES.items()), UNACCENTED)
LETTERS = _shared((code, locale.letters) for code, locale in LOCALES.items())
MARKS = _shared((code, locale.marks) for code, locale in LOCALES.items())
