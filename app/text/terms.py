"""Analysis of text for full-text search: words to terms, alike for documents and questions.

Every word gives two terms, its stem and its cognate key. English and Portuguese share thousands of words of one
origin (precipitation, precipitação): the key is what such words have in common, so that a question finds text in
the other language. Both stemmers run on every word, in whichever language: nothing hangs on guessing it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

WORD = re.compile(r"\w+")
MOST_TERMS = 64  # words of a question that count
LONGEST_WORD = 64  # characters; what is longer is no word
KEY_LENGTH = 4  # characters of a cognate key
WORDS_REMEMBERED = 65_536

# Words that say nothing about the subject: left out of the index and of questions.
STOP_WORDS = frozenset(
    """a an and are as at be by do does did for from has have how in is it its of on or that the their there this to
    was were what when where which who whom whose why will with
    ao aos com como da das de dos e em essa esse esta este eu foi foram mais na nas no nos o onde os ou para
    pela pelas pelo pelos por qual quais quando quanto quantos que quem se sem ser seu sua são um uma é
    al como con cómo cuál cuáles cuándo cuánto cuántos del donde dónde el en era eran es fue fueron ha han la las lo
    los no por que qué quién quiénes son su sus un una unas unos y
    """.split()
)
PLURAL = re.compile(r"(?<=\w)(ões|ães)$")  # "funções" is "função", "pães" is "pão"
DOUBLED = re.compile(r"(.)\1")
SPELLINGS = (("ph", "f"), ("th", "t"), ("ct", "t"), ("pt", "t"), ("y", "i"), ("k", "c"), ("qu", "c"), ("w", "v"))
_stemmers = (Stemmer.Stemmer("portuguese"), Stemmer.Stemmer("english"))
_stemming = threading.Lock()  # a stemmer keeps state


def search_terms(query: str) -> list[str]:
    """The words of `query` that are worth searching for, lower case, each once; all of them if none is."""
    words = list(dict.fromkeys(word.lower() for word in WORD.findall(query)))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_TERMS]


def document_terms(text: str) -> Iterator[str]:
    """Terms of a document in order, repeated as often as they occur."""
    for word in WORD.findall(text.lower()):
        if word not in STOP_WORDS and len(word) <= LONGEST_WORD:
            yield from word_terms(word)


def query_terms(query: str) -> list[str]:
    """Distinct terms of a question; none if it has only stop words."""
    words = (word for word in search_terms(query) if word not in STOP_WORDS and len(word) <= LONGEST_WORD)
    return list(dict.fromkeys(term for word in words for term in word_terms(word)))


@lru_cache(WORDS_REMEMBERED)
def word_terms(word: str) -> tuple[str, str]:
    """(stem, cognate key) of a lower-case word; keys are marked so that the two never meet."""
    return stem(word), f"~{cognate_key(word)}"


def stem(word: str) -> str:
    """Without accents and endings, after the Portuguese and then the English Snowball rules (Porter, 1980, 2001)."""
    portuguese, english = _stemmers
    with _stemming:
        word = fold(portuguese.stemWord(PLURAL.sub("ão", word)))
        return fold(english.stemWord(word))


def cognate_key(word: str) -> str:
    """How a word begins, written alike in both languages: "philosophy" and "filosofia" are "filo"."""
    word = fold(word)
    for spelling, same in SPELLINGS:
        word = word.replace(spelling, same)
    word = DOUBLED.sub(r"\1", word)
    return word[:KEY_LENGTH] if len(word) > KEY_LENGTH else word.rstrip("aeios") or word


def fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
