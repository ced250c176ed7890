"""How likely it is that the passages answer the question, from retrieval alone.

A logistic over three figures: the best cosine similarity, and how many of the question's words the best passage and
the best single sentence hold. How it was fitted: docs/decisions/0003-refusal-from-retrieval.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.search.passage import Passage
from app.text.coverage import content_stems, coverage
from app.text.language import detect_language
from app.text.sentences import sentence_spans

INTERCEPT = -7.10
SIMILARITY_WEIGHT = 10.15
PASSAGE_WEIGHT = 0.91
SENTENCE_WEIGHT = 3.34
ACROSS_LANGUAGES = 0.6  # coverage taken as given when question and passage are in different languages
LOOKED_AT = 5


def confidence(question: str, passages: Sequence[Passage], similarity_floor: float) -> float:
    """Probability, 0 to 1, that `passages` (best first) hold the answer; 0 if there are none.

    `similarity_floor` is the embedder's: where its similarities begin to mean something.
    """
    cosines = [passage.dense for passage in passages if passage.dense is not None]
    if not cosines:
        return 0.0
    similarity = max(0.0, max(cosines) - similarity_floor) / (1 - similarity_floor)
    return logistic(similarity, *coverages(question, passages))


def coverages(question: str, passages: Sequence[Passage]) -> tuple[float, float]:
    """Share of the question's content words in the best of the first passages, and in their best sentence."""
    wanted = content_stems(question)
    texts = [passage.live.chunk.text for passage in passages[:LOOKED_AT]]
    headed = [f"{passage.live.chunk.heading} {passage.live.chunk.text}" for passage in passages[:LOOKED_AT]]
    in_passage = max((coverage(wanted, text) for text in headed), default=0.0)
    sentences = (text[start:end] for text in texts for start, end in sentence_spans(text))
    in_sentence = max((coverage(wanted, sentence) for sentence in sentences), default=0.0)
    if texts and detect_language(texts[0]) != detect_language(question):
        return max(in_passage, ACROSS_LANGUAGES), max(in_sentence, ACROSS_LANGUAGES)
    return in_passage, in_sentence


def logistic(similarity: float, in_passage: float, in_sentence: float) -> float:
    known = SIMILARITY_WEIGHT * similarity + PASSAGE_WEIGHT * in_passage + SENTENCE_WEIGHT * in_sentence
    return 1 / (1 + math.exp(-(INTERCEPT + known)))
