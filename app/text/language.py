"""Languages by code, and the language of a question.

The languages of the locales are the service's own. A question in another language is recognised by its letters, and
answered in its language with the fixed texts of the default one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NewType

from app.text.language_signs import WORD, letter_statistics, locale_signs
from app.text.locales import DEFAULT_CODE, LOCALES

Language = NewType("Language", str)  # ISO 639-1; one without a locale comes from `detect_language` alone
LANGUAGES = tuple(Language(code) for code in LOCALES)  # those that can be asked for
DEFAULT_LANGUAGE = Language(DEFAULT_CODE)
LONGEST = 1000  # characters that are read
REMEMBERED = 256  # texts: one question is asked about several times
# Chosen on short questions, also without accents and with mistakes: tests/unit/text/short_questions.txt.
DEFAULT_AHEAD = 0.5  # what the default language needs no signs for, in logarithms of probability
INDEXED_AHEAD = 0.25  # likewise, the other languages that the index is made for
OTHERS_BEHIND = 1.5  # what a language without a locale must have more
AHEAD = {code: INDEXED_AHEAD if locale.snowball else 0.0 for code, locale in LOCALES.items()}
AHEAD[DEFAULT_CODE] = DEFAULT_AHEAD
FEW = 4  # words: what is shorter, a name or a number, is in any language

if TYPE_CHECKING:
    LanguageField = Language
else:
    LanguageField = Literal[LANGUAGES]  # for Pydantic: a field that accepts the codes of LANGUAGES


def parse_language(code: object) -> Language:
    """Raises ValueError if the service has no locale for `code`."""
    if code not in LANGUAGES:
        raise ValueError(f"must be {', '.join(LANGUAGES[:-1])} or {LANGUAGES[-1]}")
    return Language(str(code))


def detect_language(text: str) -> Language:
    """The language of a question, with or without a locale; the default one when nothing indicates another."""
    return _detected(text[:LONGEST])


def likely_locale(text: str) -> Language:
    """The language with a locale of which the text shows most signs, told without the statistics: they load slowly."""
    signs = locale_signs(text)
    return Language(max(signs, key=lambda code: (signs[code], code == DEFAULT_CODE)))


@lru_cache(REMEMBERED)
def _detected(text: str) -> Language:
    if WORD.search(text) is None:
        return DEFAULT_LANGUAGE
    likely = letter_statistics(text)
    own = {code: likely[code] + AHEAD[code] + sign for code, sign in locale_signs(text).items()}
    best = max(own, key=own.__getitem__)
    if text.isascii() and len(WORD.findall(text)) == 1:  # "heyyy": too little to find another language by
        return Language(best)
    other = max(likely.keys() - own.keys(), key=likely.__getitem__)
    return Language(other if likely[other] - OTHERS_BEHIND > own[best] else best)


def speaks(text: str, language: str) -> bool:
    """False if `text` is in another language than `language`."""
    if language in LOCALES:
        signs = locale_signs(text)
        return signs[language] >= max(signs.values()) - 1e-9
    return len(WORD.findall(text)) < FEW or detect_language(text) == language
