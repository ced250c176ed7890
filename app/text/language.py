"""Languages by code, and the language of a text by its function words, letters and marks: enough for a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NewType

from app.text.locales import DEFAULT_CODE, LOCALES
from app.text.normalisation import fold_accents

Language = NewType("Language", str)  # the code of a language that has a locale
LANGUAGES = tuple(Language(code) for code in LOCALES)
DEFAULT_LANGUAGE = Language(DEFAULT_CODE)
WORD = re.compile(r"[^\W\d_]+")
UNACCENTED = 0.5  # weight of a word that would be a function word with accents: "voce"
SURE = 0.01  # signs closer than this are equal

if TYPE_CHECKING:
    LanguageField = Language
else:
    LanguageField = Literal[LANGUAGES]  # for Pydantic: a field that accepts the codes of LANGUAGES


def parse_language(code: object) -> Language:
    """Raises ValueError if the service has no locale for `code`."""
    if code not in LANGUAGES:
        raise ValueError(f"must be {', '.join(LANGUAGES[:-1])} or {LANGUAGES[-1]}")
    return Language(str(code))


def answer_language(code: str) -> Language:
    """The language to answer a question in: its own, or the default one if that has no locale."""
    return Language(code) if code in LOCALES else DEFAULT_LANGUAGE


def detect_language(text: str) -> Language:
    """The language of a question; the default one when nothing indicates another."""
    signs = _signs(text)
    best = max(signs.values())
    # The default language wins ties, then those that the index knows.
    return next(language for language in PREFERRED if signs[language] >= best - SURE)


def speaks(text: str, language: str) -> bool:
    """False if the function words of `text` indicate another language than `language`."""
    signs = _signs(text)
    return language not in LANGUAGES or signs[Language(language)] >= max(signs.values()) - SURE


PREFERRED = sorted(LANGUAGES, key=lambda code: (code != DEFAULT_CODE, LOCALES[code].snowball is None))


def _shared(items: Iterable[tuple[Language, Iterable[str]]], weight: float = 1.0) -> dict[str, dict[Language, float]]:
    """What each sign says for each language: less if several languages have it."""
    found: dict[str, set[Language]] = {}
    for language, signs in items:
        for sign in signs:
            found.setdefault(sign, set()).add(language)
    return {sign: dict.fromkeys(languages, weight / len(languages)) for sign, languages in found.items()}


WORDS = _shared((code, LOCALES[code].function_words) for code in LANGUAGES)
FOLDED = _shared(((code, map(fold_accents, LOCALES[code].function_words)) for code in LANGUAGES), UNACCENTED)
LETTERS = _shared((code, LOCALES[code].letters) for code in LANGUAGES)
MARKS = _shared((code, LOCALES[code].marks) for code in LANGUAGES)
NOTHING: Mapping[Language, float] = {}


def _signs(text: str) -> dict[Language, float]:
    """How much indicates each language."""
    signs: Counter[Language] = Counter(dict.fromkeys(LANGUAGES, 0))
    for word in WORD.findall(text.lower()):
        signs.update(WORDS.get(word) or FOLDED.get(word, NOTHING))
        for letter in set(word) & LETTERS.keys():
            signs.update(LETTERS[letter])
    for mark in set(text) & MARKS.keys():
        signs.update(MARKS[mark])
    return dict(signs)
