"""Languages by code, and the language of a text by its function words and letters: enough for a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NewType

from app.text.locale import Locale
from app.text.locales import DEFAULT_CODE, LOCALES

Language = NewType("Language", str)  # the code of a language that has a locale
LANGUAGES = tuple(Language(code) for code in LOCALES)
DEFAULT_LANGUAGE = Language(DEFAULT_CODE)
WORD = re.compile(r"[^\W\d_]+")

if TYPE_CHECKING:
    LanguageField = Language
else:
    LanguageField = Literal[LANGUAGES]  # for Pydantic: a field that accepts the codes of LANGUAGES


def parse_language(code: object) -> Language:
    """Raises ValueError if the service has no locale for `code`."""
    if code not in LANGUAGES:
        raise ValueError(f"must be {' or '.join(LANGUAGES)}")
    return Language(str(code))


def answer_language(code: str) -> Language:
    """The language to answer a question in: its own, or the default one if that has no locale."""
    return Language(code) if code in LOCALES else DEFAULT_LANGUAGE


def detect_language(text: str) -> Language:
    """The language of a question; the default one when nothing indicates another."""
    words = [word.lower() for word in WORD.findall(text)]
    signs = {code: _function_words(words, LOCALES[code]) + _letters(words, LOCALES[code]) for code in LANGUAGES}
    return max(signs, key=signs.__getitem__)  # the default language comes first: it wins ties


def speaks(text: str, language: str) -> bool:
    """False if the function words of `text` indicate another language than `language`."""
    words = [word.lower() for word in WORD.findall(text)]
    signs: dict[str, int] = {code: sum(_indicates(word, LOCALES[code]) for word in words) for code in LANGUAGES}
    return language not in signs or signs[language] >= max(signs.values())


def _function_words(words: list[str], locale: Locale) -> int:
    return sum(word in locale.function_words for word in words)


def _letters(words: list[str], locale: Locale) -> int:
    return sum(not locale.letters.isdisjoint(word) for word in words)


def _indicates(word: str, locale: Locale) -> bool:
    return word in locale.function_words or not locale.letters.isdisjoint(word)
