"""Judges the answer to an everyday question, by what it must say, must not say and must cite."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.conversations import ChatAnswer, Citation
from app.evaluations.everyday.patterns import fold, held, missing_group
from app.evaluations.everyday.questions import EverydayQuestion
from app.evaluations.records import EverydayFigures

BETWEEN_QUOTES = " \n "


def judge(question: EverydayQuestion, answer: ChatAnswer) -> EverydayFigures:
    """The figures of an answer, with reasons where it is wrong. Raises PatternTimeout.

    answer: useful if it is no refusal, holds a text of every group of `must` and none of `must_not`
    refusal: right if it is one
    reply: useful if it is no refusal, cites nothing and says something
    """
    if question.expects == "refusal":
        reasons = [] if answer.refused else ["It is answered, although the documents do not hold it."]
        return {"right_refusal": float(answer.refused), "reasons": reasons}
    if question.expects == "reply":
        reasons = _faults_of_reply(answer)
        return {"useful": float(not reasons), "reasons": reasons}
    reasons = _faults_of_answer(question, answer)
    figures: EverydayFigures = {
        "useful": float(not reasons),
        "wrong_refusal": float(answer.refused),
        "reasons": reasons,
    }
    return figures if reasons or not question.cite else {**figures, **_citations(question, answer.citations)}


def failure(question: EverydayQuestion) -> EverydayFigures:
    """The figures of a question that failed: an error is neither useful nor a refusal."""
    if question.expects == "refusal":
        return {"right_refusal": 0.0}
    return {"useful": 0.0, "wrong_refusal": 0.0} if question.expects == "answer" else {"useful": 0.0}


def _faults_of_reply(answer: ChatAnswer) -> list[str]:
    if answer.refused:
        return ["It is refused, although it needs no document."]
    if answer.citations:
        return ["It cites documents, although it needs none."]
    return [] if answer.answer.strip() else ["The reply is empty."]


def _faults_of_answer(question: EverydayQuestion, answer: ChatAnswer) -> list[str]:
    if answer.refused:
        return ["It is refused, although the documents hold it."]
    reasons = []
    if (missing := missing_group(question.must, answer.answer)) is not None:
        reasons.append(f"It does not say {_listed(missing)}.")
    if (found := held(question.must_not, fold(answer.answer))) is not None:
        reasons.append(f'It says "{found}", which it must not.')
    return reasons


def _citations(question: EverydayQuestion, citations: Sequence[Citation]) -> EverydayFigures:
    """Whether all quotes together hold every group of `cite`; and which verified quotes hold one of the groups."""
    missing = missing_group(question.cite, BETWEEN_QUOTES.join(one.quote for one in citations))
    verified = [fold(one.quote) for one in citations if one.verified]
    right = [quote for quote in verified if any(held(group, quote) is not None for group in question.cite)]
    return {
        "right_citation": float(missing is None),
        "verified_checked": len(verified),
        "verified_right": len(right),
        "reasons": [] if missing is None else [f"No quote holds {_listed(missing)}."],
    }


def _listed(alternatives: Sequence[str]) -> str:
    return " or ".join(f'"{one}"' for one in alternatives)
