"""The sentences that say most of what a text says, chosen and never rewritten.

A sentence counts more the nearer it is to the title and to the middle of the text (its embedding's cosine with the mean
of all: the centroid method of Radev et al., 2004), if it has figures or words of duty ("must", "deadline"), and if it
opens its section. Sentences that repeat a chosen one, or whose section has had its turn, come later (maximal marginal
relevance; Carbonell and Goldstein, 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from app.chat.steps.units import Unit
from app.embeddings.base import Vectors
from app.text.coverage import content_stems, coverage
from app.text.language import Language, detect_language
from app.text.locales import LOCALES, get_locale
from app.text.normalisation import plain_text

SAMPLE = 10  # units that tell the language of a text
MOST_EMBEDDED = 96  # units of one text whose embeddings are computed
CENTRALITY, FIGURES, DUTIES, OPENING, LENGTH = 0.4, 0.25, 0.15, 0.1, 0.1  # weights; they add up to 1
FULL_WORDS = 18  # of a sentence that says much
DEPENDENT = 0.25  # taken off for a unit that refers to the one before: "It ..."
CONTACT = 0.3  # taken off for a line of addresses or a signature
FRAGMENT = 0.3  # taken off for a part of a list that stands alone
DIVERSITY = 0.3
MENTIONED = 0.5  # share of the topic's words that a unit or the heading above it has
RELATED = 0.45  # or its similarity with the topic, 0 to 1
NEAR_BEST = 0.6  # of the best score: units further behind say less about the topic
SAME_SECTION = 0.15  # taken off for each unit of the section that is chosen already
NUMBERS = re.compile(r"\d[\d.,:/]*")
ADDRESS = re.compile(r"@|https?://|www\.|\+\d[\d ]{6,}|^--")


def within_bound(units: Sequence[Unit]) -> Sequence[Unit]:
    """At most MOST_EMBEDDED units, from everywhere: those with most content of each stretch of the text."""
    if len(units) <= MOST_EMBEDDED:
        return units
    language = _language(units)
    bounds = np.linspace(0, len(units), MOST_EMBEDDED + 1).astype(int).tolist()
    return [max(units[first:last], key=lambda unit: _content(unit, language)) for first, last in pairwise(bounds)]


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
    centre, language = vectors.mean(axis=0), _language(units)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-6) + title
    return np.asarray(
        CENTRALITY * _scaled(vectors @ centre) + np.array([_content(unit, language) for unit in units]), np.float32
    )


def _content(unit: Unit, language: Language) -> float:
    text = unit.text
    words = plain_text(text).split()
    figures = min(1.0, 0.5 * len(NUMBERS.findall(text)))
    worth = FIGURES * figures + DUTIES * min(1.0, 0.5 * len(_duties().intersection(words)))
    worth += OPENING * unit.opens + LENGTH * min(1.0, len(words) / FULL_WORDS)
    worth -= DEPENDENT * bool(_depends(language).match(text))
    return worth - CONTACT * bool(ADDRESS.search(text)) - FRAGMENT * text.endswith((";", ","))


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


def _scaled(values: Vectors) -> Vectors:
    """Values scaled so that the lowest is 0 and the highest is 1."""
    low, high = float(values.min()), float(values.max())
    return np.asarray((values - low) / max(high - low, 1e-6), np.float32)


def _language(units: Sequence[Unit]) -> Language:
    """Of a text, by its first units."""
    return detect_language(" ".join(unit.text for unit in units[:SAMPLE]))


@cache
def _depends(language: Language) -> re.Pattern[str]:
    """Matches a sentence that goes on from the one before it."""
    return re.compile(rf"(?:{'|'.join(get_locale(language).followup_openings)})\b", re.IGNORECASE)


@cache
def _duties() -> frozenset[str]:
    return frozenset[str]().union(*(locale.dialogue.duties for locale in LOCALES.values()))
