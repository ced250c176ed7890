"""Perturbed answers: one fact is changed, and the check notices it."""

from __future__ import annotations

import random

from app.embeddings.hashing import HashingEmbedder
from app.evaluations.perturbation import Triple, measure, perturb
from tests.unit.chat.passages import passage

STAFF = (
    "Full-time guides have 26 days off a year. Guides must hand in their keys on Friday. "
    "The head of the guides is Ilse Varga."
)
FEES = "Kind: adult | Fee: 9 euros\nKind: child | Fee: 4 euros"


def triple(question: str, answer: str, *texts: str) -> Triple:
    return Triple(question, tuple(passage(text, number=n) for n, text in enumerate(texts, 1)), answer)


TRIPLES = [
    triple("How many days off do guides have?", "Full-time guides have 26 days off a year.", STAFF),
    triple("When do guides hand in their keys?", "Guides must hand in their keys on Friday.", STAFF),
    triple("Who is the head?", "The head of the guides is Ilse Varga.", STAFF),
    triple("What does a child pay?", "A child pays 4 euros.", FEES),
    triple("Is a fee due for a child?", "Yes, a child pays 4 euros.", FEES),
]


def changes(one: Triple) -> dict[str, str]:
    return {wrong.kind: wrong.answer for wrong in perturb(one, random.Random(1))}


def test_each_perturbation_changes_one_fact() -> None:
    first, second, third, fourth, fifth = map(changes, TRIPLES)
    assert first["number"] != TRIPLES[0].answer
    assert first["number"].endswith("days off a year.")
    assert first["unit"].startswith("Full-time guides have 26 ")
    assert second["negation"] == "Guides must not hand in their keys on Friday."
    assert second["date"] != TRIPLES[1].answer
    assert "Varga" not in third["name"]
    assert fourth["row"] == "A child pays 9 euros."
    assert fifth["yes or no"] == "No, a child pays 4 euros."


def test_figure_of_another_edition_stands_in_for_that_of_the_year() -> None:
    texts = [f"Rules {year}\nHotels are paid up to {sum_} euros a night." for year, sum_ in ((2022, 90), (2025, 120))]
    one = triple("What is paid for hotels in 2025?", "Hotels are paid up to 120 euros.", *texts)
    assert changes(one)["year"] == "Hotels are paid up to 90 euros."


def test_scores_count_what_is_verified() -> None:
    scores = measure(TRIPLES, HashingEmbedder(), seed=1)
    assert scores.right == len(TRIPLES)
    assert scores.accepted == 1.0
    assert scores.rejected >= 0.9
    assert scores.perturbed.total() >= 10
    for kind in ("number", "unit", "date", "name", "row"):
        assert scores.verified_perturbed[kind] == 0
