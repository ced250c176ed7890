"""Words as retrieval compares them: lower case, accents folded, endings cut; questions without their small words."""

from __future__ import annotations

import re
import unicodedata

from app.text.terms import search_terms

STEM_LENGTH = 6  # characters that count: "universidade" and "universidades", "computing" and "computer"
WORD = re.compile(r"\w+")
PLURAL = re.compile(r"(?<=\w)(ões|ães)$")  # "funções" is "função", "pães" is "pão"


def stem(word: str) -> str:
    folded = unicodedata.normalize("NFKD", PLURAL.sub("ão", word.lower()))
    return "".join(char for char in folded if not unicodedata.combining(char))[:STEM_LENGTH]


def stems(text: str) -> set[str]:
    return {stem(word) for word in WORD.findall(text)}


def content_stems(question: str) -> set[str]:
    """Stems of the question's words that say what it is about."""
    return {stem(word) for word in search_terms(question)}


def coverage(wanted: set[str], text: str) -> float:
    """Share of `wanted` stems that `text` has, 0 to 1; long words and numbers, which say more, weigh more."""
    if not wanted:
        return 0.0
    present = stems(text)
    total = sum(_weight(word) for word in wanted)
    return sum(_weight(word) for word in wanted if word in present) / total


def _weight(word: str) -> float:
    return 2.0 if word.isdigit() else float(min(len(word), STEM_LENGTH))
