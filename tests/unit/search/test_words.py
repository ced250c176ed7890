"""Sentences, words, languages, fusion and confidence: the small parts of retrieval."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.scores import fuse, logistic
from app.text.coverage import content_stems, coverage
from app.text.language import detect_language
from app.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Silva came. He left.", ["Dr. Silva came.", "He left."]),
        ("O art. 5.º vale. Segue o n.º 3 da lei.", ["O art. 5.º vale.", "Segue o n.º 3 da lei."]),
        ("It cost 3.50 euros. Cheap.", ["It cost 3.50 euros.", "Cheap."]),
        ("e.g. this one. And that.", ["e.g. this one.", "And that."]),
        ('He said "Go." Then he went.', ['He said "Go."', "Then he went."]),
        ("Título\n\nTexto.", ["Título", "Texto."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=300))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    spans = list(sentence_spans(text))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("When does the museum open?", "en"),
        ("Quando abre o museu?", "pt"),
        ("Qual é a função do estágio?", "pt"),
        ("horário", "pt"),
        ("", "en"),
        ("12345", "en"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_coverage_ignores_accents_endings_and_small_words() -> None:
    wanted = content_stems("Quais são as funções dos estágios?")
    assert coverage(wanted, "A funcao do estagio e clara") == 1.0
    assert coverage(wanted, "nothing of the kind") == 0.0
    assert coverage(set(), "anything") == 0.0


LEGS = st.dictionaries(st.integers(1, 50), st.tuples(st.floats(-1, 1), st.floats(0, 1)), max_size=30)


@given(legs=LEGS)
def test_fusion_names_every_hit_and_is_at_most_one(legs: dict[int, tuple[float, float]]) -> None:
    fused = fuse({i: dense for i, (dense, _) in legs.items()}, {i: words for i, (_, words) in legs.items()}, 0.7)
    assert fused.keys() == legs.keys()
    assert all(score <= 1 for score in fused.values())


@given(legs=LEGS)
def test_leg_that_has_nothing_to_say_changes_no_order(legs: dict[int, tuple[float, float]]) -> None:
    fused = fuse({i: dense for i, (dense, _) in legs.items()}, dict.fromkeys(legs, 0.0), 0.7)
    order = sorted(legs, key=lambda i: legs[i][0])
    assert all(fused[a] <= fused[b] for a, b in itertools.pairwise(order))


SHARES = st.floats(0, 1)


@given(SHARES, SHARES, SHARES, SHARES)
def test_confidence_grows_with_its_evidence(similarity: float, passage: float, sentence: float, more: float) -> None:
    least = logistic(similarity, passage, sentence)
    assert logistic(min(1, similarity + more), passage, sentence) >= least
    assert logistic(similarity, min(1, passage + more), sentence) >= least
    assert logistic(similarity, passage, min(1, sentence + more)) >= least
