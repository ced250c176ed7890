"""Scores of passages: the fused score that orders them, and the confidence that they answer the question.

Fusion is the mean of the dense and the lexical score. Both are on absolute scales; ranks, and scores stretched for
each question, lose how good the best hit is. Comparison with rank, z-score and min-max fusion:
docs/decisions/0010-fusion.md. If no chunk holds many words of the question, those found are there by chance, and the
lexical score counts less: docs/decisions/0028-said-otherwise.md.

Confidence is a logistic function of three features of the retrieval: the best cosine similarity, and the shares of the
question's words in the best passage and in its best sentence. Fit: docs/decisions/0003-refusal-from-retrieval.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from app.domain.passages import Passage
from app.text.coverage import content_stems, coverage
from app.text.language import detect_language
from app.text.sentences import sentence_spans

LEXICAL_SHARE = 0.5  # of the fused score, at most
WORDS_FOUND = 0.3  # best lexical score from which it has this share
BETTER_SHARE = 2 / 3  # of two wordings' scores: that of the one that found better
INTERCEPT = -7.10
SIMILARITY_WEIGHT = 10.15
PASSAGE_WEIGHT = 0.91
SENTENCE_WEIGHT = 3.34
ACROSS_LANGUAGES = 0.6  # least coverage assumed if question and passage are in different languages
PASSAGES_READ = 5  # first passages whose coverage counts


def relatedness(cosine: float, similarity_floor: float) -> float:
    """Scale a cosine: 1 for equal texts, 0 at `similarity_floor`, the embedder's cosine of unrelated texts."""
    return (cosine - similarity_floor) / (1 - similarity_floor)


def lexical_share(lexical: Mapping[int, float]) -> float:
    """The weight of these lexical scores (0 to 1) in the fused one: it shrinks if the best is below WORDS_FOUND."""
    return LEXICAL_SHARE * min(1.0, max(lexical.values(), default=0.0) / WORDS_FOUND)


def fuse(
    dense: Mapping[int, float], lexical: Mapping[int, float], similarity_floor: float, share: float = LEXICAL_SHARE
) -> dict[int, float]:
    """Fused scores, at most 1, of the ids with a lexical score (0 to 1), which has the weight `share`.

    An id without a cosine counts as unrelated.
    """
    return {
        key: (1 - share) * relatedness(dense.get(key, similarity_floor), similarity_floor) + share * score
        for key, score in lexical.items()
    }


def join_wordings(better: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """Scores of two wordings of a question, weighted; an id that one did not find gets that wording's lowest score."""
    lowest, lowest_other = min(better.values(), default=0.0), min(other.values(), default=0.0)
    return {
        key: BETTER_SHARE * better.get(key, lowest) + (1 - BETTER_SHARE) * other.get(key, lowest_other)
        for key in better.keys() | other.keys()
    }


def highest(scores: Mapping[int, float], most: int) -> dict[int, float]:
    """The `most` highest scores, best first; equal ones in order of ids."""
    return {key: scores[key] for key in sorted(scores, key=lambda i: (-scores[i], i))[:most]}


def confidence(question: str, passages: Sequence[Passage], similarity_floor: float) -> float:
    """Probability, 0 to 1, that `passages` (best first) hold the answer; 0 if there are none."""
    cosines = [passage.dense for passage in passages if passage.dense is not None]
    if not cosines:
        return 0.0
    similarity = relatedness(max(similarity_floor, *cosines), similarity_floor)
    return logistic(similarity, *coverages(question, passages))


def coverages(question: str, passages: Sequence[Passage]) -> tuple[float, float]:
    """Shares, 0 to 1, of the question's content words in the best of the first passages and in their best sentence."""
    stems = content_stems(question)
    texts = [passage.text for passage in passages[:PASSAGES_READ]]
    with_headings = [f"{passage.heading} {passage.text}" for passage in passages[:PASSAGES_READ]]
    in_passage = max((coverage(stems, text) for text in with_headings), default=0.0)
    sentences = (text[start:end] for text in texts for start, end in sentence_spans(text))
    in_sentence = max((coverage(stems, sentence) for sentence in sentences), default=0.0)
    if texts and detect_language(texts[0]) != detect_language(question):
        return max(in_passage, ACROSS_LANGUAGES), max(in_sentence, ACROSS_LANGUAGES)
    return in_passage, in_sentence


def logistic(similarity: float, in_passage: float, in_sentence: float) -> float:
    """Confidence, 0 to 1, from its three features, each 0 to 1."""
    logit = INTERCEPT + SIMILARITY_WEIGHT * similarity + PASSAGE_WEIGHT * in_passage + SENTENCE_WEIGHT * in_sentence
    return 1 / (1 + math.exp(-logit))
