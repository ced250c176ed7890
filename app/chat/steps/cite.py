"""Attributing an answer: for each of its sentences the passage sentence that supports it, verbatim.

The model is never asked to cite. Support is the share of the answer sentence's content that the passage sentence
holds (words, numbers counting double) joined with the cosine similarity of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.chat.answer import Citation, Span, chunk_public_id
from app.chat.steps.injection_filter import instructing_spans
from app.embeddings.base import Embedder, Vectors
from app.search.passage import Passage
from app.text.coverage import content_stems, coverage
from app.text.sentences import sentence_spans

VERIFIED = 0.6
SHOWN = 0.5  # support below this is chance: the sentence counts as unsupported
DOUBTFUL = 0.35  # an answer given in doubt, none of whose sentences has more, becomes a refusal
ASKING = "?"  # a question that the model repeats claims nothing
WORD_SHARE = 0.7  # of the support; the rest is similarity
QUESTION_SHARE = 0.15  # what the question's own words in the source add: ties go to the sentence asked about


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a passage, with its place in the passage's chunk."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.live.chunk.text[self.start : self.end]


class Attribution:
    """The passages of one answer, ready to attribute sentences to."""

    def __init__(self, embedder: Embedder, question: str, passages: Sequence[Passage]) -> None:
        self._embedder = embedder
        self._question = question
        self._wanted = content_stems(question)
        self._sources = [source for passage in passages for source in _sources(passage)]
        self._vectors: dict[int, Vectors] = {}
        self.strongest = 0.0  # support that any sentence attributed so far has

    def attribute(self, answer: str) -> tuple[list[Citation], list[Span]]:
        """Citations in the order of the answer, and the spans of sentences that nothing supports."""
        return self.attribute_spans(answer, [Span(start, end) for start, end in sentence_spans(answer)])

    def attribute_spans(self, answer: str, spans: Sequence[Span], first: int = 1) -> tuple[list[Citation], list[Span]]:
        """The same for some sentences of `answer`; citations are numbered from `first`."""
        citations: list[Citation] = []
        unsupported: list[Span] = []
        if not spans or not self._sources:
            return [], list(spans)
        supports = self._support([answer[span.start : span.end] for span in spans])  # (sentences, sources)
        for span, row in zip(spans, supports, strict=True):
            best = int(np.argmax(row))
            support = 0.0 if answer[span.start : span.end].endswith(ASKING) else float(row[best])
            self.strongest = max(self.strongest, support)
            if support < SHOWN:
                unsupported.append(span)
            else:
                citations.append(_citation(first + len(citations), self._sources[best], span, support))
        return citations, unsupported

    def best_sentence(self) -> Source | None:
        """The passage sentence that comes nearest to the question: the answer when the model has none."""
        if not self._sources:
            return None
        question = self._embedder.embed_queries([self._question])  # (1, dimension)
        similar = (self._source_vectors(range(len(self._sources))) @ question.T)[:, 0]
        words = np.array([coverage(self._wanted, source.text) for source in self._sources])
        rank = np.array([source.passage.score for source in self._sources])
        return self._sources[int(np.argmax(_stretched(similar, self._embedder.similarity_floor) + words + 0.3 * rank))]

    def _support(self, sentences: list[str]) -> Vectors:
        """(sentences, sources), 0 to 1. Sources that share no word support nothing and are not embedded."""
        words = np.array([self._word_support(sentence) for sentence in sentences], np.float32)
        near = np.flatnonzero(words.max(axis=0) > 0)
        support = np.zeros_like(words)
        if len(near):
            cosines = self._embedder.embed_passages(sentences) @ self._source_vectors(near.tolist()).T
            similar = _stretched(cosines, self._embedder.similarity_floor)
            asked = np.array([coverage(self._wanted, self._sources[i].text) for i in near], np.float32)
            found = words[:, near]
            scored = (WORD_SHARE + QUESTION_SHARE * asked) * found + (1 - WORD_SHARE) * similar
            support[:, near] = np.where(found > 0, np.clip(scored, 0.0, 1.0), 0.0)
        return support

    def _word_support(self, sentence: str) -> list[float]:
        """Per source, the share of the sentence's content in it; words of the question alone prove nothing."""
        content = content_stems(sentence)
        new = content - self._wanted
        if not new:  # says nothing beyond the question
            return [0.0] * len(self._sources)
        return [0.8 * coverage(new, source.text) + 0.2 * coverage(content, source.text) for source in self._sources]

    def _source_vectors(self, numbers: Sequence[int]) -> Vectors:
        """(numbers, dimension); each source is embedded once."""
        if missing := [number for number in numbers if number not in self._vectors]:
            embedded = self._embedder.embed_passages([self._sources[number].text for number in missing])
            self._vectors.update(zip(missing, embedded, strict=True))
        return np.stack([self._vectors[number] for number in numbers])


class RunningAttribution:
    """Attributes an answer while it grows: each sentence once, as soon as it has closed."""

    def __init__(self, attribution: Attribution) -> None:
        self._attribution = attribution
        self._done = 0  # up to here the answer is attributed
        self.citations: list[Citation] = []
        self.unsupported: list[Span] = []

    def closes(self, answer: str) -> bool:
        """Whether `answer` holds a closed sentence that was not attributed yet."""
        return len(self._open(answer)) > 1

    def advance(self, answer: str, ended: bool) -> list[Citation]:
        """Citations of what closed since the last call; with `ended` the last sentence counts as closed."""
        spans = self._open(answer)
        closed = spans if ended else spans[:-1]
        if not closed:
            return []
        cited, unsupported = self._attribution.attribute_spans(answer, closed, first=len(self.citations) + 1)
        self._done = closed[-1].end
        self.citations += cited
        self.unsupported += unsupported
        return cited

    def _open(self, answer: str) -> list[Span]:
        return [Span(start, end) for start, end in sentence_spans(answer, self._done)]


def quoted(index: int, source: Source, span: Span) -> Citation:
    """The citation of a sentence given verbatim."""
    return _citation(index, source, span, 1.0)


def _sources(passage: Passage) -> Iterator[Source]:
    """The sentences of a passage, but for those that address the model."""
    text = passage.live.chunk.text
    left_out = instructing_spans(text)
    for start, end in sentence_spans(text):
        if not any(start < last and first < end for first, last in left_out):
            yield Source(passage, start, end)


def _stretched(cosine: Vectors, floor: float) -> Vectors:
    """Cosines as 0 to 1, where `floor` (of unrelated texts) and below is 0."""
    return np.asarray(np.clip((cosine - floor) / (1 - floor), 0.0, 1.0), np.float32)


def _citation(index: int, source: Source, span: Span, support: float) -> Citation:
    live = source.passage.live
    return Citation(
        index=index,
        chunk_id=chunk_public_id(live.chunk.id),
        document_id=live.chunk.document_id,
        filename=live.filename,
        version=live.chunk.version,
        quote=source.text,
        start=span.start,
        end=span.end,
        page_start=live.chunk.page_start,
        page_end=live.chunk.page_end,
        char_start=live.chunk.char_start + source.start,
        char_end=live.chunk.char_start + source.end,
        score=round(support, 4),
        verified=support >= VERIFIED,
    )
