"""Evaluation cases from feedback: a correction becomes the right answer, approval confirms the answer as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.conversations import Feedback, Rating, Turn
from app.text.language import detect_language


def feedback_cases(rated: Iterable[tuple[Feedback, Turn]]) -> str:
    """JSONL of cases, as `loracle eval` and POST /api/v1/evaluations read them; empty if no feedback makes a case.

    `rated` is newest first: only the newest feedback on a question counts. A bare thumbs-down says that the answer is
    wrong but not what is right, so it makes no case; neither does approval of an empty answer.
    """
    seen: set[str] = set()
    lines = []
    for feedback, turn in rated:
        question = str(turn.result.get("question") or turn.question)
        if question.casefold() in seen:
            continue
        seen.add(question.casefold())
        expected = _expected(feedback, turn)
        if expected is not None:
            case = {"id": feedback.id, "question": question, "language": detect_language(question), **expected}
            lines.append(json.dumps(case, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def _expected(feedback: Feedback, turn: Turn) -> dict[str, object] | None:
    """The fields of a case that say what is right; None if the feedback does not."""
    if feedback.corrected_answer and feedback.corrected_answer.strip():
        return {"answers": [feedback.corrected_answer.strip()]}
    if feedback.rating == Rating.DOWN:
        return None
    if turn.result.get("refused"):
        return {"answerable": False}
    return {"answers": [turn.answer]} if turn.answer.strip() else None
