"""The rewrite step: a follow-up question becomes one that stands alone, without a model call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.locales import LOCALES
from app.text.terms import search_terms

SHORT = 4  # content words: a question with no more, and without a name, is a follow-up
LONGEST = 2 * SHORT  # a question with more content words stands alone, whatever its pronouns
OPENINGS = "|".join(phrase for locale in LOCALES.values() for phrase in locale.followup_openings)
PRONOUNS = "|".join(phrase for locale in LOCALES.values() for phrase in locale.followup_pronouns)
PATTERNS = tuple(pattern for locale in LOCALES.values() for pattern in locale.followup_patterns)
FOLLOWUP = re.compile("|".join([rf"^(?:{OPENINGS})\b", rf"\b(?:{PRONOUNS})\b", *PATTERNS]), re.IGNORECASE)
NAME = re.compile(r"(?<=\s)[A-ZÀ-Ý]\w+|\d")  # a capital within the question, or a number


def rewrite(question: str, earlier: Sequence[str]) -> str:
    """Append the subject of the earlier question, in parentheses, if `question` is a follow-up.

    `earlier` are the conversation's questions, oldest first; they are rewritten in turn, because the subject may lie
    further back.
    """
    if not earlier or not is_followup(question):
        return question
    own = {word.lower() for word in search_terms(question)}
    subject = [word for word in search_terms(rewrite(earlier[-1], earlier[:-1])) if word not in own]
    return f"{question} ({' '.join(subject)})" if subject else question


def is_followup(question: str) -> bool:
    """Whether `question` refers to something that an earlier question names."""
    words = search_terms(question)
    if len(words) > LONGEST:
        return False
    return FOLLOWUP.search(question) is not None or (len(words) <= SHORT and NAME.search(question) is None)
