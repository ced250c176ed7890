"""The cite step: for each sentence of an answer the unit of a passage that supports it, verbatim.

The model is never asked to cite. Support is the share of the sentence's content (words, numbers, dates) that a unit
holds, joined with the cosine similarity of the two: it ranks the candidates. Rules then decide which of them confirms
the sentence (see `check`). The first that does is cited; if none does, the best one is, with what is not confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.chat.steps.check import find_doubt
from app.chat.steps.claim import Claim
from app.chat.steps.evidence import Evidence, join_neighbours, read_evidence, widen
from app.chat.steps.markers import CitationMarkerFilter
from app.chat.steps.overlap import Overlap
from app.chat.steps.subject import find_conflicts
from app.domain.conversations import Citation, Conflict, Doubt, Support, TextSpan
from app.domain.offsets import utf16_length
from app.domain.passages import Passage
from app.embeddings.base import Embedder, Vectors
from app.text.coverage import content_stems, coverage
from app.text.sentences import sentence_spans

VERIFIED = 0.6
CONFIRMED = 0.45  # enough for a sentence with a number or a date that the source confirms
CITED = 0.5  # support below this is chance: the sentence counts as unsupported
CONFIRMING = 0.4  # a unit with this support is cited in the place of a better one if it confirms all
BEHIND = 0.25  # a unit this far behind the best is not cited in its place
NEAR = 0.355  # similarity, 0 to 1, of a question with a unit that may answer it without any word of it
MOST_CHECKED = 8  # candidates of a sentence
JOINING = frozenset({None, Doubt.NUMBER, Doubt.UNIT, Doubt.DATE, Doubt.NAME})  # the next sentence may hold the rest
REPEATED = 0.85  # share of an item's words that an answer has which only repeats it
FEWEST_ITEMS = 2  # line ends in a list that is quoted whole
QUESTION_MARK = "?"  # a question that the model repeats claims nothing
WORD_SHARE = 0.7  # of the support; the rest is similarity
QUESTION_SHARE = 0.15  # weight of the question's own words in the source: ties go to the sentence asked about


@dataclass(frozen=True, slots=True)
class Finding:
    """The evidence of a sentence, with its support (0 to 1) and what it does not confirm."""

    evidence: Evidence
    support: float
    doubt: Doubt | None = None


class Attribution:
    """Attributes the sentences of one answer to the units of its passages."""

    def __init__(
        self, embedder: Embedder, question: str, passages: Sequence[Passage], beside: Sequence[Passage] = ()
    ) -> None:
        """`passages` are quoted. `beside` were found too: they may say something else, or fit the question better."""
        self._embedder = embedder
        self._question = question
        self._question_stems = content_stems(question)
        self._units = [unit for passage in passages for unit in read_evidence(passage)]
        self._found = [*self._units, *(unit for passage in beside for unit in read_evidence(passage))]
        self._vectors: dict[int, Vectors] = {}
        self._question_vector: Vectors | None = None
        self._numbers: dict[tuple[str, int, int], int] = {}  # of quotes, by chunk and place
        self.strongest = 0.0  # highest support of the sentences attributed so far

    def attribute(self, answer: str) -> tuple[list[Citation], list[TextSpan]]:
        """Citations in the order of the answer, and the spans of the sentences that no unit supports."""
        return self.attribute_spans(answer, [TextSpan(start, end) for start, end in sentence_spans(answer)])

    def attribute_spans(self, answer: str, spans: Sequence[TextSpan]) -> tuple[list[Citation], list[TextSpan]]:
        """Attribute some sentences of `answer`. A quote keeps the number that it got first."""
        citations: list[Citation] = []
        unsupported: list[TextSpan] = []
        if not spans or not self._units:
            return [], [replace(span.in_text(answer), reason=Doubt.NOTHING) for span in spans]
        spans = [span.in_text(answer) for span in spans]
        claims = [Claim(answer[span.start : span.end], self._question) for span in spans]
        supports = self._support(claims)  # (sentences, units)
        for span, claim, row in zip(spans, claims, supports, strict=True):
            if claim.sentence.endswith(QUESTION_MARK):
                unsupported.append(replace(span, reason=Doubt.QUESTION))
                continue
            finding = self._find(claim, row)
            self.strongest = max(self.strongest, finding.support)
            if finding.support < CITED and (finding.doubt or finding.support < CONFIRMING):
                reason = finding.doubt or Doubt.WEAK if finding.support > 0 else Doubt.NOTHING
                unsupported.append(replace(span, reason=reason))
            else:
                citations.append(self._cite(claim, finding, span))
        return citations, unsupported

    def best_quote(self) -> Evidence | None:
        """What comes nearest to the question: the answer if the model writes none. None without passages.

        A heading stands for what follows it, and one item for its list with its lead.
        """
        if not self._units:
            return None
        question = self._embedder.embed_queries([self._question])  # (1, dimension)
        similar = (self._unit_vectors(range(len(self._units))) @ question.T)[:, 0]
        words = np.array([coverage(self._question_stems, unit.text) for unit in self._units])
        rank = np.array([unit.passage.score for unit in self._units])
        best = int(np.argmax(_scaled(similar, self._embedder.similarity_floor) + words + 0.3 * rank))
        return widen(self._units, best)

    def rest_of_list(self, answer: str, citations: Sequence[Citation]) -> Evidence | None:
        """The whole list, if the answer only repeats one of its items: small models often stop after the first."""
        if len(citations) != 1 or len(list(sentence_spans(answer))) != 1:
            return None
        place = (citations[0].chunk_id, citations[0].char_start)
        for number, unit in enumerate(self._units):
            if (unit.passage.chunk_id, unit.passage.char_start + unit.start) == place and unit.kind == "item":
                whole = widen(self._units, number)
                repeated = coverage(content_stems(unit.text), answer) >= REPEATED
                return whole if repeated and whole.text.count("\n") >= FEWEST_ITEMS else None
        return None

    def _find(self, claim: Claim, supports: Vectors) -> Finding:
        """The best candidate that confirms the claim, alone or with its neighbour; else the best one."""
        order = np.argsort(-supports, kind="stable")[:MOST_CHECKED].tolist()
        best = Finding(self._units[order[0]], float(supports[order[0]]))
        if best.support <= 0:
            return best
        least = max(CONFIRMING, best.support - BEHIND)
        candidates = [Finding(self._units[i], float(supports[i])) for i in order if supports[i] >= least]
        near = self._near(order)
        confirming = self._first_confirming(claim, candidates, near)
        if confirming is not None and confirming.support >= VERIFIED:
            return confirming
        doubt = find_doubt(claim, best.evidence, self._found, near=best.evidence in near)
        if doubt in JOINING:
            joined = self._joined(claim, order[:2], supports)
            confirming = self._first_confirming(claim, joined, near) or confirming
        return confirming or replace(best, doubt=doubt)

    def _first_confirming(
        self, claim: Claim, candidates: Sequence[Finding], near: Sequence[Evidence]
    ) -> Finding | None:
        for one in candidates:
            if find_doubt(claim, one.evidence, self._found, near=one.evidence in near) is None:
                return one
        return None

    def _near(self, numbers: Sequence[int]) -> list[Evidence]:
        """Those of the units that are like the question."""
        if self._question_vector is None:
            self._question_vector = self._embedder.embed_queries([self._question])  # (1, dimension)
        similar = _scaled(self._unit_vectors(numbers) @ self._question_vector.T, self._embedder.similarity_floor)
        return [self._units[number] for number, value in zip(numbers, similar[:, 0], strict=True) if value >= NEAR]

    def _joined(self, claim: Claim, order: Sequence[int], supports: Vectors) -> list[Finding]:
        """The best candidates, each with the sentence before or after it, where these two support the claim."""
        found: list[Finding] = []
        for number in order:
            for first in (number - 1, number):
                for pair in join_neighbours(self._units[max(0, first) : first + 2]):
                    words = Overlap(claim).with_evidence(pair)
                    similar = float(supports[number]) if supports[number] > words else words
                    found.append(Finding(pair, WORD_SHARE * words + (1 - WORD_SHARE) * similar))
        return [one for one in found if one.support >= VERIFIED]

    def _support(self, claims: Sequence[Claim]) -> Vectors:
        """(claims, units), 0 to 1. Units that share nothing support nothing and are not embedded."""
        words = np.array([[Overlap(claim).with_evidence(unit) for unit in self._units] for claim in claims], np.float32)
        near = np.flatnonzero(words.max(axis=0) > 0)
        support = np.zeros_like(words)
        if len(near):
            texts = [claim.text for claim in claims]
            cosines = self._embedder.embed_passages(texts) @ self._unit_vectors(near.tolist()).T
            similar = _scaled(cosines, self._embedder.similarity_floor)
            asked = np.array([coverage(self._question_stems, self._units[i].whole) for i in near], np.float32)
            found = words[:, near]
            scored = (WORD_SHARE + QUESTION_SHARE * asked) * found + (1 - WORD_SHARE) * similar
            support[:, near] = np.where(found > 0, np.clip(scored, 0.0, 1.0), 0.0)
        return support

    def _unit_vectors(self, numbers: Sequence[int]) -> Vectors:
        """(numbers, dimension); each unit is embedded once."""
        if missing := [number for number in numbers if number not in self._vectors]:
            embedded = self._embedder.embed_passages([self._units[number].text for number in missing])
            self._vectors.update(zip(missing, embedded, strict=True))
        return np.stack([self._vectors[number] for number in numbers])

    def _cite(self, claim: Claim, finding: Finding, span: TextSpan) -> Citation:
        evidence, doubt = finding.evidence, finding.doubt
        conflicts = () if doubt else tuple(find_conflicts(claim, evidence, self._found))
        if conflicts:
            doubt = Doubt.CONFLICT
        elif doubt is None and finding.support < (CONFIRMED if claim.has_facts else VERIFIED):
            doubt = Doubt.WEAK
        key = (evidence.passage.chunk_id, evidence.start, evidence.end)
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return _citation(number, replace(finding, doubt=doubt), span, [_conflict(one) for one in conflicts])


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
        cited, unsupported = self._attribution.attribute_spans(self.text, closed)
        self._attributed = closed[-1].end
        self.citations += cited
        self.unsupported += unsupported
        return cited

    def _pending(self) -> list[TextSpan]:
        return [TextSpan(start, end) for start, end in sentence_spans(self.text, self._attributed)]


def verbatim_citation(index: int, evidence: Evidence, span: TextSpan, doubt: Doubt | None = None) -> Citation:
    """The citation of a unit that the answer quotes; `doubt` if it may not be what was asked for."""
    return _citation(index, Finding(evidence, 1.0, doubt), span, ())


def _scaled(cosine: Vectors, floor: float) -> Vectors:
    """Cosines scaled to 0 to 1, where `floor` (the cosine of unrelated texts) and below is 0."""
    return np.asarray(np.clip((cosine - floor) / (1 - floor), 0.0, 1.0), np.float32)


def _conflict(evidence: Evidence) -> Conflict:
    return Conflict(evidence.passage.document_id, evidence.passage.filename, evidence.text)


def _citation(index: int, finding: Finding, span: TextSpan, conflicts: Sequence[Conflict]) -> Citation:
    evidence = finding.evidence
    passage = evidence.passage
    char_start, char_end = passage.char_start + evidence.start, passage.char_start + evidence.end
    char_start_utf16 = passage.char_start_utf16 + utf16_length(passage.text[: evidence.start])
    page_start, page_end, page_label = passage.pages_between(char_start, char_end)
    return Citation(
        index=index,
        chunk_id=passage.chunk_id,
        document_id=passage.document_id,
        filename=passage.filename,
        version=passage.version,
        quote=evidence.text,
        start=span.start,
        end=span.end,
        page_start=page_start,
        page_end=page_end,
        char_start=char_start,
        char_end=char_end,
        score=round(finding.support, 4),
        verified=finding.doubt is None,
        support=Support.VERIFIED if finding.doubt is None else Support.SUPPORTED,
        reason=finding.doubt,
        conflicts=tuple(conflicts),
        page_label=page_label,
        start_utf16=span.start_utf16,
        end_utf16=span.end_utf16,
        char_start_utf16=char_start_utf16,
        char_end_utf16=char_start_utf16 + utf16_length(evidence.text),
    )
