"""One natural language: the words, rules and sentences that differ from language to language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.text.dialogue import Dialogue
from app.text.fact_words import FactWords


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Locale:
    """Everything the service knows of one language. Words are in lower case; patterns are regular expressions."""

    code: str  # ISO 639-1
    name: str  # in English

    # Detection
    function_words: frozenset[str]  # a text that has them is likely in this language
    letters: frozenset[str] = frozenset()  # likewise, of other letters than those from a to z
    marks: str = ""  # likewise, of punctuation: "¿"

    # Search
    stop_words: frozenset[str]  # say nothing about the subject: not searched for
    articles: frozenset[str]  # left out before two answers are compared
    # The algorithm's name in PyStemmer. Only a language that has one here shapes the index: its stemmer runs on every
    # word of every language, and its stop words are not indexed. A new one makes stored postings out of date.
    snowball: str | None = None
    stemming_order: int = 50  # every word passes through all stemmers, in this order
    endings: tuple[tuple[str, str], ...] = ()  # (pattern, replacement) that a stemmer needs done first

    # Sentences
    abbreviations: frozenset[str]  # a full stop after one ends no sentence
    numbered_abbreviations: frozenset[str] = frozenset()  # likewise, before a number: "no. 5", "art. 12"
    ordinal_nouns: frozenset[str] = frozenset()  # follow an ordinal that is written with a full stop: "am 3. Mai"
    units: frozenset[str] = frozenset()  # of measure, beside the international ones: "5 ft. 10 in."

    # Follow-up questions
    interjections: tuple[str, ...] = ()  # may stand before such an opening: "ok and on Sundays?"
    followup_openings: tuple[str, ...]  # a question that begins so continues the one before
    followup_pronouns: tuple[str, ...]  # a question that has one refers to the one before
    followup_patterns: tuple[str, ...] = ()  # likewise: pronouns that are no words of their own
    capital_nouns: bool = False  # every noun begins with a capital, not names alone

    # Tables
    column_names: frozenset[str] = frozenset()  # usual names of columns, and labels on forms: "date", "price"

    # Answers
    instructions: str  # the system message
    question_label: str
    answer_label: str  # before the answer of an earlier turn
    quote_lead: str  # stands before a verbatim quote
    refusals: Mapping[str, str]  # by reason: no_documents, not_ready, nothing_relevant, unsupported
    otherwise: str  # after an answer: what another document says, {file} and {quote}
    nearest: str  # after a refusal: where the closest passage is, {place}
    refusal_phrases: tuple[str, ...]  # how models refuse; lower case, no accents
    apologies: tuple[str, ...] = ()  # what models say before they refuse; lower case, no accents

    # Prompt injection
    injections: tuple[str, ...]  # how a document addresses the model instead of the reader

    # Cloze questions
    cloze_question: str  # with {} for the sentence
    not_units: tuple[str, ...]  # words that may follow a number and are no unit
    name_particles: tuple[str, ...] = ()  # stand within names: "University of London"

    # Facts
    facts: FactWords = field(default_factory=FactWords)

    dialogue: Dialogue = field(default_factory=Dialogue)  # small talk, and requests that are no questions
