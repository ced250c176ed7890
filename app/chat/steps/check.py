"""The check step: certain rules that decide whether a quote says what a sentence of an answer says.

Similarity cannot tell 27 days from 72. Every number with its unit, every date, every name and the sense (negated or
not) of the sentence must stand in the quote or in what the quote is read with; a figure may also repeat the question's.
The thing and the year that the question asks about must be those of the quote. What the sentence derives, such as a
sum, is not found in a quote, and so stays unconfirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.chat.steps.evidence import Evidence
from app.domain.conversations import Doubt
from app.text.dates import Date, DateMention, find_dates
from app.text.fact_words import FactWords
from app.text.language import Language, detect_language
from app.text.locales import LOCALES, get_locale
from app.text.names import SMALL_WORDS, find_names, folded_tokens
from app.text.polarity import negated_stems
from app.text.quantities import CLOCK, RANGES, UNITS, Quantity, find_quantities, unit_names
from app.text.stemming import prefix_stem
from app.text.terms import STOP_WORDS, WORD, word_terms

FACTS = tuple(locale.facts for locale in LOCALES.values())
YES = frozenset(word for facts in FACTS for word in facts.yes.split())
NO = frozenset(word for facts in FACTS for word in facts.no.split())
OPENING = re.compile(rf"\s*({'|'.join(sorted(YES | NO))})\b\s*(?:[,.;:!–—-]+\s*|$)", re.IGNORECASE)
ASKING = frozenset(prefix_stem(word) for facts in FACTS for word in facts.asking.split())
NEGATIONS = frozenset(prefix_stem(word) for facts in FACTS for word in (facts.negations + " " + facts.opposites).split())
UNSAID = SMALL_WORDS | STOP_WORDS | UNITS.keys()  # words that are no subject
SOFT_UNITS = frozenset({"person", "piece", "night", "time", "", "cent"})  # what is counted is often named otherwise
ALIKE = frozenset({frozenset({"h", CLOCK}), frozenset({"°", "°c"}), frozenset({"°", "°f"}), frozenset({"", CLOCK})})
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{3,}-[^\W\d_]{4,}(?![\w-])")  # "part-time": either half tells it from others
MOST_DISAGREEING = 0.34  # share of the shared words whose sense may differ
PARALLEL = 0.5  # share of words that two units of one kind have in common
FEWEST_PARALLEL = 2  # words


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer, with the question it answers."""

    sentence: str
    question: str

    @cached_property
    def text(self) -> str:
        """The sentence without a yes or no before it; the question, if there is nothing else."""
        return OPENING.sub("", self.sentence, count=1) or self.question

    @cached_property
    def says_yes(self) -> bool | None:
        """Whether it begins with yes or with no; None if with neither."""
        found = OPENING.match(self.sentence)
        return None if found is None else found[1].lower() in YES

    @cached_property
    def language(self) -> Language:
        return detect_language(f"{self.question} {self.sentence}")

    @cached_property
    def asked(self) -> frozenset[str]:
        """Stems of what the question is about."""
        return subject_stems(self.question)

    @cached_property
    def stems(self) -> frozenset[str]:
        return subject_stems(self.text)


def find_doubt(claim: Claim, evidence: Evidence, others: Sequence[Evidence]) -> Doubt | None:
    """What the evidence does not confirm of the claim; None if it confirms all.

    `others` are the units beside it, among which may be one that fits the thing asked about better.
    """
    if doubt := _quantity_doubt(claim, evidence) or _date_doubt(claim, evidence):
        return doubt
    if not years_agree(claim, evidence):
        return Doubt.YEAR
    if not _holds_names(claim, evidence):
        return Doubt.NAME
    if not _same_sense(claim, evidence):
        return Doubt.NEGATION
    return None if _is_about(claim, evidence, others) else Doubt.SUBJECT


def subject_stems(text: str) -> frozenset[str]:
    """Stems of the words that say what a text is about: no small words, words of asking, numbers or dates."""
    return _subject_stems(text)


@lru_cache(8192)
def _subject_stems(text: str) -> frozenset[str]:
    taken = [(one.start, one.end) for one in (*find_quantities(text), *find_dates(text))]
    words = (m[0].lower() for m in WORD.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken))
    return frozenset(prefix_stem(word) for word in words if word not in UNSAID and len(word) > 1) - ASKING


@lru_cache(8192)
def _held_stems(text: str) -> frozenset[str]:
    """Stems that a text holds, also as other forms of the word have them."""
    words = {word.lower() for word in re.findall(r"[^\W_]+", text)}
    return frozenset(prefix_stem(word) for word in words)


