"""The thing asked about: whether evidence is about it, and whether other sources say something else of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.chat.steps.claim import Claim, begins_in, held_by, subject_words
from app.chat.steps.evidence import Evidence
from app.chat.steps.facts import years_agree
from app.text.quantities import Quantity, find_quantities

MOST_STRANGE = 2  # words of the question that the claim repeats and the passage has not
PARALLEL = 0.5  # share of words that two units of one kind have in common
FEWEST_PARALLEL = 2  # words


def is_foreign(claim: Claim, evidence: Evidence) -> bool:
    """True if the two are in different languages, so that their words cannot be compared."""
    return claim.language != evidence.language


def is_about(claim: Claim, evidence: Evidence, others: Sequence[Evidence], *, near: bool) -> bool:
    """True if what was asked about stands in the evidence, and no similar unit has more of it."""
    halves = {half.lower() for compound in claim.compounds for half in compound.split("-")}
    if held_by(evidence.whole, halves) != halves or not (_is_reachable(claim, evidence) or (near and claim.has_facts)):
        return False
    rivals = [other for other in others if other is not evidence and is_parallel(evidence, other)]
    return not any(_fits_better(wanted, rival, evidence) for wanted in (claim.asked, claim.words) for rival in rivals)


def _fits_better(wanted: frozenset[str], rival: Evidence, evidence: Evidence) -> bool:
    """True if a unit has more of the wanted words that the other one lacks."""
    there, here = held_by(rival.whole, wanted), held_by(evidence.whole, wanted)
    return len(there - here) > len(here - there)


def _is_reachable(claim: Claim, evidence: Evidence) -> bool:
    """False if the passage has no word of the question, unless the claim tells something else of the evidence."""
    around = f"{evidence.whole}\n{evidence.passage.text}"
    missing = frozenset(word for word in claim.asked if not begins_in(word, around))
    if missing != claim.asked or not missing or is_foreign(claim, evidence):
        return True
    own = claim.words - claim.asked
    return (
        len(own) > 0 and 2 * len(held_by(evidence.whole, own)) >= len(own) and len(missing & claim.words) < MOST_STRANGE
    )


def is_parallel(first: Evidence, second: Evidence) -> bool:
    """True if two units say the same kind of thing, as two rows of a table or two editions of a sentence do."""
    if first.kind == second.kind == "row" and first.cells and second.cells:
        return {label for label, _ in first.cells} == {label for label, _ in second.cells}
    one, other = subject_words(first.text), subject_words(second.text)
    shared = len(one & other)
    if one == other:
        return bool(one)
    return shared >= FEWEST_PARALLEL and shared >= PARALLEL * max(len(one), len(other))


def find_conflicts(claim: Claim, evidence: Evidence, others: Sequence[Evidence]) -> Iterator[Evidence]:
    """Units of other documents or editions that give another figure for the same thing.

    None if the question says which of them it is about, by a year or a name.
    """
    own = find_quantities(evidence.text)
    if not any(one.values & other.values for one in find_quantities(claim.text) for other in own):
        return
    wanted = claim.asked | claim.words
    for other in others:
        if other.place == evidence.place or not is_parallel(evidence, other) or not years_agree(claim, other):
            continue
        told_apart = held_by(evidence.whole, wanted) - held_by(other.whole, wanted)
        if not told_apart and _figures_differ(own, find_quantities(other.text)):
            yield other


def _figures_differ(first: Sequence[Quantity], second: Sequence[Quantity]) -> bool:
    """True if both have numbers of one unit, and none of them in common."""
    for unit in {one.unit for one in first if one.unit}:
        here = [one.values for one in first if one.unit == unit]
        there = [one.values for one in second if one.unit == unit]
        if there and not any(one & other for one in here for other in there):
            return True
    return False
