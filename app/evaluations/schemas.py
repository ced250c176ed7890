"""Response bodies of evaluations of answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.domain.jobs import JobStatus
from app.http.schemas import ResponseBody, Timestamp


class EvaluationOut(ResponseBody):
    id: str
    object: Literal["evaluation"] = "evaluation"
    name: str = Field(description="Of the file of questions.")
    adapter: str | None = Field(description="`name@version`; null: the base model.")
    status: JobStatus
    progress: float
    scores: dict[str, Any] = Field(
        description="By part (`layer/set`), pooled by layer, and overall; `failed` counts cases."
    )
    error: dict[str, str | None] | None
    created_at: Timestamp
    finished_at: Timestamp | None


class ResultOut(ResponseBody):
    id: str
    object: Literal["evaluation.result"] = "evaluation.result"
    part: str = Field(description="`layer/set`.")
    case_id: str
    figures: dict[str, Any] = Field(
        description="Question, answer, decision and every score of this case; or `error` if it failed."
    )


class ChangedVerdictOut(ResponseBody):
    part: str = Field(description="`layer/set`.")
    case_id: str
    question: str
    kind: str | None = Field(description="Of an everyday question.")
    better: bool = Field(description="Right in the second evaluation and wrong in the first; false: the other way.")


class ComparisonOut(ResponseBody):
    object: Literal["evaluation.comparison"] = "evaluation.comparison"
    first: str
    second: str
    differences: dict[str, Any] = Field(description="Second minus first by part and score, with 95 % intervals.")
    changes: list[ChangedVerdictOut] = Field(
        description="Questions that one answered rightly and the other did not; those that became worse come first."
    )
