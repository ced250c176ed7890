"""How much of a sentence's content a unit of evidence holds: words, numbers and dates."""

from __future__ import annotations

from functools import lru_cache

from app.chat.steps.claim import Claim, subject_words
from app.chat.steps.evidence import Evidence
from app.chat.steps.facts import holds_date, same_numbers
from app.chat.steps.subject import is_foreign
from app.text.coverage import content_stems, prefix_stems
from app.text.dates import find_dates
from app.text.quantities import find_quantities
from app.text.stemming import PREFIX_LENGTH, prefix_stem

FACT_WEIGHT = 6.0  # of a number or a date; a word weighs its length up to PREFIX_LENGTH
FOREIGN = 0.5  # of a claim without facts in another language, whose words cannot be compared
NEW_SHARE = 0.8  # of what the question does not say; the rest is of all that the sentence says


class Overlap:
    """What of a claim's content there is to be found."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        asked = _content_stems(claim.question)
        self._quantities = find_quantities(claim.text)
        self._dates = find_dates(claim.text)
        self._stems = _content_stems(claim.text) if claim.words or not claim.has_facts else frozenset[str]()
        repeats = claim.says_yes is not None  # an answer with yes or no may repeat the question
        self._new = self._stems if repeats else self._stems - asked

    def with_evidence(self, evidence: Evidence) -> float:
        """The share of the content that the evidence holds, 0 to 1; words of the question alone prove nothing."""
        facts = [bool(same_numbers(self._claim, one, evidence)) for one in self._quantities]
        facts += [holds_date(one, evidence) for one in self._dates]
        if not self._new and not facts:  # the sentence only repeats the question
            return 0.0
        if is_foreign(self._claim, evidence):
            return sum(facts) / len(facts) if facts else FOREIGN
        present = _held(evidence.whole)
        if not any(facts) and self._stems.isdisjoint(_held(evidence.text)):
            return 0.0
        return NEW_SHARE * _share(self._new, present, facts) + (1 - NEW_SHARE) * _share(self._stems, present, facts)


def _share(stems: frozenset[str], present: frozenset[str], facts: list[bool]) -> float:
    total = sum(map(_weight, stems)) + FACT_WEIGHT * len(facts)
    return (sum(map(_weight, stems & present)) + FACT_WEIGHT * sum(facts)) / total if total else 0.0


def _weight(stem: str) -> float:
    return float(min(len(stem), PREFIX_LENGTH))


@lru_cache(512)
def _held(text: str) -> frozenset[str]:
    return frozenset(prefix_stems(text) | prefix_stems(text.replace("_", " ")))


def _content_stems(text: str) -> frozenset[str]:
    """Prefix stems of the words that say what a text is about, or of all its words if none does."""
    return frozenset(map(prefix_stem, subject_words(text))) or frozenset(content_stems(text))
