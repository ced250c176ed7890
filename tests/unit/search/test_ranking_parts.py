"""Fusion and diversity, on figures small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.search.mmr import mmr
from app.search.scores import LEXICAL_SHARE, WORDS_FOUND, fuse, highest, join_wordings, lexical_share, relatedness


def test_a_leg_with_nothing_to_say_changes_no_order() -> None:
    dense = {1: 0.90, 2: 0.85, 3: 0.80}
    silent = {1: 0.0, 2: 0.01, 3: 0.02}
    scores = fuse(dense, silent, similarity_floor=0.7)
    assert sorted(scores, key=scores.__getitem__, reverse=True) == [1, 2, 3]


def test_a_leg_that_holds_the_whole_question_wins() -> None:
    scores = fuse({1: 0.82, 2: 0.80}, {1: 0.05, 2: 0.9}, similarity_floor=0.7)
    assert scores[2] > scores[1]


def test_fused_scores_are_means_of_calibrated_ones() -> None:
    assert relatedness(0.7, 0.7) == 0
    assert relatedness(1.0, 0.7) == pytest.approx(1)
    assert fuse({1: 0.85}, {1: 0.25}, 0.7)[1] == pytest.approx((0.5 + 0.25) / 2)


def test_chance_hits_of_a_few_words_count_less_than_the_meaning() -> None:
    dense, chance = {1: 0.84, 2: 0.82}, {1: 0.0, 2: 0.12}
    by_chance = fuse(dense, chance, 0.7, lexical_share(chance))
    assert by_chance[1] > by_chance[2]
    found = chance | {3: WORDS_FOUND}  # a chunk holds the question's words
    assert fuse(dense, found, 0.7, lexical_share(found))[2] > fuse(dense, found, 0.7, lexical_share(found))[1]


def test_lexical_share_grows_with_the_best_score_up_to_its_most() -> None:
    assert lexical_share({}) == lexical_share({1: 0.0}) == 0
    assert lexical_share({1: WORDS_FOUND / 3, 2: 0.0}) == pytest.approx(LEXICAL_SHARE / 3)
    assert lexical_share({1: WORDS_FOUND}) == lexical_share({1: 0.9}) == LEXICAL_SHARE


def test_wording_that_found_better_has_two_thirds_of_the_vote() -> None:
    joined = join_wordings({1: 0.9, 2: 0.3}, {2: 0.9, 3: 0.6})
    assert joined == pytest.approx({1: 0.6 + 0.2, 2: 0.2 + 0.3, 3: 0.2 + 0.2})
    assert list(highest(joined, 2)) == [1, 2]
    assert join_wordings({1: 0.3}, {}) == pytest.approx({1: 0.2})


def test_diversity_puts_a_repeated_passage_behind_a_new_one() -> None:
    same, other = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    scores = {1: 0.9, 2: 0.89, 3: 0.6}
    vectors = {1: same, 2: same, 3: other}

    def order(diversity: float) -> list[int]:
        return mmr([1, 2, 3], scores, vectors, k=3, diversity=diversity, similarity_floor=0.0)

    assert order(0.0) == [1, 2, 3]
    assert order(0.5) == [1, 3, 2]
