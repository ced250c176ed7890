"""The rewrite step: a follow-up question becomes one that stands alone, without a model call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.language import LANGUAGES, detect_language
from app.text.locale import Locale
from app.text.locales import get_locale
from app.text.terms import search_terms

SHORT = 4  # content words: a question with no more, and without a name, is a follow-up
LONGEST = 2 * SHORT  # a question with more content words stands alone, whatever its pronouns
NAME = re.compile(r"(?<=\s)[A-ZÀ-Ý]\w+|\d")  # a capital within the question, or a number


def _followup_pattern(locale: Locale) -> re.Pattern[str]:
    openings, pronouns = "|".join(locale.followup_openings), "|".join(locale.followup_pronouns)
    parts = (rf"^\W*(?:{openings})\b", rf"\b(?:{pronouns})\b", *locale.followup_patterns)
    return re.compile("|".join(parts), re.IGNORECASE)


# By language: "il" is a pronoun in French and an article in Italian.
FOLLOWUP = {code: _followup_pattern(get_locale(code)) for code in LANGUAGES}


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
    return FOLLOWUP[detect_language(question)].search(question) is not None or (
        len(words) <= SHORT and NAME.search(question) is None
    )
