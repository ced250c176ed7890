"""How people speak to the service rather than ask its documents, in one language, and what the service says then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dialogue:
    """The patterns and texts of one language; everything may be left out.

    Patterns are regular expressions for a whole message, written as `plain_text` leaves it: lower case, no accents,
    no punctuation, no apostrophes ("what's" is "whats"). A message is matched without its `openers` and `closers`.
    """

    openers: str = ""  # politeness before a request: "could you", "please"
    closers: str = ""  # and after it: "for me", "thanks"

    # Small talk: a message that only has these phrases and these words. Kinds: greeting, courtesy ("how are you"),
    # thanks, farewell, agreement ("great"), identity ("who are you").
    small_talk: Mapping[str, str] = field(default_factory=dict)
    social_words: frozenset[str] = frozenset()

    # Questions about the collection. Kinds: abilities, list, count, newest, uploaded (group `name`), about (`topic`).
    collection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    # Requests about the answer before. Kinds: shorter, bullets, simpler, longer, repeat, translate (group `language`,
    # for which the pattern has "LANGUAGE").
    previous_answer: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)  # by code: the names of a language, plain

    # Requests for whole documents. Kinds: summary and outline (group `name`), compare (`one`, `two`, maybe `topic`).
    document: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    this_document: str = ""  # "it", "this file": names that name none
    all_documents: str = ""  # "everything", "all my files"
    document_words: Mapping[str, str] = field(default_factory=dict)  # by kind, alike in all languages: words
    months: tuple[str, ...] = ()  # January to December, as they are written within a date
    date: str = "{year}-{month_number:02}-{day:02}"  # with {day}, {month}, {month_number} and {year}

    duties: frozenset[str] = frozenset()  # plain words of rules and spans of time: "must", "deadline", "months"

    replies: Mapping[str, str] = field(default_factory=dict)  # what the service says, by name
    tasks: Mapping[str, str] = field(default_factory=dict)  # what the model is asked to do with an answer, by kind
