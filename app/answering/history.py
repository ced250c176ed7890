"""Making a follow-up question stand alone, without a model call."""

from __future__ import annotations

import re

from app.store.analysis import search_terms

SHORT = 4  # content words: a question with fewer may lean on the one before
LEANING = re.compile(
    r"^(and|but|what about|how about|why|it|they|he|she|that|those|e|mas|e quanto|e sobre|por qu[eê]|ele|ela|isso|"
    r"eles|elas|este|esta)\b|\b(it|its|they|them|their|he|him|his|she|her|that one|this one|dele|dela|deles|delas|"
    r"disso|nisso|isso|ele|ela)\b",
    re.IGNORECASE,
)


def stand_alone(question: str, earlier: list[str]) -> str:
    """The question to search for: with what the one before was about, if this one leans on it.

    `earlier` are the conversation's questions, oldest first.
    """
    if not earlier or not LEANING.search(question) or len(search_terms(question)) > 2 * SHORT:
        return question
    own = {word.lower() for word in search_terms(question)}
    subject = [word for word in search_terms(earlier[-1]) if word not in own]
    return f"{question} ({' '.join(subject)})" if subject else question
