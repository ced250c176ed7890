"""Answers made wrong on purpose: how many of them the check of citations still calls verified.

Each perturbation changes one fact of a right answer (a number, a unit, a date, the sense, a name, a table row, a
year) and leaves the rest as it is: the passages then support all but that fact.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.chat.steps.cite import Attribution
from app.chat.steps.claim import OPENING
from app.chat.steps.evidence import read_evidence
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.text.dates import FACTS, find_dates
from app.text.names import find_names
from app.text.quantities import UNITS, find_quantities

SWAPPED_UNITS = (("day", "week", "month", "year"), ("min", "h"), ("eur", "usd", "gbp"), ("kg", "g"), ("m", "cm", "km"))
STRANGERS = ("Berta Quill", "Tobias Venn", "Marisa Dolt", "Edgar Plume")
AUXILIARIES = re.compile(
    r"\b(?:is|are|must|may|can|will|costs|é|são|deve|devem|pode|podem|fica|tem)\b(?! (?:no|not|never|não|nunca|nem)\b)"
)
YES_OR_NO = {"Yes": "No", "No": "Yes", "Sim": "Não", "Não": "Sim"}
NEGATION = re.compile(r"\b(?:not|não)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Triple:
    """A question, the passages in the prompt, and an answer that they support."""

    question: str
    passages: tuple[Passage, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Perturbed:
    """An answer with one fact changed, at `place` of it."""

    kind: str
    answer: str
    place: int


@dataclass(slots=True)
class VerificationScores:
    """What was verified: of the right answers' sentences, and of perturbed answers by kind."""

    right: int = 0
    verified_right: int = 0
    perturbed: Counter[str] = field(default_factory=Counter)
    verified_perturbed: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)  # why right sentences were not verified
    errors: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> float:
        """Share of the right sentences that are verified."""
        return self.verified_right / self.right if self.right else 0.0

    @property
    def rejected(self) -> float:
        """Share of the perturbed sentences that are not verified."""
        total = self.perturbed.total()
        return 1 - self.verified_perturbed.total() / total if total else 0.0


def measure(triples: Iterable[Triple], embedder: Embedder, *, seed: int = 0) -> VerificationScores:
    """Attribute every answer and every perturbation of it."""
    draw = random.Random(seed)  # noqa: S311 - texts, not secrets
    scores = VerificationScores()
    for triple in triples:
        citations, unsupported = Attribution(embedder, triple.question, triple.passages).attribute(triple.answer)
        scores.right += len(citations) + len(unsupported)
        scores.verified_right += sum(citation.verified for citation in citations)
        doubts = [(one.reason, one.start, one.end) for one in citations]
        doubts += [(one.reason, one.start, one.end) for one in unsupported]
        for reason, start, end in doubts:
            if reason is not None:
                scores.doubts[reason] += 1
                scores.errors.append(f"{reason}: {triple.question} | {triple.answer[start:end]}")
        for wrong in perturb(triple, draw):
            _count(scores, triple, wrong, embedder)
    return scores


def _count(scores: VerificationScores, triple: Triple, wrong: Perturbed, embedder: Embedder) -> None:
    citations, _ = Attribution(embedder, triple.question, triple.passages).attribute(wrong.answer)
    scores.perturbed[wrong.kind] += 1
    if any(citation.verified and citation.start <= wrong.place < citation.end for citation in citations):
        scores.verified_perturbed[wrong.kind] += 1
        scores.errors.append(f"verified {wrong.kind}: {triple.question} | {wrong.answer}")


def perturb(triple: Triple, draw: random.Random) -> Iterator[Perturbed]:
    """One perturbation of each kind that the answer allows."""
    for kind, change in KINDS.items():
        options = [one for one in change(triple, draw) if one[0] != triple.answer]
        if options:
            answer, place = draw.choice(options)
            yield Perturbed(kind, answer, place)


def _replaced(text: str, start: int, end: int, new: str) -> tuple[str, int]:
    return text[:start] + new + text[end:], start


