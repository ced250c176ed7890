"""The figures of a case, from its retrieval and its answer or its decision to refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.chat.steps.generate import PartialAnswer
from app.domain.conversations import Citation
from app.domain.documents import Chunk
from app.domain.passages import Passage
from app.evaluations.cases import Case
from app.evaluations.metrics import contains, exact_match, token_f1
from app.evaluations.records import CaseResult, CitationFigures
from app.search.retriever import Retrieval
from app.text.language import speaks


def answer_result(case: Case, retrieval: Retrieval, answer: PartialAnswer, seconds: float) -> CaseResult:
    """Figures of a generated answer or of a refusal."""
    chunks = {passage.live.chunk.id: passage.live.chunk for passage in retrieval.passages}
    result = decision_result(case, retrieval, answer)
    result["answer"], result["total_s"], result["ttft_s"] = answer.text, round(seconds, 4), round(answer.ttft_s, 4)
    result["forbidden"] = float(any(text.lower() in answer.text.lower() for text in case.forbidden))
    if case.answers:
        said = "" if result["refused"] else answer.text
        result["em"] = exact_match(said, case.answers, case.language)
        result["f1"] = token_f1(said, case.answers, case.language)
        result["contains"] = contains(said, case.answers, case.language)
    if not case.passages and case.answerable:
        result["found"] = float(_found(case, retrieval.passages))
    result["language_match"] = float(speaks(answer.text, case.language))
    result = {**result, **citation_figures(answer.citations, chunks, case.gold)}
    result["unsupported"] = len(answer.unsupported)
    return result


def case_head(case: Case) -> CaseResult:
    """What identifies a case: all that there is of one that failed."""
    return {"id": case.id, "question": case.question, "group": case.group, "language": case.language}


def decision_result(case: Case, retrieval: Retrieval, answer: PartialAnswer) -> CaseResult:
    """Figures of the decision to answer."""
    return {
        **case_head(case),
        "answerable": case.answerable,
        "refused": answer.refusal_reason is not None,
        "reason": answer.refusal_reason,
        "confidence": round(retrieval.confidence, 6),
    }


def citation_figures(citations: Sequence[Citation], chunks: Mapping[int, Chunk], gold: int | None) -> CitationFigures:
    """Counts of citations: all, verified, valid (verbatim at their offsets), and in the gold passage."""
    sources = [int(citation.chunk_id.removeprefix("chk_")) for citation in citations]
    valid = [_verbatim(citation, chunks.get(source)) for source, citation in zip(sources, citations, strict=True)]
    result: CitationFigures = {
        "citations": len(citations),
        "verified": sum(citation.verified for citation in citations),
        "valid": sum(valid),
    }
    if gold is not None:
        result["gold_citations"] = sum(source == gold for source in sources)
        result["verified_gold"] = sum(
            citation.verified and source == gold for source, citation in zip(sources, citations, strict=True)
        )
    return result


def _verbatim(citation: Citation, chunk: Chunk | None) -> bool:
    """Whether the quote is at its offsets in a chunk that was retrieved for this question."""
    if chunk is None:
        return False
    start, end = citation.char_start - chunk.char_start, citation.char_end - chunk.char_start
    return start >= 0 and chunk.text[start:end] == citation.quote


def _found(case: Case, passages: Sequence[Passage]) -> bool:
    """Whether retrieval found a passage of the document that answers or, where none is named, one with an answer."""
    if case.document:
        return any(passage.live.filename == case.document for passage in passages)
    return any(contains(passage.live.chunk.text, case.answers, case.language) for passage in passages)
