"""The sentences that say most of what a text says, chosen and never rewritten.

A sentence counts more the nearer it is to the title and to the middle of the text (its embedding's cosine with the mean
of all: the centroid method of Radev et al., 2004), if it has figures or words of duty ("must", "deadline"), and if it
opens its section. Sentences that repeat a chosen one, or whose section has had its turn, come later (maximal marginal
relevance; Carbonell and Goldstein, 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np

from app.chat.steps.cite import SourceSentence
from app.chat.steps.prompt import injection_spans
from app.chat.steps.rewrite import OPENINGS
from app.domain.passages import Passage
from app.embeddings.base import Vectors
from app.text.coverage import content_stems, coverage
from app.text.line_kinds import line_groups
from app.text.locales import LOCALES
from app.text.normalisation import plain_text
from app.text.sentences import sentence_spans

LONGEST_LIST = 500  # characters of a lead and its list, which are one unit
FEWEST_WORDS, MOST_WORDS = 5, 60  # of a unit that can stand for a text
HEADING_WORDS = 12  # a line without a full stop and with no more words is a heading or a label
MOST_EMBEDDED = 160  # units of one text whose embeddings are computed
CENTRALITY, FIGURES, DUTIES, OPENING, LENGTH = 0.4, 0.25, 0.15, 0.1, 0.1  # weights; they add up to 1
FULL_WORDS = 18  # of a sentence that says much
DEPENDENT = 0.25  # taken off for a unit that refers to the one before: "It ..."
CONTACT = 0.3  # taken off for a line of addresses
DIVERSITY = 0.3
MENTIONED = 0.5  # share of the topic's words that a unit or the heading above it has
RELATED = 0.45  # or its similarity with the topic, 0 to 1
NEAR_BEST = 0.6  # of the best score: units further behind say less about the topic
SAME_SECTION = 0.15  # taken off for each unit of the section that is chosen already
NUMBERS = re.compile(r"\d[\d.,:/]*")
ADDRESS = re.compile(r"@|https?://|www\.|\+\d[\d ]{6,}")
DEPENDS = re.compile(rf"^(?:{OPENINGS})\b", re.IGNORECASE)
MARK = re.compile(r"^\s*(?:[-*+•‣◦▪▫●○·–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+", re.MULTILINE)
ENDS = re.compile(r"[.!?;…:][\"'”’)\]»]*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a table row, a list item, or a list with its lead; `section` counts sections from 0."""

    source: SourceSentence
    section: int
    label: str = ""  # the heading above it
    row: bool = False
    item: bool = False
    opens: bool = False  # the first one of its section

    @property
    def text(self) -> str:
        """In one line, without list marks."""
        return " ".join(MARK.sub(" ", self.source.text).split())


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """The units of a document's passages, which may overlap, in reading order; headings and labels are left out."""
    units: list[Unit] = []
    section, label, path, end = 0, "", "", 0
    opens = True
    for passage in passages:
        if passage.heading != path:
            path, label = passage.heading, passage.heading.rpartition(" > ")[2]
            section, opens = section + 1, True
        found = _without_numbered_headings(list(_spans(passage)))
        for unit in _joined(found, passage):
            if passage.char_start + unit.source.start < end:
                continue
            end = passage.char_start + unit.source.end
            if unit.text.endswith(","):  # "Dear all,"
                continue
            if _is_label(unit, passage.heading):
                section, label, opens = section + 1, unit.text, ":" not in unit.text  # not below "Date: ..."
            elif _says_something(unit):
                units.append(replace(unit, section=section, label=label, opens=opens))
                opens = False
    return units


def labels_of(passages: Sequence[Passage], title: str) -> list[tuple[str, SourceSentence]]:
    """The headings of a document's passages in order, each once, with the line that is cited; without its title."""
    found: dict[str, SourceSentence] = {}
    for passage in passages:
        units = _without_numbered_headings(list(_spans(passage)))
        for unit in units:
            if _is_heading(unit, passage):
                found.setdefault(unit.text.strip("# "), unit.source)
    return [(text, source) for text, source in found.items() if plain_text(text) != plain_text(title)]


def within_bound(units: Sequence[Unit]) -> Sequence[Unit]:
    """At most MOST_EMBEDDED units, from everywhere: those with most content of each stretch of the text."""
    if len(units) <= MOST_EMBEDDED:
        return units
    bounds = np.linspace(0, len(units), MOST_EMBEDDED + 1).astype(int).tolist()
    return [max(units[first:last], key=_content) for first, last in pairwise(bounds)]


def choose(units: Sequence[Unit], vectors: Vectors, title: Vectors, most: int, floor: float) -> list[Unit]:
    """At most `most` units that say most of the text, in reading order.

    `vectors`: (units, dimension); `title`: (dimension,), of the text's title; `floor`: cosine of unrelated texts.
    """
    return _chosen(units, _worth(units, vectors, title), vectors, most, floor) if units else []


