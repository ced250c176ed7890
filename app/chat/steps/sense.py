"""The sense of a claim and of its evidence: negated or not, and whether a question is answered with yes or with no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from app.chat.steps.claim import FACTS, LETTERS, Claim, held_by
from app.chat.steps.evidence import Evidence
from app.chat.steps.facts import SOFT_UNITS, units_fit
from app.chat.steps.subject import is_foreign
from app.text.fact_words import FactWords
from app.text.locales import get_locale
from app.text.names import SMALL_WORDS
from app.text.polarity import clauses, is_negated, negated_stems
from app.text.quantities import Quantity, find_quantities
from app.text.stemming import prefix_stem
from app.text.terms import STOP_WORDS

NEGATIONS = frozenset(prefix_stem(word) for facts in FACTS for word in facts.negations.split())
SMALL_STEMS = frozenset(prefix_stem(word) for word in SMALL_WORDS | STOP_WORDS)
MOST_DISAGREEING = 0.34  # share of the shared words whose sense may differ


def same_sense(claim: Claim, evidence: Evidence) -> bool:
    """False if what the claim says of the same words is negated in one of the two only."""
    if claim.says_yes is not None and (holds := answers_yes(claim, evidence)) is not None and holds != claim.says_yes:
        return False
    if claim.text == claim.question:
        return True
    own = negated_stems(claim.text, claim.language)
    if is_foreign(claim, evidence):
        return _has_negation(own) == _has_negation(negated_stems(evidence.text, evidence.language))
    parts = (negated_stems(clause, claim.language) for clause in clauses(claim.text, get_locale(claim.language).facts))
    return _disagreement(own, evidence) <= MOST_DISAGREEING and all(_disagreement(one, evidence) < 1 for one in parts)


def _has_negation(senses: Mapping[str, frozenset[bool]]) -> bool:
    return any(True in of_word for of_word in senses.values())


def _disagreement(senses: Mapping[str, frozenset[bool]], evidence: Evidence) -> float:
    """Share of the shared words of content that stand in clauses of another sense."""
    other = negated_stems(evidence.text, evidence.language)
    shared = [stem for stem in senses.keys() & other.keys() if stem not in NEGATIONS | SMALL_STEMS]
    return sum(senses[stem].isdisjoint(other[stem]) for stem in shared) / len(shared) if shared else 0.0


def answers_yes(claim: Claim, evidence: Evidence) -> bool | None:
    """Whether what stands behind the yes or no, or else the evidence, means yes; None if the rules cannot tell."""
    told = evidence.text if claim.text == claim.question else claim.text
    if (within := _within_limit(claim, told, evidence)) is not None:
        return within
    if claim.text == claim.question:
        return _says_the_same(claim, evidence)
    facts = get_locale(claim.language).facts
    first = next(clauses(claim.text, facts), "")
    if is_negated(first, facts) or _narrows(claim.text, facts):
        return False
    permits = not set(facts.permissions.split()).isdisjoint(LETTERS.findall(claim.text.lower()))
    if permits and not _is_duty(claim.question, facts):
        return None if claim.says_yes is False and claim.has_facts else True  # "no, allowed until 8 pm" is a limit
    if claim.has_facts and len(claim.words) <= 1 and not any(_limits(claim.text, facts)):
        return True  # no more than what is granted: "20 %", "from the fourth day on"
    return True if 2 * len(held_by(claim.text, claim.asked)) >= len(claim.asked) > 0 else None


def is_about_the_case(claim: Claim, evidence: Evidence) -> bool:
    """Whether a yes or no is read from the source: it has half of what is asked, or a limit that settles it.

    Else the model applied a rule to a case, and no rule of ours can tell whether the case falls under it. Nor can one
    where a yes leaves out that the source allows something in some cases only.
    """
    source, own = get_locale(evidence.language).facts, get_locale(claim.language).facts
    if claim.says_yes and _narrows(evidence.text, source) and not _narrows(claim.text, own):
        return False
    if 2 * len(held_by(evidence.whole, claim.asked)) >= len(claim.asked):
        return True
    told = evidence.text if claim.text == claim.question else claim.text
    return _within_limit(claim, told, evidence) is not None


def _is_duty(question: str, facts: FactWords) -> bool:
    """True if a question asks what must be done."""
    return any(re.search(rf"\b{pattern}\b", question.lower()) for pattern in facts.obligations)


def _narrows(text: str, facts: FactWords) -> bool:
    """True if it allows something in some cases only."""
    return not set(facts.only.split()).isdisjoint(LETTERS.findall(text.lower()))


def _says_the_same(claim: Claim, evidence: Evidence) -> bool | None:
    """Whether the evidence affirms a question of which it has all words."""
    asked = claim.asked
    if not asked or held_by(evidence.whole, asked) != asked:
        return None
    own = negated_stems(claim.question, claim.language)
    share = _disagreement({stem: own[stem] for stem in map(prefix_stem, asked) if stem in own}, evidence)
    return True if share == 0 else False if share == 1 else None


def _within_limit(claim: Claim, told: str, evidence: Evidence) -> bool | None:
    """Compares the question's number with a limit that the answer names: 5 tools with "at most 3"."""
    facts = get_locale(claim.language).facts
    if _narrows(told, facts) or _is_duty(claim.question, facts):
        return None  # then the limit may free of a duty: which of the two, the rules cannot tell
    named = frozenset(value for one in find_quantities(told) for value in one.values)
    source = get_locale(evidence.language).facts
    for limit, is_most in (*_limits(told, facts), *_limits(evidence.text, source)):
        for one in find_quantities(claim.question):
            values = [(float(a), float(b)) for a in one.values for b in limit.values if ":" not in a + b]
            if values and limit.values & named and _comparable(one, limit):
                return all(a <= b if is_most else a >= b for a, b in values)
    return None


def _comparable(first: Quantity, second: Quantity) -> bool:
    units = {first.unit, second.unit}
    return units_fit(first.unit, second.unit) or units <= SOFT_UNITS or units == {"", "year"}  # an age: "she is 9"


def _limits(text: str, facts: FactWords) -> Iterator[tuple[Quantity, bool]]:
    """The numbers of a text that are limits, and whether they may not be passed."""
    for one in find_quantities(text):
        before, behind = text[: one.start].lower(), text[one.end :].lower()
        if _ends_with(before, facts.least) or _begins_with(behind, facts.least_after):
            yield one, False
        elif _ends_with(before, facts.most):
            yield one, facts.before == "" or not _begins_with(behind, facts.before.split())


def _ends_with(text: str, patterns: Sequence[str]) -> bool:
    return any(re.search(rf"\b{pattern}\W*$", text) for pattern in patterns)


def _begins_with(text: str, patterns: Sequence[str]) -> bool:
    """A word may stand between: "12 characters or more"."""
    return any(re.match(rf"\W*(?:\w+ )?{pattern}\b", text) for pattern in patterns)
