"""Evaluations of answers and of adapters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.jobs import FINAL_JOB, JobStatus


class EvaluationSide(StrEnum):
    INCUMBENT = "incumbent"  # what answers now
    CANDIDATE = "candidate"  # the adapter version that would replace it


class GateVerdict(StrEnum):
    BETTER = "better"  # the candidate's F1 is higher for certain
    NOT_WORSE = "not worse"  # a relevant loss is ruled out
    INCONCLUSIVE = "inconclusive"  # the questions are too few to decide
    WORSE = "worse"  # the candidate's F1 is lower, or a check failed


PASSING = frozenset({GateVerdict.BETTER, GateVerdict.NOT_WORSE})  # let an adapter answer


NOT_REJECTED = PASSING | {GateVerdict.INCONCLUSIVE}  # let an adapter answer a share of the conversations


@dataclass(frozen=True, slots=True)
class AdapterEvaluation:
    """An adapter version measured against what it would replace."""

    id: str  # "aev_..."
    tenant_id: str
    adapter_version_id: int
    adapter: str  # "name@version"
    against: str  # "base" or "name@version"
    base_fingerprint: str  # of the base, engine and quantisation that answered the cases; "": not begun
    status: JobStatus
    progress: float
    verdict: GateVerdict | None
    report: dict[str, Any]
    error_code: str | None
    error_message: str | None
    job_id: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        """Whether it has ended, however it did."""
        return self.status in FINAL_JOB

    @property
    def error(self) -> dict[str, str | None] | None:
        """The error that it ended with, or that its last try ended with."""
        return _error(self.error_code, self.error_message)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A tenant's own questions, asked of its documents and scored."""

    id: str  # "ev_..."
    tenant_id: str
    name: str  # of the file of cases
    adapter: str | None  # "name@version"; None: the base model
    status: JobStatus
    progress: float
    scores: dict[str, Any]  # by part, by layer, overall
    error_code: str | None
    error_message: str | None
    job_id: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        """Whether it has ended, however it did."""
        return self.status in FINAL_JOB

    @property
    def error(self) -> dict[str, str | None] | None:
        """The error that it ended with, or that its last try ended with."""
        return _error(self.error_code, self.error_message)


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The figures of one case in one layer."""

    id: str  # "evr_..."
    part: str  # "layer/set"
    case_id: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """A question that one of two evaluations answered rightly, and the other did not."""

    part: str  # "layer/set"
    case_id: str
    question: str
    kind: str | None  # of an everyday question
    better: bool  # the second is right


@dataclass(frozen=True, slots=True)
class EvaluationComparison:
    """Two evaluations over the cases that both answered."""

    first: str  # "ev_..."
    second: str  # "ev_..."
    differences: dict[str, Any]  # by part, then by score: second minus first, with 95 % intervals
    changes: tuple[ChangedVerdict, ...] = ()  # those that became worse first


def _error(code: str | None, message: str | None) -> dict[str, str | None] | None:
    return None if code is None else {"code": code, "message": message}
