"""The words of one language in which facts are told: numbers, units, dates, negation, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FactWords:
    """All words are in lower case, with their accents. A text of words has a space between them."""

    # Dates
    months: tuple[str, ...] = ()  # January first; the spellings of one month in one text, the full name first
    weekdays: tuple[str, ...] = ()  # Monday first; likewise
    date_joints: str = ""  # words within a date: "of", "de"

    # Quantities
    numbers: Mapping[str, int] = field(default_factory=dict)  # 1 counts before a unit only
    ordinals: str = ""  # first, second, ...: each counts before a unit only
    number_joint: str = ""  # between tens and ones: "vinte e cinco"
    units: Mapping[str, str] = field(default_factory=dict)  # the service's name of a unit: its words
    range_joints: str = ""  # between the ends of a range: "to"
    noon: Mapping[str, str] = field(default_factory=dict)  # words for a time of day: "noon" is "12:00"

    # Negation
    negations: str = ""  # words that negate their clause, however many of them it has
    opposites: tuple[str, ...] = ()  # patterns of what says the opposite of another word, each: "forbidden", "closed"
    neutral: tuple[str, ...] = ()  # patterns with a negation that negate nothing: "no later than"
    clause_openings: str = ""  # words that begin a clause with a sense of its own: "but"
    clause_joints: str = ""  # likewise, before one of the verbs: "and"
    verbs: str = ""  # that a joined clause begins with: "is", "may"

    # Answers to yes-or-no questions
    yes: str = ""
    no: str = ""
    only: str = ""  # words that narrow what is allowed, as after a no
    permissions: str = ""  # words that say that something may be done
    obligations: tuple[str, ...] = ()  # patterns of questions for what must be done: "do I have to"
    most: tuple[str, ...] = ()  # patterns before a limit that may not be passed: "at most"
    least: tuple[str, ...] = ()  # patterns before a limit that must be reached: "at least"
    before: str = ""  # behind "up to 8 days": then the limit must be reached
    least_after: tuple[str, ...] = ()  # patterns behind such a limit: "or more"

    # Questions
    asking: str = ""  # words of questions that do not say what they are about: "much", "cost"
