"""Making a follow-up question stand alone, without a model call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.locales import LOCALES
from app.text.terms import search_terms

SHORT = 4  # content words: a question with no more that names nothing leans on the one before
LONGEST = 2 * SHORT  # one with more stands alone, whatever its pronouns
OPENINGS = "|".join(phrase for locale in LOCALES.values() for phrase in locale.followup_openings)
PRONOUNS = "|".join(phrase for locale in LOCALES.values() for phrase in locale.followup_pronouns)
PATTERNS = tuple(pattern for locale in LOCALES.values() for pattern in locale.followup_patterns)
LEANING = re.compile("|".join([rf"^(?:{OPENINGS})\b", rf"\b(?:{PRONOUNS})\b", *PATTERNS]), re.IGNORECASE)
NAMING = re.compile(r"(?<=\s)[A-ZÀ-Ý]\w+|\d")  # a capital within the question, or a number


def stand_alone(question: str, earlier: Sequence[str]) -> str:
    """The question to search for: with what the one before was about, if this one leans on it.

    `earlier` are the conversation's questions, oldest first; a follow-up among them stands for what it leaned on.
    """
    if not earlier or not _leans(question):
        return question
    own = {word.lower() for word in search_terms(question)}
    subject = [word for word in search_terms(stand_alone(earlier[-1], earlier[:-1])) if word not in own]
    return f"{question} ({' '.join(subject)})" if subject else question


def _leans(question: str) -> bool:
    words = search_terms(question)
    if len(words) > LONGEST:
        return False
    return LEANING.search(question) is not None or (len(words) <= SHORT and NAMING.search(question) is None)
