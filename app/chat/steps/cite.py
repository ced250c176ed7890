"""The cite step: for each sentence of an answer the sentence of a passage that supports it, verbatim.

The model is never asked to cite. Support is the share of the answer sentence's content that the passage sentence
holds (words, numbers counting double) joined with the cosine similarity of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.chat.steps.prompt import injection_spans
from app.domain.conversations import Citation, TextSpan
from app.domain.passages import Passage
from app.embeddings.base import Embedder, Vectors
from app.text.coverage import content_stems, coverage
from app.text.sentences import sentence_spans

VERIFIED = 0.6
CITED = 0.5  # support below this is chance: the sentence counts as unsupported
QUESTION_MARK = "?"  # a question that the model repeats claims nothing
WORD_SHARE = 0.7  # of the support; the rest is similarity
QUESTION_SHARE = 0.15  # weight of the question's own words in the source: ties go to the sentence asked about
MARKER = re.compile(r" *\[\d{1,3}\]")
PARTIAL_MARKER = re.compile(r"(?: *\[\d{0,3})* *$")  # the text may be about to become a marker, or one in another


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a passage, with its place in the passage's text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Attribution:
    """Attributes the sentences of one answer to the sentences of its passages."""

    def __init__(self, embedder: Embedder, question: str, passages: Sequence[Passage]) -> None:
        self._embedder = embedder
        self._question = question
        self._question_stems = content_stems(question)
        self._sources = [source for passage in passages for source in _source_sentences(passage)]
        self._vectors: dict[int, Vectors] = {}
        self.strongest = 0.0  # highest support of the sentences attributed so far

    def attribute(self, answer: str) -> tuple[list[Citation], list[TextSpan]]:
        """Citations in the order of the answer, and the spans of the sentences that no source supports."""
        return self.attribute_spans(answer, [TextSpan(start, end) for start, end in sentence_spans(answer)])

    def attribute_spans(
        self, answer: str, spans: Sequence[TextSpan], first: int = 1
    ) -> tuple[list[Citation], list[TextSpan]]:
        """Attribute some sentences of `answer`; citations are numbered from `first`."""
        citations: list[Citation] = []
        unsupported: list[TextSpan] = []
        if not spans or not self._sources:
            return [], list(spans)
        supports = self._support([answer[span.start : span.end] for span in spans])  # (sentences, sources)
        for span, row in zip(spans, supports, strict=True):
            best = int(np.argmax(row))
            support = 0.0 if answer[span.start : span.end].endswith(QUESTION_MARK) else float(row[best])
            self.strongest = max(self.strongest, support)
            if support < CITED:
                unsupported.append(span)
            else:
                citations.append(_citation(first + len(citations), self._sources[best], span, support))
        return citations, unsupported

    def best_sentence(self) -> SourceSentence | None:
        """The source nearest to the question: the answer if the model writes none. None without sources."""
        if not self._sources:
            return None
        question = self._embedder.embed_queries([self._question])  # (1, dimension)
        similar = (self._source_vectors(range(len(self._sources))) @ question.T)[:, 0]
        words = np.array([coverage(self._question_stems, source.text) for source in self._sources])
        rank = np.array([source.passage.score for source in self._sources])
        return self._sources[int(np.argmax(_scaled(similar, self._embedder.similarity_floor) + words + 0.3 * rank))]

    def _support(self, sentences: list[str]) -> Vectors:
        """(sentences, sources), 0 to 1. Sources that share no word support nothing and are not embedded."""
        words = np.array([self._word_support(sentence) for sentence in sentences], np.float32)
        near = np.flatnonzero(words.max(axis=0) > 0)
        support = np.zeros_like(words)
        if len(near):
            cosines = self._embedder.embed_passages(sentences) @ self._source_vectors(near.tolist()).T
            similar = _scaled(cosines, self._embedder.similarity_floor)
            asked = np.array([coverage(self._question_stems, self._sources[i].text) for i in near], np.float32)
            found = words[:, near]
            scored = (WORD_SHARE + QUESTION_SHARE * asked) * found + (1 - WORD_SHARE) * similar
            support[:, near] = np.where(found > 0, np.clip(scored, 0.0, 1.0), 0.0)
        return support

    def _word_support(self, sentence: str) -> list[float]:
        """For each source the share of the sentence's content in it; words of the question alone prove nothing."""
        content = content_stems(sentence)
        new = content - self._question_stems
        if not new:  # the sentence only repeats the question
            return [0.0] * len(self._sources)
        return [0.8 * coverage(new, source.text) + 0.2 * coverage(content, source.text) for source in self._sources]

    def _source_vectors(self, numbers: Sequence[int]) -> Vectors:
        """(numbers, dimension); each source is embedded once."""
        if missing := [number for number in numbers if number not in self._vectors]:
            embedded = self._embedder.embed_passages([self._sources[number].text for number in missing])
            self._vectors.update(zip(missing, embedded, strict=True))
        return np.stack([self._vectors[number] for number in numbers])


