"""Response bodies of evaluations of adapters."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.domain.evaluations import GateVerdict
from app.domain.jobs import JobStatus
from app.http.schemas import ResponseBody, Timestamp


class AdapterEvaluationOut(ResponseBody):
    id: str
    object: Literal["adapter.evaluation"] = "adapter.evaluation"
    adapter: str
    against: str = Field(description='What it would replace: "base" or name@version.')
    base_fingerprint: str = Field(
        description="Of the base model, and of the engine and quantisation that answered the cases; empty: not begun."
    )
    status: JobStatus
    progress: float
    verdict: GateVerdict | None
    report: dict[str, Any] = Field(description="Scores of both sides, the interval of their difference, the checks.")
    error: dict[str, str | None] | None
    created_at: Timestamp
    finished_at: Timestamp | None