def choose_about(
    units: Sequence[Unit], vectors: Vectors, topic: str, topic_vector: Vectors, most: int, floor: float
) -> list[Unit]:
    """At most `most` units that speak of the topic, in reading order; none if the text does not."""
    stems = content_stems(topic)
    words = np.array([max(coverage(stems, unit.text), coverage(stems, unit.label)) for unit in units], np.float32)
    related = np.clip((vectors @ topic_vector - floor) / (1 - floor), 0, 1)
    scores = words + 2 * related
    about = [place for place in range(len(units)) if words[place] >= MENTIONED or related[place] >= RELATED]
    best = max((float(scores[place]) for place in about), default=0.0)
    about = [place for place in about if scores[place] >= NEAR_BEST * best]
    return _chosen([units[i] for i in about], scores[about], vectors[about], most, floor) if about else []


def _worth(units: Sequence[Unit], vectors: Vectors, title: Vectors) -> Vectors:
    """(units,) how much each says, about 0 to 1."""
    centre = vectors.mean(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-6) + title
    return np.asarray(CENTRALITY * _scaled(vectors @ centre) + np.array([_content(unit) for unit in units]), np.float32)


def _content(unit: Unit) -> float:
    text = unit.text
    words = plain_text(text).split()
    figures = min(1.0, 0.5 * len(NUMBERS.findall(text)))
    worth = FIGURES * figures + DUTIES * min(1.0, 0.5 * len(_duties().intersection(words)))
    worth += OPENING * unit.opens + LENGTH * min(1.0, len(words) / FULL_WORDS)
    return worth - DEPENDENT * bool(DEPENDS.match(text)) - CONTACT * bool(ADDRESS.search(text))


def _chosen(units: Sequence[Unit], scores: Vectors, vectors: Vectors, most: int, floor: float) -> list[Unit]:
    """The best units, without repetition and from many sections, in reading order."""
    left, chosen = list(range(len(units))), list[int]()
    repetition = np.zeros(len(units), np.float32)
    sections = Counter[int]()

    def gain(place: int) -> float:
        said = DIVERSITY * repetition[place] + SAME_SECTION * sections[units[place].section]
        return float(scores[place] - said)

    while left and len(chosen) < most:
        best = max(left, key=gain)
        left.remove(best)
        chosen.append(best)
        sections[units[best].section] += 1
        repetition = np.maximum(repetition, np.clip((vectors @ vectors[best] - floor) / (1 - floor), 0, 1))
    return [units[place] for place in sorted(chosen)]


def _spans(passage: Passage) -> Iterator[Unit]:
    """Every sentence, row and item of a passage that does not address the model."""
    injections = injection_spans(passage.text)
    for group in line_groups(passage.text, 0, len(passage.text)):
        for start, end in sentence_spans(passage.text, group.start, group.end):
            if not any(start < last and first < end for first, last in injections):
                source = SourceSentence(passage, start, end)
                yield Unit(source, 0, row=group.kind == "row", item=group.kind == "item")


def _joined(units: Sequence[Unit], passage: Passage) -> Iterator[Unit]:
    """Units, with a lead that ends in a colon and the list below it as one."""
    place = 0
    while place < len(units):
        unit, after = units[place], place + 1
        if unit.source.text.endswith(":"):
            first = unit.source.start
            while after < len(units) and units[after].item and units[after].source.end - first <= LONGEST_LIST:
                unit = replace(unit, source=SourceSentence(passage, first, units[after].source.end))
                after += 1
            while after < len(units) and units[after].item and after > place + 1:  # the rest of a longer list
                after += 1
        yield unit
        place = after


def _without_numbered_headings(units: Sequence[Unit]) -> list[Unit]:
    """Units in which an item that stands alone, short and without a full stop ("2. Payment"), is no item but a line."""
    found = list(units)
    for place, unit in enumerate(units):
        beside = [one.item for one in (*units[max(0, place - 1) : place], *units[place + 1 : place + 2])]
        if unit.item and not any(beside) and len(unit.text.split()) <= HEADING_WORDS and not ENDS.search(unit.text):
            found[place] = replace(unit, item=False)
    return found


def _is_label(unit: Unit, heading: str) -> bool:
    """Whether a line names what follows and says nothing itself: a heading, or short and without a full stop."""
    if unit.row or unit.item:
        return False
    text = unit.text
    named = plain_text(text) in {plain_text(part) for part in heading.split(" > ")}
    return named or (len(text.split()) <= HEADING_WORDS and ENDS.search(text) is None)


def _is_heading(unit: Unit, passage: Passage) -> bool:
    """Whether a label is a line of its own among paragraphs, and no label of a value ("Date: ...")."""
    if not _is_label(unit, passage.heading) or unit.text.endswith(",") or ": " in unit.text:
        return False
    return passage.text[unit.source.end : unit.source.end + 2].strip(" ") in {"\n\n", "\n"}


def _says_something(unit: Unit) -> bool:
    words = len(unit.text.split())
    if unit.row:
        return words > 1
    return FEWEST_WORDS <= words <= MOST_WORDS and not unit.text.endswith(":")


def _scaled(values: Vectors) -> Vectors:
    """Values scaled so that the lowest is 0 and the highest is 1."""
    low, high = float(values.min()), float(values.max())
    return np.asarray((values - low) / max(high - low, 1e-6), np.float32)


@cache
def _duties() -> frozenset[str]:
    return frozenset[str]().union(*(locale.dialogue.duties for locale in LOCALES.values()))
