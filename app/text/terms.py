"""Terms of full-text search, alike for documents and questions.

Every word gives two terms, its stem and its cognate key. English and Portuguese share thousands of words of one
origin (precipitation, precipitação): the key is what such words have in common, so that a question finds text in
the other language. The stemmers of all languages run on every word: nothing depends on guessing its language.

Stored postings hold these terms: a change of the indexed languages, which are the locales with a stemmer, makes them
out of date. Stop words of another locale are left out of questions in its language: "mit" is one in German and an
institute elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from app.text.language import Language, detect_language
from app.text.locales import LOCALES
from app.text.normal_form import normal_form
from app.text.stemming import cognate_key, snowball_stem

WORD = re.compile(r"\w+")
MOST_TERMS = 64  # words of a question that count
LONGEST_WORD = 64  # characters; what is longer is no word
WORDS_REMEMBERED = 65_536
# Spanish has no stemmer in the index; these of its stop words are left out all the same.
SPANISH_STOP_WORDS = frozenset(
    """al como con cómo cuál cuáles cuándo cuánto cuántos del donde dónde el en era eran es fue fueron ha han la las lo
    los no por que qué quién quiénes son su sus un una unas unos y""".split()
)
INDEXED = [locale for locale in LOCALES.values() if locale.snowball is not None]
STOP_WORDS = SPANISH_STOP_WORDS.union(*(locale.stop_words for locale in INDEXED))


def search_terms(query: str) -> list[str]:
    """The words of `query` that are worth searching for, lower case, each once; all of them if none is."""
    words = list(dict.fromkeys(word.lower() for word in WORD.findall(normal_form(query))))
    stop_words = _stop_words(query)
    return ([word for word in words if word not in stop_words] or words)[:MOST_TERMS]


def document_terms(text: str) -> Iterator[str]:
    """Terms of a document in order, repeated as often as they occur."""
    for word in WORD.findall(text.lower()):
        if word not in STOP_WORDS and len(word) <= LONGEST_WORD:
            yield from word_terms(word)


def query_terms(query: str) -> list[str]:
    """Distinct terms of a question; none if it has only stop words."""
    stop_words = _stop_words(query)
    words = (word for word in search_terms(query) if word not in stop_words and len(word) <= LONGEST_WORD)
    return list(dict.fromkeys(term for word in words for term in word_terms(word)))


def _stop_words(query: str) -> frozenset[str]:
    return _stop_words_in(detect_language(query))


@cache
def _stop_words_in(language: Language) -> frozenset[str]:
    return STOP_WORDS | LOCALES[language].stop_words if language in LOCALES else STOP_WORDS


@lru_cache(WORDS_REMEMBERED)
def word_terms(word: str) -> tuple[str, str]:
    """(stem, cognate key) of a lower-case word; keys are marked so that the two never meet."""
    return snowball_stem(word), f"~{cognate_key(word)}"
