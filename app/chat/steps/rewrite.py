"""The rewrite step: a follow-up question becomes one that stands alone, without a model call.

A question that is only short may be about something new: the search then tries it alone too, and keeps what finds
better. What is searched for stands in the trace and never in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.language import DEFAULT_LANGUAGE, LANGUAGES, detect_language
from app.text.locale import Locale
from app.text.locales import get_locale
from app.text.terms import search_terms

SHORT = 5  # content words: a question with no more, and without a name, may be a follow-up
LONGEST = 2 * SHORT  # a question with more content words stands alone, whatever its pronouns
NAME = re.compile(r"(?<=\s)[A-ZÀ-Ý]\w+|\d")  # a capital within the question, or a number
NUMBER = re.compile(r"\d")


def _followup_pattern(locale: Locale) -> re.Pattern[str]:
    openings, pronouns = "|".join(locale.followup_openings), "|".join(locale.followup_pronouns)
    before = "|".join(locale.interjections)
    parts = (rf"^\W*(?:(?:{before})\b)?\W*(?:{openings})\b", rf"\b(?:{pronouns})\b", *locale.followup_patterns)
    return re.compile("|".join(parts), re.IGNORECASE)


# By language: "il" is a pronoun in French and an article in Italian.
FOLLOWUP = {code: _followup_pattern(get_locale(code)) for code in LANGUAGES}


def rewrite(question: str, earlier: Sequence[str]) -> str:
    """What to search for: a follow-up behind the earlier question that it goes on from, else the question itself.

    `earlier` are the conversation's questions, oldest first; an earlier one that is a follow-up stands behind its own.
    """
    if not earlier or not is_followup(question):
        return question
    return f"{rewrite(earlier[-1], earlier[:-1])} {question}"


def is_followup(question: str) -> bool:
    """Whether `question` may refer to something that an earlier question names."""
    words = search_terms(question)
    return refers_back(question) or (len(words) <= SHORT and not _names(question))


def refers_back(question: str) -> bool:
    """Whether `question` certainly refers to an earlier one, by how it opens or by a pronoun."""
    pattern = FOLLOWUP.get(detect_language(question), FOLLOWUP[DEFAULT_LANGUAGE])
    return len(search_terms(question)) <= LONGEST and pattern.search(question) is not None


def _names(question: str) -> bool:
    """Whether `question` has a name or a number."""
    capitals = get_locale(detect_language(question)).capital_nouns
    return (NUMBER if capitals else NAME).search(question) is not None