@lru_cache(8192)
def _stem_forms(text: str) -> frozenset[str]:
    return frozenset(word_terms(word.lower())[0] for word in re.findall(r"[^\W_]+", text))


# Numbers


def _quantity_doubt(claim: Claim, evidence: Evidence) -> Doubt | None:
    asked = find_quantities(claim.question)
    repeated = confirmed = 0
    own = find_quantities(claim.text)
    for one in own:
        found = same_numbers(claim, one, evidence)
        if not found and any(one.values & other.values and _units_fit(one.unit, other.unit) for other in asked):
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
    asked = claim.asked | claim.stems | _held_stems(claim.question) | _held_stems(claim.text)
    labels = {name for name, value in evidence.cells if find_quantities(value)}
    own = _held_stems(label)
    return bool(own & asked) or not any((_held_stems(other) - own) & (asked - SMALL_WORDS) for other in labels - {label})


def _label(one: Quantity, evidence: Evidence) -> str:
    """The label of the cell that a number of the row's text stands in."""
    number = len(re.findall(r"\t|\|", evidence.text[: one.start].lstrip().removeprefix("|")))
    return evidence.cells[number][0] if number < len(evidence.cells) else ""


def _has_unit(one: Quantity, other: Quantity, evidence: Evidence) -> bool:
    if not one.unit or _units_fit(one.unit, other.unit):
        return True
    if other.unit:
        return False
    named = unit_names(_label(other, evidence) if evidence.cells else "") or unit_names(evidence.whole)
    return one.unit in SOFT_UNITS or any(_units_fit(one.unit, unit) for unit in named)


def _units_fit(first: str, second: str) -> bool:
    return first == second or frozenset({first, second}) in ALIKE


# Dates and years


def _date_doubt(claim: Claim, evidence: Evidence) -> Doubt | None:
    for mention in find_dates(claim.text):
        if not holds_date(mention, evidence) and not _is_repeated(mention, claim.question):
            return Doubt.DATE
    return None


def holds_date(mention: DateMention, evidence: Evidence) -> bool:
    """True if the evidence names the date; its year may stand in a heading or in the file's name."""
    stated = [date for other in find_dates(evidence.whole) for date in other.readings]
    stated += weekdays_between(evidence.text)
    years = {date.year for date in stated if date.year is not None}
    for own in mention.readings:
        if any(own.agrees(date) for date in stated):
            return True
        if own.year in years and (own.month or own.day) and any(own.lacks_only_year(date) for date in stated):
            return True
    return False


def weekdays_between(text: str) -> list[Date]:
    """The weekdays within ranges: Wednesday of "Tuesday to Friday"."""
    found: list[Date] = []
    mentions = [mention for mention in find_dates(text) if mention.readings[0].weekday]
    for first, last in zip(mentions, mentions[1:], strict=False):
        begin, end = first.readings[0].weekday or 0, last.readings[0].weekday or 0
        if text[first.end : last.start].strip().lower() in RANGES - {"and", "e", "or", "ou", "und"}:
            found += [Date(weekday=day) for day in range(begin, end + 1)]
    return found


def _is_repeated(mention: DateMention, question: str) -> bool:
    return any(own.agrees(date) for own in mention.readings for other in find_dates(question) for date in other.readings)


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


# Names


def _holds_names(claim: Claim, evidence: Evidence) -> bool:
    """Every name of the claim stands in the evidence; one of the question may stand in the passage instead."""
    missing = find_names(claim.text, claim.language) - folded_tokens(evidence.whole)
    missing = {name for name in missing if not _has_form(name, evidence.whole)}
    return all(name in folded_tokens(claim.question) and _has_form(name, evidence.passage.text) for name in missing)


def _has_form(name: str, text: str) -> bool:
    return not any(char.isdigit() for char in name) and word_terms(name)[0] in _stem_forms(text)


# Sense


def _same_sense(claim: Claim, evidence: Evidence) -> bool:
    """False if what the claim says of the same words is negated in one of the two only."""
    if claim.says_yes is not None and (holds := answers_yes(claim, evidence)) is not None and holds != claim.says_yes:
        return False
    if claim.text == claim.question:
        return True
    own = negated_stems(claim.text, claim.language)
    return _disagreement(own, evidence) <= MOST_DISAGREEING


