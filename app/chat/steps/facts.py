"""Facts of a claim in its evidence: numbers with their units, dates, years and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.chat.steps.claim import LETTERS, Claim, held_by
from app.chat.steps.evidence import Evidence
from app.domain.conversations import Doubt
from app.text.dates import Date, DateMention, find_dates
from app.text.names import SMALL_WORDS, find_names, folded_tokens
from app.text.quantities import CLOCK, COUNTED, RANGES, Quantity, find_quantities, unit_names

SOFT_UNITS = COUNTED | {"", "cent"}  # what is counted is often named otherwise
ALIKE = frozenset({frozenset({"h", CLOCK}), frozenset({"°", "°c"}), frozenset({"°", "°f"})})
LISTS = frozenset({"and", "or", "e", "ou", "und", "oder", "y", "o", "et"})  # between the parts of a list, no range


def quantity_doubt(claim: Claim, evidence: Evidence) -> Doubt | None:
    asked = find_quantities(claim.question)
    repeated = confirmed = 0
    own = find_quantities(claim.text)
    for one in own:
        found = same_numbers(claim, one, evidence)
        if not found and any(one.values & other.values and units_fit(one.unit, other.unit) for other in asked):
            repeated += 1
        elif not found:
            return Doubt.NUMBER
        elif not any(_has_unit(one, other, evidence) for other in found):
            return Doubt.UNIT
        else:
            confirmed += 1
    if repeated and not confirmed and _names_other_number(own, evidence):
        return Doubt.NUMBER
    return None


def _names_other_number(own: Sequence[Quantity], evidence: Evidence) -> bool:
    """The evidence has a number of the same unit, but another one than the claim repeats from the question."""
    units = {one.unit for one in own}
    return any(other.unit in units and other.unit not in SOFT_UNITS for other in find_quantities(evidence.text))


def same_numbers(claim: Claim, one: Quantity, evidence: Evidence) -> list[Quantity]:
    """The evidence's numbers of that value, those of another column than the one asked about left out."""
    found = [other for other in find_quantities(evidence.text) if one.values & other.values]
    if evidence.cells:
        found = [other for other in found if _column_fits(claim, other, evidence)]
    found += [other for other in find_quantities(evidence.surroundings) if one.values & other.values]
    if not found and one.unit in {"", CLOCK}:
        days = {str(date.day) for mention in find_dates(evidence.text) for date in mention.readings}
        if one.values & days:
            return [one]
    return found


def _column_fits(claim: Claim, one: Quantity, evidence: Evidence) -> bool:
    """False if the question names another column with numbers than the one that the number stands in."""
    label = _label(one, evidence)
    if not label:
        return True
    said = f"{claim.question} {claim.text}"
    others = {name for name, value in evidence.cells if find_quantities(value)} - {label}
    return bool(held_by(said, _label_words(label))) or not any(
        held_by(said, _label_words(other) - _label_words(label)) for other in others
    )


def _label_words(label: str) -> frozenset[str]:
    return frozenset(LETTERS.findall(label.lower())) - SMALL_WORDS


def _label(one: Quantity, evidence: Evidence) -> str:
    """The label of the cell that a number of the row's text stands in."""
    number = len(re.findall(r"\t|\|", evidence.text[: one.start].lstrip().removeprefix("|")))
    return evidence.cells[number][0] if number < len(evidence.cells) else ""


def _has_unit(one: Quantity, other: Quantity, evidence: Evidence) -> bool:
    if not one.unit or units_fit(one.unit, other.unit):
        return True
    if other.unit:
        return False
    attached = {quantity.unit for quantity in find_quantities(evidence.text)}
    named = unit_names(_label(other, evidence)) or (unit_names(evidence.whole) - attached)
    return one.unit in SOFT_UNITS or any(units_fit(one.unit, unit) for unit in named)


def units_fit(first: str, second: str) -> bool:
    return first == second or frozenset({first, second}) in ALIKE


def date_doubt(claim: Claim, evidence: Evidence) -> Doubt | None:
    for mention in find_dates(claim.text):
        if not holds_date(mention, evidence) and not _is_repeated(mention, claim.question):
            return Doubt.DATE
    if _is_of_another_weekday(claim):
        return Doubt.DATE
    stated = weekday_ranges(evidence.text)
    for begin, end in weekday_ranges(claim.text):
        if (begin, end) not in stated:
            return Doubt.DATE
    return None


def _is_of_another_weekday(claim: Claim) -> bool:
    """True if the question asks about a weekday and the claim is about others only."""
    asked, told = (
        {date.weekday for mention in find_dates(text) for date in mention.readings if date.weekday}
        for text in (claim.question, claim.text)
    )
    return bool(asked and told) and asked.isdisjoint(told) and not weekday_ranges(claim.text)


def holds_date(mention: DateMention, evidence: Evidence) -> bool:
    """True if the evidence names the date; its year may stand in a heading or in the file's name."""
    stated = [date for other in find_dates(evidence.whole) for date in other.readings]
    stated += [Date(weekday=day) for first, last in weekday_ranges(evidence.text) for day in range(first, last + 1)]
    years = {date.year for date in stated if date.year is not None}
    for own in mention.readings:
        if any(own.agrees(date) for date in stated):
            return True
        if own.year in years and (own.month or own.day) and any(own.lacks_only_year(date) for date in stated):
            return True
    return False


def weekday_ranges(text: str) -> list[tuple[int, int]]:
    """(first, last) weekday of each range such as "Tuesday to Friday"; the last is above 7 in the week after."""
    found: list[tuple[int, int]] = []
    for first, last in pairwise(mention for mention in find_dates(text) if mention.readings[0].weekday):
        if text[first.end : last.start].strip().lower() in RANGES - LISTS:
            begin, end = first.readings[0].weekday or 0, last.readings[0].weekday or 0
            found.append((begin, end if end > begin else end + 7))
    return found


def _is_repeated(mention: DateMention, question: str) -> bool:
    return any(
        own.agrees(date) for own in mention.readings for other in find_dates(question) for date in other.readings
    )


def years_agree(claim: Claim, evidence: Evidence) -> bool:
    """False if the question or the claim is about a year, and the evidence or its document about others only."""
    asked = years_of(claim.question) | years_of(claim.text)
    if not asked or asked & years_of(evidence.text):
        return True
    told = years_of(evidence.surroundings) or years_of(evidence.text)
    return not told or bool(asked & told)


def years_of(text: str) -> frozenset[int]:
    """The years that a text names."""
    return frozenset(date.year for mention in find_dates(text) for date in mention.readings if date.year is not None)


def holds_names(claim: Claim, evidence: Evidence) -> bool:
    """Every name of the claim stands in the evidence; one of the question may stand in the passage instead."""
    missing = find_names(claim.text, claim.language) - folded_tokens(evidence.whole)
    asked = folded_tokens(claim.question)
    return all(
        _has_form(name, evidence.whole) or (name in asked and _has_form(name, evidence.passage.text))
        for name in missing
    )


def _has_form(name: str, text: str) -> bool:
    return name in folded_tokens(text) or (name.isalpha() and bool(held_by(text, [name])))