class CiteStep:
    """Cites an answer while it is generated: each sentence once, as soon as it has closed."""

    def __init__(self, attribution: Attribution) -> None:
        self._attribution = attribution
        self._markers = CitationMarkerFilter()
        self._attributed = 0  # end of the last sentence attributed
        self.text = ""  # the answer so far
        self.citations: list[Citation] = []
        self.unsupported: list[TextSpan] = []

    def push(self, text: str, ended: bool) -> str:
        """Append a piece of the model's text; returns what of it can be shown."""
        shown = self._markers.push(text) + (self._markers.finish() if ended else "")
        self.text += shown
        return shown

    def has_closed_sentence(self) -> bool:
        """Whether a sentence has closed that is not attributed yet."""
        return len(self._pending()) > 1

    def advance(self, ended: bool) -> list[Citation]:
        """Citations of the sentences that closed since the last call; with `ended` the last one is closed too."""
        pending = self._pending()
        closed = pending if ended else pending[:-1]
        if not closed:
            return []
        cited, unsupported = self._attribution.attribute_spans(self.text, closed, first=len(self.citations) + 1)
        self._attributed = closed[-1].end
        self.citations += cited
        self.unsupported += unsupported
        return cited

    def _pending(self) -> list[TextSpan]:
        return [TextSpan(start, end) for start, end in sentence_spans(self.text, self._attributed)]


class CitationMarkerFilter:
    """Removes markers such as [2] from the model's text as it streams: the service cites, not the model."""

    def __init__(self) -> None:
        self._pending = ""

    def push(self, text: str) -> str:
        """The text without markers; what may be the start of a marker waits for the next piece."""
        text, found = MARKER.subn("", self._pending + text)
        while found:  # the text around a marker may form another one: "[1[2]]"
            text, found = MARKER.subn("", text)
        match = PARTIAL_MARKER.search(text)
        cut = match.start() if match is not None else len(text)
        self._pending = text[cut:]
        return text[:cut]

    def finish(self) -> str:
        """The text that still waits."""
        text, self._pending = self._pending, ""
        return text.rstrip()


def verbatim_citation(index: int, source: SourceSentence, span: TextSpan) -> Citation:
    """The citation of a sentence that the answer quotes."""
    return _citation(index, source, span, 1.0)


def _source_sentences(passage: Passage) -> Iterator[SourceSentence]:
    """The sentences of a passage, except those that address the model."""
    injections = injection_spans(passage.text)
    for start, end in sentence_spans(passage.text):
        if not any(start < last and first < end for first, last in injections):
            yield SourceSentence(passage, start, end)


def _scaled(cosine: Vectors, floor: float) -> Vectors:
    """Cosines scaled to 0 to 1, where `floor` (the cosine of unrelated texts) and below is 0."""
    return np.asarray(np.clip((cosine - floor) / (1 - floor), 0.0, 1.0), np.float32)


def _citation(index: int, source: SourceSentence, span: TextSpan, support: float) -> Citation:
    passage = source.passage
    return Citation(
        index=index,
        chunk_id=passage.chunk_id,
        document_id=passage.document_id,
        filename=passage.filename,
        version=passage.version,
        quote=source.text,
        start=span.start,
        end=span.end,
        page_start=passage.page_start,
        page_end=passage.page_end,
        char_start=passage.char_start + source.start,
        char_end=passage.char_start + source.end,
        score=round(support, 4),
        verified=support >= VERIFIED,
    )
