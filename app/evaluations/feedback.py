"""From what users said of answers to cases: corrections become the right answer, approval keeps one."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.conversations import Feedback, Rating, Turn
from app.text.language import detect_language


def feedback_cases(judged: Iterable[tuple[Feedback, Turn]]) -> str:
    """JSONL of cases, as `loracle eval` and POST /api/v1/evaluations take them; empty if nothing can be learned.

    `judged` newest first: only the newest word on a question counts. A bare thumbs-down says that the answer was
    wrong but not what is right, so it makes no case; neither does approval of an answer that is none of a fact.
    """
    seen: set[str] = set()
    lines = []
    for feedback, turn in judged:
        question = str(turn.result.get("question") or turn.question)
        if question.casefold() in seen:
            continue
        seen.add(question.casefold())
        right = _right(feedback, turn)
        if right is not None:
            case = {"id": feedback.id, "question": question, "language": detect_language(question), **right}
            lines.append(json.dumps(case, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def _right(feedback: Feedback, turn: Turn) -> dict[str, object] | None:
    if feedback.corrected_answer and feedback.corrected_answer.strip():
        return {"answers": [feedback.corrected_answer.strip()]}
    if feedback.rating == Rating.DOWN:
        return None
    if turn.result.get("refused"):
        return {"answerable": False}
    return {"answers": [turn.answer]} if turn.answer.strip() else None