def _disagreement(own: object, evidence: Evidence) -> float:
    """Share of the shared words of content that stand in clauses of another sense."""
    senses: dict[str, frozenset[bool]] = dict(own)  # type: ignore[call-overload]
    other = negated_stems(evidence.text, detect_language(evidence.passage.text))
    shared = [stem for stem in senses.keys() & other.keys() if stem not in NEGATIONS | _small_stems()]
    return sum(senses[stem].isdisjoint(other[stem]) for stem in shared) / len(shared) if shared else 0.0


@lru_cache(1)
def _small_stems() -> frozenset[str]:
    return frozenset(prefix_stem(word) for word in SMALL_WORDS | STOP_WORDS)


def answers_yes(claim: Claim, evidence: Evidence) -> bool | None:
    """Whether the evidence answers a yes-or-no question with yes; None if the rules cannot tell."""
    if (within := _within_limit(claim, evidence)) is not None:
        return within
    asked = claim.asked - NEGATIONS
    if not asked or not asked <= _held_stems(evidence.whole):
        return None
    own = negated_stems(claim.question, claim.language)
    share = _disagreement({stem: senses for stem, senses in own.items() if stem in asked}, evidence)
    return True if share == 0 else False if share == 1 else None


def _within_limit(claim: Claim, evidence: Evidence) -> bool | None:
    """Compares the question's number with the evidence's limit: 5 tools with "at most 3"."""
    facts = get_locale(detect_language(evidence.passage.text)).facts
    for limit, is_most in _limits(evidence.text, facts):
        for one in find_quantities(claim.question):
            if _units_fit(one.unit, limit.unit) or one.unit in SOFT_UNITS or limit.unit in SOFT_UNITS:
                values = [(float(a), float(b)) for a in one.values for b in limit.values if ":" not in a + b]
                if values:
                    return all(a <= b if is_most else a >= b for a, b in values)
    return None


def _limits(text: str, facts: FactWords) -> Iterator[tuple[Quantity, bool]]:
    """The numbers of a text that are limits, and whether they may not be passed."""
    for one in find_quantities(text):
        before = text[: one.start].lower()
        for patterns, is_most in ((facts.most, True), (facts.least, False)):
            if any(re.search(rf"\b{pattern}\W*$", before) for pattern in patterns):
                yield one, is_most


# Subject


def _is_about(claim: Claim, evidence: Evidence, others: Sequence[Evidence]) -> bool:
    """True if what was asked about stands in the evidence, and in no similar unit more of it."""
    held = _held_stems(evidence.whole)
    if any(not _held_stems(compound) <= held for compound in COMPOUND.findall(claim.text)):
        return False
    if not _is_reachable(claim, evidence, held):
        return False
    wanted = claim.asked | claim.stems
    for other in others:
        if other is not evidence and is_parallel(evidence, other):
            rival = _held_stems(other.whole)
            if len(wanted & rival - held) > len(wanted & held - rival):
                return False
    return True


def _is_reachable(claim: Claim, evidence: Evidence, held: frozenset[str]) -> bool:
    """True if the passage holds something of the question, and all that the claim says again of it."""
    around = held | _held_stems(evidence.passage.text)
    forms = _stem_forms(f"{evidence.whole}\n{evidence.passage.text}")
    missing = {stem for stem in claim.asked - around if word_terms(stem)[0] not in forms}
    if not claim.asked:
        return True
    return missing != claim.asked and not (missing & claim.stems and claim.text != claim.question)


def is_parallel(first: Evidence, second: Evidence) -> bool:
    """True if two units say the same kind of thing, as two rows of a table or two editions of a sentence do."""
    if first.kind == second.kind == "row" and first.cells and second.cells:
        return {label for label, _ in first.cells} == {label for label, _ in second.cells}
    one, other = subject_stems(first.text), subject_stems(second.text)
    shared = len(one & other)
    return shared >= FEWEST_PARALLEL and shared >= PARALLEL * max(len(one), len(other))


# Sources that disagree


def find_conflicts(claim: Claim, evidence: Evidence, others: Sequence[Evidence]) -> Iterator[Evidence]:
    """Units of other documents or editions that give another figure for the same thing.

    None if the question says which of them it is about, by a year or a name.
    """
    own = find_quantities(evidence.text)
    if not any(one.values & other.values for one in find_quantities(claim.text) for other in own):
        return
    wanted = claim.asked | claim.stems
    for other in others:
        if other.place == evidence.place or not is_parallel(evidence, other) or not years_agree(claim, other):
            continue
        told_apart = wanted & (_held_stems(evidence.whole) - _held_stems(other.whole))
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
