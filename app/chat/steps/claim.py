"""A claim: a sentence of an answer with the question it answers, and its words as they are compared with a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.text.language import Language, detect_language
from app.text.locales import LOCALES
from app.text.names import SMALL_WORDS
from app.text.quantities import COUNTED, UNITS, fact_spans
from app.text.stemming import prefix_stem
from app.text.terms import STOP_WORDS, word_terms

FACTS = tuple(locale.facts for locale in LOCALES.values())
YES = frozenset(word for facts in FACTS for word in facts.yes.split())
NO = frozenset(word for facts in FACTS for word in facts.no.split())
OPENING = re.compile(rf"\s*({'|'.join(sorted(YES | NO))})\b\s*(?:[,.;:!–—-]+\s*|$)", re.IGNORECASE)
ASKING = frozenset(word for facts in FACTS for word in facts.asking.split())
LETTERS = re.compile(r"[^\W_]+")
MEASURES = frozenset(word for word, unit in UNITS.items() if unit not in COUNTED)
UNSAID = SMALL_WORDS | STOP_WORDS | MEASURES | ASKING  # words that are no subject
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{3,}-[^\W\d_]{4,}(?![\w-])")  # "part-time": either half tells it from others


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer, with the question it answers."""

    sentence: str
    question: str

    @cached_property
    def text(self) -> str:
        """The sentence without a yes or no before it; the question, if there is nothing else."""
        return OPENING.sub("", self.sentence, count=1) or self.question

    @cached_property
    def says_yes(self) -> bool | None:
        """Whether it begins with yes or with no; None if with neither."""
        found = OPENING.match(self.sentence)
        return None if found is None else found[1].lower() in YES

    @cached_property
    def has_facts(self) -> bool:
        """Whether it has a number or a date."""
        return bool(fact_spans(self.text))

    @cached_property
    def language(self) -> Language:
        return detect_language(f"{self.question} {self.sentence}")

    @cached_property
    def asked(self) -> frozenset[str]:
        """What the question is about: words of content."""
        return subject_words(self.question)

    @cached_property
    def compounds(self) -> list[str]:
        """Words of two halves, such as part-time."""
        taken = fact_spans(self.text)
        found = COMPOUND.finditer(self.text)
        return [match[0] for match in found if not any(a < match.end() and match.start() < b for a, b in taken)]

    @cached_property
    def words(self) -> frozenset[str]:
        return subject_words(self.text)


@lru_cache(512)
def subject_words(text: str) -> frozenset[str]:
    """The words that say what a text is about: no small words, words of asking, units, numbers or dates."""
    taken = fact_spans(text)
    words = (m for m in LETTERS.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken))
    return frozenset(word for m in words if len(word := m[0].lower()) > 1 and word not in UNSAID)


def held_by(text: str, words: Iterable[str]) -> frozenset[str]:
    """Those of the words that a text has, in any of their forms."""
    return frozenset(word for word in words if not _forms_of(word).isdisjoint(_forms(text)))


@lru_cache(512)
def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word in LETTERS.findall(text.lower()) for form in _forms_of(word))


def begins_in(word: str, text: str) -> bool:
    """True if a text has the word in any form, or another one that begins alike: "entrar" and "entrada"."""
    return bool(held_by(text, [word])) or word_terms(word)[1] in _beginnings(text)


@lru_cache(512)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word_terms(word)[1] for word in LETTERS.findall(text.lower()))


@lru_cache(16384)
def _forms_of(word: str) -> frozenset[str]:
    """The stem of a word by the stemmers, and by its first letters."""
    return frozenset({word_terms(word)[0], prefix_stem(word)})
