"""What became of one case: a flat row of figures, the unit that runs keep, resume from and compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.answering.compose import Draft
from app.answering.result import Citation
from app.evaluation.cases import Case
from app.evaluation.metrics import contains, exact_match, token_f1
from app.retrieval.language import ENGLISH, PORTUGUESE, PORTUGUESE_LETTERS, WORD
from app.retrieval.retrieve import Retrieval

Row = dict[str, Any]


def answer_row(case: Case, retrieval: Retrieval, draft: Draft, seconds: float) -> Row:
    """Figures of a written answer, or of a refusal."""
    texts = {passage.live.chunk.id: passage.live.chunk.text for passage in retrieval.passages}
    row = decision_row(case, retrieval, draft)
    row.update(answer=draft.text, total_s=round(seconds, 4), ttft_s=round(draft.ttft_s, 4))
    row["forbidden"] = float(any(text.lower() in draft.text.lower() for text in case.forbidden))
    if case.answers:
        said = "" if row["refused"] else draft.text
        row["em"] = exact_match(said, case.answers, case.language)
        row["f1"] = token_f1(said, case.answers, case.language)
        row["contains"] = contains(said, case.answers, case.language)
    row["language_match"] = float(speaks(draft.text, case.language))
    row.update(citation_figures(draft.citations, texts, case.gold))
    row["unsupported"] = len(draft.unsupported)
    return row


def decision_row(case: Case, retrieval: Retrieval, draft: Draft) -> Row:
    """Figures of the decision to answer."""
    return {
        "id": case.id,
        "group": case.group,
        "language": case.language,
        "answerable": case.answerable,
        "refused": draft.reason is not None,
        "reason": draft.reason,
        "confidence": round(retrieval.confidence, 6),
    }


def citation_figures(citations: Sequence[Citation], texts: Mapping[int, str], gold: int | None) -> Row:
    """How many citations there are, are verified, are valid (verbatim where they say), and lie in the gold passage."""
    sources = [int(citation.chunk_id.removeprefix("chk_")) for citation in citations]
    valid = [
        texts.get(source, "")[citation.char_start : citation.char_end] == citation.quote
        for source, citation in zip(sources, citations, strict=True)
    ]
    row: Row = {
        "citations": len(citations),
        "verified": sum(citation.verified for citation in citations),
        "valid": sum(valid),
    }
    if gold is not None:
        row["gold_citations"] = sum(source == gold for source in sources)
        row["verified_gold"] = sum(
            citation.verified and source == gold for source, citation in zip(sources, citations, strict=True)
        )
    return row


def speaks(text: str, language: str) -> bool:
    """False if the function words of `text` speak for the other of English and Portuguese."""
    words = [word.lower() for word in WORD.findall(text)]
    signs = {
        "en": sum(word in ENGLISH for word in words),
        "pt": sum(word in PORTUGUESE or bool(PORTUGUESE_LETTERS.intersection(word)) for word in words),
    }
    return language not in signs or signs[language] >= max(signs.values())
