"""Which words of a text stand in a negated clause: "are allowed" against "are not allowed" and "are forbidden"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from app.text.fact_words import FactWords
from app.text.language import detect_language
from app.text.locales import get_locale
from app.text.stemming import prefix_stem

WORD = re.compile(r"\w+(?:-\w+)*")
MARKS = re.compile(r"[,;:()|.!?–—\n]")
CONTRACTION = re.compile(r"n['’]t\b")  # don't, isn't


@lru_cache(512)
def negated_stems(text: str, language: str | None = None) -> Mapping[str, frozenset[bool]]:
    """For each prefix stem of `text` whether it stands in a negated clause, in another one, or in both.

    `language` is that of the text, which is looked for if it is None.
    """
    facts = get_locale(language or detect_language(text)).facts
    found: dict[str, set[bool]] = {}
    for clause in clauses(text, facts):
        negated = is_negated(clause, facts)
        for word in re.findall(r"\w+", clause):
            found.setdefault(prefix_stem(word), set()).add(negated)
    return {stem: frozenset(senses) for stem, senses in found.items()}


def is_negated(clause: str, facts: FactWords) -> bool:
    """True if the clause says the opposite: negations count once however many there are, opposites each."""
    text = _any_of(facts.neutral).sub(" ", CONTRACTION.sub(" not ", clause.lower()))
    negations = set(facts.negations.split())
    turns = any(word in negations for word in WORD.findall(text)) + len(_any_of(facts.opposites).findall(text))
    return turns % 2 == 1


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b" if patterns else r"(?!)")


def clauses(text: str, facts: FactWords) -> Iterator[str]:
    """`text` cut at punctuation and where a clause with a sense of its own begins: "but", "and may"."""
    begin = 0
    for place in _cuts(text, facts):
        if text[begin:place].strip():
            yield text[begin:place]
        begin = place
    if text[begin:].strip():
        yield text[begin:]


def _cuts(text: str, facts: FactWords) -> list[int]:
    openings, joints = set(facts.clause_openings.split()), set(facts.clause_joints.split())
    verbs = set(facts.verbs.split())
    words = [(match[0].lower(), match.start()) for match in WORD.finditer(text)]
    cuts = [match.start() for match in MARKS.finditer(text) if not _within_number(text, match.start())]
    for number, (word, start) in enumerate(words):
        following = words[number + 1][0] if number + 1 < len(words) else ""
        if word in openings or (word in joints and following in verbs):
            cuts.append(start)
    return sorted(cuts)


def _within_number(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
