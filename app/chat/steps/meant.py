"""Which documents a name means: by file name, title, first heading, kind ("the mail") and date ("from May").

Words are compared as they are, then as stems, kinds of document and months, which are alike in all languages, then as
cognates, then as misspellings. A word that few documents have says more than one that many have.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.domain.documents import DocumentOverview
from app.text.language import LANGUAGES
from app.text.locales import LOCALES
from app.text.normalisation import fold_accents, plain_text
from app.text.requests import compiled
from app.text.stemming import cognate_key, prefix_stem
from app.text.terms import STOP_WORDS

NAMED = 0.55  # share of a name, by weight, that a document must have
TIE = 0.08  # documents this near the best may be meant as well
SAME_STEM, SAME_KIND, SAME_KEY, MISSPELT = 0.95, 0.9, 0.6, 0.75  # strength of a match, beside 1 for the same word
LONG = 5  # letters of a word that may be misspelt or a cognate
ALIKE = 0.8  # similarity of a misspelt word with the right one
PLAIN_STOP_WORDS = frozenset(fold_accents(word) for word in STOP_WORDS) | {"me", "my", "our", "your", "pra", "a", "o"}
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
DAY = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?:[-_. ]?\d\d)?\b")
KIND_OF_FILE = {
    **dict.fromkeys(("eml", "msg", "mbox"), "mail"),
    **dict.fromkeys(("csv", "tsv", "xls", "xlsx", "ods"), "sheet"),
    **dict.fromkeys(("ppt", "pptx", "odp"), "slides"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents that a name may mean: one if it is clear, none if it names no document."""

    name: str
    documents: Sequence[DocumentOverview] = ()
    all: bool = False  # it means them all: "everything"


@dataclass(frozen=True, slots=True)
class Features:
    """What a document can be named by."""

    words: frozenset[str]
    stems: frozenset[str]
    keys: frozenset[str]
    kinds: frozenset[str]  # kinds of document, and "month-5"


def find_meant(name: str, documents: Sequence[DocumentOverview], cited: Sequence[str]) -> Meant:
    """Find the documents that `name`, in plain words, means. `cited`: ids of those that the last answer cites."""
    if any(compiled(language).all_documents.fullmatch(name) for language in LANGUAGES):
        return Meant(name, documents, all=True)
    words = [word for word in name.split() if word not in PLAIN_STOP_WORDS]
    if not words or any(compiled(language).this_document.fullmatch(name) for language in LANGUAGES):
        last = [document for document in documents if document.id in cited]
        return Meant(name, last if len(last) == 1 else documents)
    if len(documents) == 1 and all(_kind(word) for word in words):
        return Meant(name, documents)  # "the report": there is one document
    return Meant(name, _best(words, documents))


def _best(words: Sequence[str], documents: Sequence[DocumentOverview]) -> list[DocumentOverview]:
    """The documents that have most of the words."""
    strengths = [[_strength(word, features_of(document)) for word in words] for document in documents]
    having = [sum(row[place] > 0 for row in strengths) for place in range(len(words))]
    weights = [math.log(1 + len(documents) / max(count, 0.5)) for count in having]
    shares = [sum(w * s for w, s in zip(weights, row, strict=True)) / sum(weights) for row in strengths]
    best = max(shares, default=0.0)
    if best < NAMED:
        return []
    return [document for document, share in zip(documents, shares, strict=True) if share >= best - TIE]


def features_of(document: DocumentOverview) -> Features:
    texts = (document.filename.rpartition(".")[0] or document.filename, document.title, document.heading)
    words = frozenset(word for text in texts for word in plain_text(CAMEL.sub(" ", text) + " " + text).split())
    suffix = document.filename.rpartition(".")[2].lower()
    kinds = {kind for word in words for kind in [_kind(word)] if kind}
    kinds |= {f"month-{int(match['month'])}" for text in texts for match in DAY.finditer(text)}
    kinds |= {KIND_OF_FILE[suffix]} if suffix in KIND_OF_FILE else set()
    long = frozenset(word for word in words if len(word) >= LONG)
    return Features(
        words | {suffix}, frozenset(map(prefix_stem, long)), frozenset(map(cognate_key, long)), frozenset(kinds)
    )


def _strength(word: str, features: Features) -> float:
    """How surely a document has the word, 0 to 1."""
    if word in features.words:
        return 1.0
    if _kind(word) in features.kinds:
        return SAME_KIND
    if len(word) < LONG:
        return 0.0
    if prefix_stem(word) in features.stems:
        return SAME_STEM
    if difflib.get_close_matches(word, _long(features.words), 1, ALIKE):
        return MISSPELT
    return SAME_KEY if cognate_key(word) in features.keys else 0.0


def _long(words: Collection[str]) -> list[str]:
    return [word for word in words if len(word) >= LONG]


def _kind(word: str) -> str:
    """The kind of document that a word names, or its month; "" if it names none."""
    return _kinds().get(word, "")


@cache
def _kinds() -> dict[str, str]:
    return dict(_named_kinds())


def _named_kinds() -> Iterator[tuple[str, str]]:
    for locale in LOCALES.values():
        for kind, words in locale.dialogue.document_words.items():
            yield from ((word, kind) for word in words.split())
        for number, month in enumerate(locale.dialogue.months, 1):
            yield plain_text(month), f"month-{number}"