def _numbers(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """Other digits: those of the number turned round, or of a number near it."""
    for one in find_quantities(triple.answer):
        found = re.search(r"\d+", triple.answer[one.start : one.end])
        if found is None:
            continue
        digits = found[0]
        others = {digits[::-1], str(int(digits) + draw.choice((1, 2, 5, 10)))} - {digits}
        changed = [other for other in others if int(other) != int(digits)]
        if changed:
            begin = one.start + found.start()
            yield _replaced(triple.answer, begin, begin + len(digits), draw.choice(sorted(changed)))


def _units(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """Another unit of the same kind, in the same language."""
    for one in find_quantities(triple.answer):
        group = next((group for group in SWAPPED_UNITS if one.unit in group), ())
        word = re.compile(r"[\s-]*([^\W\d_]+)").match(triple.answer, one.end)
        if not group or word is None or UNITS.get(word[1].lower()) != one.unit:
            continue
        facts = next((facts for facts in FACTS if word[1].lower() in facts.units.get(one.unit, "").split()), None)
        if facts is not None:
            unit = draw.choice([other for other in group if other != one.unit and other in facts.units])
            yield _replaced(triple.answer, word.start(1), word.end(1), facts.units[unit].split()[-1])


def _dates(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """Another month or weekday, in the same language."""
    for mention in find_dates(triple.answer):
        text = triple.answer[mention.start : mention.end]
        for facts in FACTS:
            for names in (facts.months, facts.weekdays):
                for number, spellings in enumerate(names):
                    found = re.search(rf"\b{spellings.split()[0]}\b", text, re.IGNORECASE)
                    if found is not None:
                        other = names[(number + draw.randint(1, len(names) - 1)) % len(names)].split()[0]
                        other = other.capitalize() if found[0][0].isupper() else other
                        begin = mention.start + found.start()
                        yield _replaced(triple.answer, begin, begin + len(found[0]), other)


def _yes_or_no(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """Yes in the place of no."""
    del draw
    opening = OPENING.match(triple.answer)
    word = opening[1].capitalize() if opening else ""
    if opening and word in YES_OR_NO:
        yield _replaced(triple.answer, opening.start(1), opening.end(1), YES_OR_NO[word])


def _senses(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """A negation put in or taken out."""
    del draw
    answer = triple.answer
    begin = opening.end() if (opening := OPENING.match(answer)) else 0
    if found := NEGATION.search(answer, begin):
        yield _replaced(answer, found.start(), found.end(), "")
    elif found := AUXILIARIES.search(answer, begin):
        portuguese = found[0] in {"é", "são", "deve", "devem", "pode", "podem", "fica", "tem"}
        new = f"não {found[0]}" if portuguese else "does not cost" if found[0] == "costs" else f"{found[0]} not"
        yield _replaced(answer, found.start(), found.end(), new)


def _names(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """The name of somebody else."""
    found = re.search(r"\b[A-ZÀ-Ý][a-zà-ÿ]+ [A-ZÀ-Ý][a-zà-ÿ]+\b", triple.answer)
    if found is not None and find_names(found[0]):
        yield _replaced(triple.answer, found.start(), found.end(), draw.choice(STRANGERS))


def _rows(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """The cell of another row of the table, from the same column."""
    rows = [unit for passage in triple.passages for unit in read_evidence(passage) if unit.cells]
    for row in rows:
        for label, value in row.cells[1:]:
            at = triple.answer.find(value)
            key = row.cells[0][1]
            if at < 0 or not value or key.lower() not in f"{triple.question} {triple.answer}".lower():
                continue
            for other in rows:
                cell = dict(other.cells).get(label, value)
                if cell != value and len(other.cells) == len(row.cells):
                    yield _replaced(triple.answer, at, at + len(value), cell)
    del draw


def _editions(triple: Triple, draw: random.Random) -> Iterator[tuple[str, int]]:
    """The year of the answer replaced; or the figure of another edition than the one that the question names."""
    del draw
    for mention in find_dates(triple.answer):
        found = re.search(r"\b(?:19|20)\d{2}\b", triple.answer[mention.start : mention.end])
        if found is not None:
            begin = mention.start + found.start()
            yield _replaced(triple.answer, begin, begin + 4, str(int(found[0]) + 1))
    texts = [passage.text for passage in triple.passages]
    for one in find_quantities(triple.answer):
        number = triple.answer[one.start : one.end]
        for text in texts:
            twin = _twin_figure(number, text, texts)
            if twin and twin != number:
                yield _replaced(triple.answer, one.start, one.end, twin)


def _twin_figure(number: str, text: str, texts: Sequence[str]) -> str | None:
    """The number that stands in another edition of the same sentence, in the place of this one."""
    if text.count(number) != 1:
        return None
    before = text[: text.index(number)].split("\n", 1)[-1][-30:]
    for other in texts:
        at = other.find(before) if other != text and len(before) > 10 else -1
        if at >= 0 and (found := re.match(r"[\d.,]*\d", other[at + len(before) :])):
            return found[0]
    return None


KINDS = {
    "number": _numbers,
    "unit": _units,
    "date": _dates,
    "negation": _senses,
    "name": _names,
    "row": _rows,
    "year": _editions,
    "yes or no": _yes_or_no,
}
