"""How whatever a job was for notes an end other than success."""

from __future__ import annotations

from app.domain.jobs import JobStatus
from app.domain.training import TrainingStatus
from app.storage.sql.tables import AdapterEvaluationRow, EvaluationRow, TrainingRow, now


def note_end(
    row: AdapterEvaluationRow | EvaluationRow | TrainingRow, status: JobStatus, code: str | None, message: str | None
) -> None:
    """It failed, was cancelled, or (`queued`) waits to be tried again."""
    if isinstance(row, TrainingRow):
        row.status = TrainingStatus(status)
    else:
        row.status = status
    row.error_code, row.error_message = code, message
    row.finished_at = None if status == JobStatus.QUEUED else now()
