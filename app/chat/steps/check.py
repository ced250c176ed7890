"""The check step: certain rules that decide whether a quote says what a sentence of an answer says.

Similarity cannot tell 27 days from 72. Every number with its unit, every date, every name and the sense (negated or
not) of the sentence must stand in the quote or in what the quote is read with; a figure may also repeat the question's.
The thing and the year that the question asks about must be those of the quote. What the sentence derives, such as a
sum, is not found in a quote, and so stays unconfirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from app.chat.steps.evidence import Evidence
from app.domain.conversations import Doubt
from app.text.dates import Date, DateMention, find_dates
from app.text.fact_words import FactWords
from app.text.language import Language, detect_language
from app.text.locales import LOCALES, get_locale
from app.text.names import SMALL_WORDS, find_names, folded_tokens
from app.text.polarity import clauses, is_negated, negated_stems
from app.text.quantities import CLOCK, RANGES, UNITS, Quantity, find_quantities, unit_names
from app.text.stemming import prefix_stem
from app.text.terms import STOP_WORDS, word_terms

FACTS = tuple(locale.facts for locale in LOCALES.values())
YES = frozenset(word for facts in FACTS for word in facts.yes.split())
NO = frozenset(word for facts in FACTS for word in facts.no.split())
OPENING = re.compile(rf"\s*({'|'.join(sorted(YES | NO))})\b\s*(?:[,.;:!–—-]+\s*|$)", re.IGNORECASE)
ASKING = frozenset(word for facts in FACTS for word in facts.asking.split())
NEGATIONS = frozenset(prefix_stem(word) for facts in FACTS for word in facts.negations.split())
LETTERS = re.compile(r"[^\W_]+")
UNSAID = SMALL_WORDS | STOP_WORDS | UNITS.keys() | ASKING  # words that are no subject
SOFT_UNITS = frozenset({"person", "piece", "night", "time", "", "cent"})  # what is counted is often named otherwise
ALIKE = frozenset({frozenset({"h", CLOCK}), frozenset({"°", "°c"}), frozenset({"°", "°f"})})
SMALL_STEMS = frozenset(prefix_stem(word) for word in SMALL_WORDS | STOP_WORDS)
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{3,}-[^\W\d_]{4,}(?![\w-])")  # "part-time": either half tells it from others
MOST_DISAGREEING = 0.34  # share of the shared words whose sense may differ
LISTS = frozenset({"and", "or", "e", "ou", "und", "oder", "y", "o", "et"})  # between the parts of a list, no range
MOST_STRANGE = 2  # words of the question that the claim repeats and the passage has not
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
    def has_facts(self) -> bool:
        """Whether it has a number or a date."""
        return bool(find_quantities(self.text) or find_dates(self.text))

    @cached_property
    def language(self) -> Language:
        return detect_language(f"{self.question} {self.sentence}")

    @cached_property
    def asked(self) -> frozenset[str]:
        """What the question is about: words of content."""
        return subject_words(self.question)

    @cached_property
    def compounds(self) -> list[str]:
        """Words of two halves, such as part-time."""
        taken = [(one.start, one.end) for one in (*find_quantities(self.text), *find_dates(self.text))]
        found = COMPOUND.finditer(self.text)
        return [match[0] for match in found if not any(a < match.end() and match.start() < b for a, b in taken)]

    @cached_property
    def words(self) -> frozenset[str]:
        return subject_words(self.text)


def find_doubt(claim: Claim, evidence: Evidence, others: Sequence[Evidence], *, near: bool = False) -> Doubt | None:
    """What the evidence does not confirm of the claim; None if it confirms all.

    `others` are the units beside it, among which may be one that fits the thing asked about better. `near` says that
    the evidence is like the question, which may then share no word with it.
    """
    if doubt := _quantity_doubt(claim, evidence) or _date_doubt(claim, evidence):
        return doubt
    if is_foreign(claim, evidence) and not claim.has_facts:
        return Doubt.LANGUAGE
    if not years_agree(claim, evidence):
        return Doubt.YEAR
    if not _holds_names(claim, evidence):
        return Doubt.NAME
    if not _same_sense(claim, evidence):
        return Doubt.NEGATION
    return None if _is_about(claim, evidence, others, near=near) else Doubt.SUBJECT


@lru_cache(8192)
def subject_words(text: str) -> frozenset[str]:
    """The words that say what a text is about: no small words, words of asking, units, numbers or dates."""
    taken = [(one.start, one.end) for one in (*find_quantities(text), *find_dates(text))]
    words = (m for m in LETTERS.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken))
    return frozenset(word for m in words if len(word := m[0].lower()) > 1 and word not in UNSAID)


def is_foreign(claim: Claim, evidence: Evidence) -> bool:
    """True if the two are in different languages, so that their words cannot be compared."""
    return claim.language != evidence.language


def held_by(text: str, words: Iterable[str]) -> frozenset[str]:
    """Those of the words that a text has, in any of their forms."""
    return frozenset(word for word in words if not _forms_of(word).isdisjoint(_forms(text)))


@lru_cache(8192)
def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word in LETTERS.findall(text.lower()) for form in _forms_of(word))


def _begins(word: str, text: str) -> bool:
    """True if a text has the word in any form, or another one that begins alike: "entrar" and "entrada"."""
    return bool(held_by(text, [word])) or word_terms(word)[1] in _beginnings(text)


@lru_cache(8192)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word_terms(word)[1] for word in LETTERS.findall(text.lower()))


@lru_cache(65536)
def _forms_of(word: str) -> frozenset[str]:
    """The stem of a word by the stemmers, and by its first letters."""
    return frozenset({word_terms(word)[0], prefix_stem(word)})


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
    if not one.unit or _units_fit(one.unit, other.unit):
        return True
    if other.unit:
        return False
    attached = {quantity.unit for quantity in find_quantities(evidence.text)}
    named = unit_names(_label(other, evidence)) or (unit_names(evidence.whole) - attached)
    return one.unit in SOFT_UNITS or any(_units_fit(one.unit, unit) for unit in named)


def _units_fit(first: str, second: str) -> bool:
    return first == second or frozenset({first, second}) in ALIKE


# Dates and years


def _date_doubt(claim: Claim, evidence: Evidence) -> Doubt | None:
    for mention in find_dates(claim.text):
        if not holds_date(mention, evidence) and not _is_repeated(mention, claim.question):
            return Doubt.DATE
    stated = weekday_ranges(evidence.text)
    for begin, end in weekday_ranges(claim.text):
        if (begin, end) not in stated:
            return Doubt.DATE
    return None


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


# Names


def _holds_names(claim: Claim, evidence: Evidence) -> bool:
    """Every name of the claim stands in the evidence; one of the question may stand in the passage instead."""
    missing = find_names(claim.text, claim.language) - folded_tokens(evidence.whole)
    missing = {name for name in missing if not _has_form(name, evidence.whole)}
    return all(name in folded_tokens(claim.question) and _has_form(name, evidence.passage.text) for name in missing)


def _has_form(name: str, text: str) -> bool:
    return name in folded_tokens(text) or (name.isalpha() and bool(held_by(text, [name])))


# Sense


def _same_sense(claim: Claim, evidence: Evidence) -> bool:
    """False if what the claim says of the same words is negated in one of the two only."""
    if claim.says_yes is not None and (holds := answers_yes(claim, evidence)) is not None and holds != claim.says_yes:
        return False
    if claim.text == claim.question:
        return True
    own = negated_stems(claim.text, claim.language)
    if is_foreign(claim, evidence):
        return _has_negation(own) == _has_negation(negated_stems(evidence.text, evidence.language))
    return _disagreement(own, evidence) <= MOST_DISAGREEING


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
        return True
    if claim.has_facts and len(claim.words) <= 1 and not any(_limits(claim.text, facts)):
        return True  # no more than what is granted: "20 %", "from the fourth day on"
    return True if 2 * len(held_by(claim.text, claim.asked)) >= len(claim.asked) > 0 else None


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
    return _units_fit(first.unit, second.unit) or units <= SOFT_UNITS or units == {"", "year"}  # an age: "she is 9"


def _limits(text: str, facts: FactWords) -> Iterator[tuple[Quantity, bool]]:
    """The numbers of a text that are limits, and whether they may not be passed."""
    for one in find_quantities(text):
        before, behind = text[: one.start].lower(), text[one.end :].lower()
        if any(re.search(rf"\b{pattern}\W*$", before) for pattern in facts.least) or any(re.match(rf"\W*(?:\w+ )?{pattern}\b", behind) for pattern in facts.least_after):
            yield one, False
        elif any(re.search(rf"\b{pattern}\W*$", before) for pattern in facts.most):
            yield one, True


# Subject


def _is_about(claim: Claim, evidence: Evidence, others: Sequence[Evidence], *, near: bool) -> bool:
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
    missing = frozenset(word for word in claim.asked if not _begins(word, around))
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
    return shared >= FEWEST_PARALLEL and shared >= PARALLEL * max(len(one), len(other))


# Sources that disagree


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
