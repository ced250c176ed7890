"""How whatever a job was for notes an end other than success."""

from __future__ import annotations

from app.store.models import AdapterEvaluationRow, EvaluationRow, TrainingRow, now


def note_end(
    row: AdapterEvaluationRow | EvaluationRow | TrainingRow, status: str, code: str | None, message: str | None
) -> None:
    """It failed, was cancelled, or (`queued`) waits to be tried again."""
    row.status, row.error_code, row.error_message = status, code, message
    row.finished_at = None if status == "queued" else now()
