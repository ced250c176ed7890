"""Which of a question's words a text has: lower case, accents folded, endings cut, without small words."""

from __future__ import annotations

from app.text.stemming import PREFIX_LENGTH, prefix_stem
from app.text.terms import WORD, search_terms


def prefix_stems(text: str) -> set[str]:
    return {prefix_stem(word) for word in WORD.findall(text)}


def content_stems(question: str) -> set[str]:
    """Prefix stems of the question's words that say what it is about."""
    return {prefix_stem(word) for word in search_terms(question)}


def coverage(wanted: set[str], text: str) -> float:
    """Share of `wanted` stems that `text` has, 0 to 1; long words and numbers, which say more, weigh more."""
    if not wanted:
        return 0.0
    present = prefix_stems(text)
    total = sum(_weight(word) for word in wanted)
    return sum(_weight(word) for word in wanted if word in present) / total


def _weight(word: str) -> float:
    return 2.0 if word.isdigit() else float(min(len(word), PREFIX_LENGTH))
